import type { Clock } from "../model/clock.ts";
import type { Secret } from "../model/secret.ts";
import type { StoreApiSettings } from "../model/settings/stores.ts";
import { type Answer, answerOf } from "./answer.ts";
import type { Store } from "./store.ts";
import { exchange, type HttpRequest } from "./wire.ts";

/** The Store API over HTTP. Its calls never reject. */
export type StoreApi = {
	/** Sends stores in one request; what surely did nothing is sent again, and nothing else. */
	send(call: "add" | "update", stores: readonly Store[]): Promise<Answer>;
	/** Asks for the brand's stores. */
	list(): Promise<Answer>;
};

export type StoreApiAccess = {
	readonly settings: StoreApiSettings;
	readonly password: Secret;
	/** PEM of authorities to trust besides the usual ones. */
	readonly ca?: string;
};

/** Nothing is sent before the first call. */
export function openStoreApi(access: StoreApiAccess, clock: Clock): StoreApi {
	const { settings, ca } = access;
	const ask = async (request: HttpRequest): Promise<Answer> => {
		const { attempts, waitMs, mostRetryAfterMs } = settings.retry;
		for (let attempt = 1; ; attempt++) {
			const answer = answerOf(await exchange(request, settings, ca, clock));
			// A wrong certificate stays wrong.
			if (answer.kind !== "not-sent" || answer.fault === "server-certificate") return answer;
			if (attempt === attempts) return answer;
			await clock.sleep(Math.min(answer.retryAfterMs ?? waitMs, mostRetryAfterMs));
		}
	};
	const { brandId } = settings;
	return {
		send: (call, stores) => ask(requestOf(access, call, { brandId, stores })),
		list: () => ask(requestOf(access, "list")),
	};
}

/** Store API 1.0.0; Basic auth by RFC 7617, in UTF-8. The password stands in it in clear: it goes to the wire only. */
function requestOf(
	{ settings, password }: StoreApiAccess,
	call: keyof StoreApiSettings["calls"],
	body?: object,
): HttpRequest {
	const { method, path } = settings.calls[call];
	const credentials = Buffer.from(`${settings.login}:${password.reveal()}`).toString("base64");
	const headers = { authorization: `Basic ${credentials}`, accept: "application/json" };
	const base = new URL(settings.baseUrl).pathname.replace(/\/$/, "");
	const request = { method, path: base + path.replaceAll("{brandId}", settings.brandId) };
	if (body === undefined) return { ...request, headers };
	return {
		...request,
		headers: { ...headers, "content-type": "application/json; charset=utf-8" },
		body: JSON.stringify(body),
	};
}

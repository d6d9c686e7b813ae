import type { Pool } from "undici";
import type { Clock } from "../model/clock.ts";
import { FaultError } from "../model/fault.ts";
import type { Log } from "../model/log.ts";
import type { PayCall } from "../model/operation.ts";
import type { Secret } from "../model/secret.ts";
import type { PayApiSettings } from "../model/settings/pay-api.ts";
import { isCertificateTrouble, openPool } from "./connection.ts";
import { type Exchanged, exchange } from "./exchange.ts";
import { type Reply, replyOf } from "./reply.ts";
import { keepWarm } from "./warmth.ts";

/** The Pay API over HTTP. */
export type PayClient = {
	/**
	 * Sends one request, once, and says what came of it; never rejects.
	 * @param options.token the value of the header `token`, for calls that need it.
	 * @param options.signal gives the request up before its deadline.
	 */
	call(
		call: PayCall,
		body: object,
		options: { readonly token?: Secret; readonly signal?: AbortSignal },
	): Promise<Reply>;
	/** Opens a connection before it is needed, and keeps one open. Resolves when that was tried; never rejects. */
	warm(): Promise<void>;
	/** Ends all connections; what is under way is given up. */
	close(): Promise<void>;
};

export type PayCredentials = {
	readonly login: string;
	readonly password: Secret;
	/** PEM of authorities to trust besides the usual ones. */
	readonly ca?: string;
};

/** cm_pay_api 1.2.1, "Calls". */
const paths: Readonly<Record<PayCall, string>> = {
	providers: "/api/v1/merchant/availability-info/task",
	"providers-poll": "/api/v1/merchant/availability-info",
	checkout: "/api/v1/merchant/checkout",
	status: "/api/v1/merchant/transaction/status",
	cancel: "/api/v1/merchant/transaction/cancel",
	refund: "/api/v1/merchant/transaction/refund",
	receipt: "/api/v1/merchant/transaction/receipt",
};

/** A client for the environment that the settings choose. Nothing is sent before the first call or `warm`. */
export function openPayClient(
	settings: PayApiSettings,
	credentials: PayCredentials,
	log: Log,
	clock: Clock,
): PayClient {
	const { origin, pathname } = new URL(settings.baseUrl[settings.environment]);
	const basePath = pathname.replace(/\/$/, "");
	const pool = openPool(origin, settings, credentials.ca);
	const authorization = basicAuthorization(credentials);
	const warmth = keepWarm(knocker(pool, settings, log), { ...settings.warm, ...settings.retry }, clock);
	pool.on("disconnect", () => warmth.lost());

	return {
		call: async (call, body, { token, signal }) => {
			const request = {
				method: "POST",
				path: basePath + paths[call],
				headers: {
					authorization,
					"content-type": "application/json; charset=utf-8",
					accept: "application/json",
					...(token === undefined ? {} : { token: token.reveal() }),
				},
				body: JSON.stringify(body),
			} as const;
			const { answerMs } = settings.deadlines;
			return meaningOf(
				await withDeadline(answerMs, signal, (limit) =>
					exchange(pool, request, settings.mostAnswerBytes, limit),
				),
			);
		},
		warm: warmth.start,
		close: async () => {
			warmth.stop();
			await pool.destroy();
		},
	};
}

/** RFC 7617, UTF-8. */
function basicAuthorization({ login, password }: PayCredentials): string {
	return `Basic ${Buffer.from(`${login}:${password.reveal()}`).toString("base64")}`;
}

/** Any answer will do. The log hears of the first knock in vain and of the first one answered again. */
function knocker(pool: Pool, settings: PayApiSettings, log: Log) {
	let answers = true;
	return async (signal: AbortSignal): Promise<boolean> => {
		// `reset: false`, or undici ends the connection after a HEAD.
		const request = { method: "HEAD", path: settings.warm.path, reset: false } as const;
		const exchanged = await withDeadline(settings.deadlines.answerMs, signal, (limit) =>
			exchange(pool, request, settings.mostAnswerBytes, limit),
		);
		const answered = exchanged.kind === "whole";
		if (!answered && answers && !signal.aborted) {
			log.warn({ detail: wordsOf(exchanged.error) }, "the Pay API does not answer");
		}
		if (answered && !answers) log.info({}, "the Pay API answers again");
		answers = answered;
		return answered;
	};
}

/** Does something within a deadline in ms, or until the caller's own signal aborts. */
async function withDeadline<T>(
	ms: number,
	signal: AbortSignal | undefined,
	deed: (limit: AbortSignal) => Promise<T>,
): Promise<T> {
	const late = new AbortController();
	const timer = setTimeout(() => late.abort(`no whole answer within ${ms} ms`), ms);
	const result = await deed(signal === undefined ? late.signal : AbortSignal.any([late.signal, signal]));
	clearTimeout(timer);
	return result;
}

function meaningOf(exchanged: Exchanged): Reply {
	if (exchanged.kind === "whole") return replyOf(exchanged.answer);
	const detail = wordsOf(exchanged.error);
	if (exchanged.left) {
		const fault = exchanged.error instanceof FaultError ? exchanged.error.code : "server-silent";
		return { kind: "unanswered", fault, detail };
	}
	const fault = isCertificateTrouble(exchanged.error) ? "server-certificate" : "server-unreachable";
	return { kind: "not-sent", fault, detail };
}

/** Errors of the network name hosts, ports and certificates, never a header or a body. */
function wordsOf(error: unknown): string {
	const words = error instanceof AggregateError ? error.errors.map(String).join("; ") : String(error);
	return words.slice(0, 300);
}

import type { Pool } from "undici";
import type { Clock } from "../model/clock.ts";
import { FaultError } from "../model/fault.ts";
import type { Log } from "../model/log.ts";
import type { PayCall } from "../model/operation.ts";
import { type PayApiSettings, policyOf } from "../model/settings/pay-api.ts";
import { isCertificateTrouble, openPool } from "./connection.ts";
import { withDeadlines } from "./deadlines.ts";
import { type Exchanged, exchange, type Transport } from "./exchange.ts";
import { type Reply, replyOf } from "./reply.ts";
import { type CallOptions, type PayCredentials, requestMaker } from "./requests.ts";
import { keepWarm } from "./warmth.ts";

/** The Pay API over HTTP. */
export type PayClient = {
	/**
	 * Sends one request, once, and says what came of it; never rejects.
	 * @param body of a POST; `providers-poll` is a GET and has none.
	 */
	call(call: PayCall, body: object | undefined, options: CallOptions): Promise<Reply>;
	/** Opens a connection before it is needed, and keeps one open. Resolves when that was tried; never rejects. */
	warm(): Promise<void>;
	/** Ends all connections; what is under way is given up. */
	close(): Promise<void>;
};

/** A client for the environment that the settings choose. Nothing is sent before the first call or `warm`. */
export function openPayClient(
	settings: PayApiSettings,
	/** With the PEM of authorities to trust besides the usual ones. */
	credentials: PayCredentials & { readonly ca?: string },
	log: Log,
	clock: Clock,
): PayClient {
	const { origin } = new URL(settings.baseUrl[settings.environment]);
	const pool = openPool(origin, settings, credentials.ca);
	const knock = knocker(pool, settings, log, clock);
	const warmth = keepWarm(knock, { ...settings.warm, ...settings.retry }, clock);
	pool.on("disconnect", () => warmth.lost());

	const transport: Transport = (...asked) => exchange(pool, ...asked);
	return {
		...payClientOver(transport, settings, credentials, clock),
		warm: warmth.start,
		close: async () => {
			warmth.stop();
			await pool.destroy();
		},
	};
}

/** The calls of the Pay API over whatever carries a request to the server that the settings choose. */
export function payClientOver(
	transport: Transport,
	settings: PayApiSettings,
	credentials: PayCredentials,
	clock: Clock,
): Pick<PayClient, "call"> {
	const requestOf = requestMaker(settings, credentials);
	return {
		call: async (call, body, options) => {
			const request = requestOf(call, body, options);
			const policy = policyOf(settings, call);
			return meaningOf(
				await withDeadlines(policy, clock, options.signal, (limit, startBy) =>
					transport(request, settings.mostAnswerBytes, limit, startBy),
				),
			);
		},
	};
}

/** Any answer will do. The log hears of the first knock in vain and of the first one answered again. */
function knocker(pool: Pool, settings: PayApiSettings, log: Log, clock: Clock) {
	const request = { method: "HEAD", path: settings.warm.path, headers: {} } as const;
	let answers = true;
	return async (signal: AbortSignal): Promise<boolean> => {
		const exchanged = await withDeadlines(settings.deadlines, clock, signal, (limit, startBy) =>
			exchange(pool, request, settings.mostAnswerBytes, limit, startBy),
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

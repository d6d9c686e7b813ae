import type { Clock } from "../model/clock.ts";
import { type FaultCode, FaultError } from "../model/fault.ts";
import type { OnDisk } from "../model/on-disk.ts";
import type { PayCall } from "../model/operation.ts";
import { type CallPolicy, type PayApiSettings, policyOf } from "../model/settings/pay-api.ts";
import type { Turn } from "../model/turns.ts";
import { isCertificateTrouble, isNoHttp, wordsOf } from "./connection.ts";
import { withDeadlines } from "./deadlines.ts";
import type { Exchanged, Transport } from "./exchange.ts";
import { type Reply, replyOf } from "./reply.ts";
import { type CallOptions, type PayCredentials, requestMaker } from "./requests.ts";
import { Veil } from "./veil.ts";

export type PayCalls = {
	/**
	 * Sends one request, once, when all that the journal was given is on disk, and says what came of it. Rejects only
	 * with a FaultError `journal-failed`: then nothing was sent.
	 * @param body of a POST; `providers-poll` is a GET and has none.
	 */
	call(call: PayCall, body: object | undefined, options: CallOptions): Promise<Reply>;
};

/** How calls go on which no money depends: they must not take the connections from those on which it does. */
export type Apart = Partial<Readonly<Record<PayCall, Transport>>>;

export type CallTools = {
	/** What every request waits for. */
	readonly onDisk: OnDisk;
	/** What every answer waits for before it is taken up. */
	readonly turn: Turn;
	/** Carries some of the calls instead. */
	readonly apart?: Apart;
	/** Hides the till's secrets in the answers. */
	readonly veil?: Veil;
};

/** The calls of the Pay API over whatever carries a request to the server that the settings choose. */
export function payCalls(
	transport: Transport,
	settings: PayApiSettings,
	credentials: PayCredentials,
	clock: Clock,
	{ onDisk, turn, apart = {}, veil = new Veil() }: CallTools,
): PayCalls {
	const requestOf = requestMaker(settings, credentials);
	return {
		call: async (call, body, options) => {
			const request = requestOf(call, body, options);
			veil.learn(body, request.body, options.token?.reveal());
			const policy = policyOf(settings, call);
			const carry = apart[call] ?? transport;
			// No request is ahead of the disk, and it is made while the disk is at work.
			const due = onDisk();
			if (due !== undefined) await due;
			const exchanged = await withDeadlines(policy, clock, options.signals ?? [], (limit, startBy) =>
				carry(request, settings.mostAnswerBytes, limit, startBy),
			);
			const wait = exchanged.kind === "whole" ? turn() : undefined;
			if (wait !== undefined) await wait;
			return meaningOf(call, veiled(exchanged, veil), policy);
		},
	};
}

function veiled(exchanged: Exchanged, veil: Veil): Exchanged {
	return exchanged.kind === "whole" ? { kind: "whole", answer: veil.over(exchanged.answer) } : exchanged;
}

function meaningOf(call: PayCall, exchanged: Exchanged, { mostRetryAfterMs }: CallPolicy): Reply {
	if (exchanged.kind === "whole") return replyOf(call, exchanged.answer, mostRetryAfterMs);
	const detail = wordsOf(exchanged.error);
	if (exchanged.left) return { kind: "unanswered", fault: silenceOf(exchanged.error), detail };
	const fault = isCertificateTrouble(exchanged.error) ? "server-certificate" : "server-unreachable";
	return { kind: "not-sent", fault, detail };
}

/** The fault of a request that left and has no whole answer. */
function silenceOf(error: unknown): FaultCode {
	if (isNoHttp(error)) return "server-answer-unreadable";
	return error instanceof FaultError ? error.code : "server-silent";
}

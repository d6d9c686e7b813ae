import type { PayCall } from "../../src/model/operation.ts";
import type { Script } from "./script.ts";
import type { Trouble } from "./trouble.ts";

/** A server on a very bad day. */
export type Chaos = {
	/** The story of a new transaction. */
	story(): Script;
	/** What happens to a call; most go well, so that every story comes to its end. */
	trouble(call: PayCall): Trouble | undefined;
};

/** One call in so many runs into trouble. */
const oneIn = 3;

const stories: readonly Script[] = [
	{ accept: 0 },
	{ accept: 2 },
	{ accept: 2, slipLate: 2 },
	{ afterMs: 3_000 },
	{ accept: 1, refundPolls: 3 },
	{ accept: 1, refundAfterMs: 2_000, refundError: "EXTERNAL_PROVIDER_ERROR" },
	{ reject: "NOT_ENOUGH_LIMIT_TO_PAY" },
	{ reject: "PAYMENT_DECLINED_BY_EXTERNAL_PROVIDER" },
	{ refuse: "UNKNOWN_SESSION_ID" },
	{ pending: true },
	{ pending: true, cancel: "slow" },
	{ acceptOnCancel: true },
	{ accept: 2, oddStatus: "reserved" },
	{ afterMs: 1_000, postback: { times: 2, late: 1_000 } },
	{ afterMs: 1_000, postback: { forged: true, unknown: true } },
	{ accept: 0, postback: { beforeAnswer: true } },
];

const troubles: readonly Trouble[] = [
	{ late: 1_500 },
	{ late: 10_000 },
	{ silent: true, times: 1 },
	{ closeBeforeProcessing: true },
	{ closeAfterProcessing: true },
	{ twice: true },
	{ html: true },
	{ truncated: true },
	{ cutAnswerAt: 1 },
	{ oversize: true },
	{ wrongRequestId: true },
	{ wrongTransactionId: true },
	{ fields: { status: "reserved", refStatus: "reserved" } },
	{ fields: { status: 7 } },
	{ status: 302 },
	{ status: 408 },
	{ status: 429, retryAfter: "2" },
	{ status: 502 },
	{ status: 503, retryAfter: "Wed, 21 Oct 2015 07:28:00 GMT" },
];

/** Two days with the same seed, and the same calls in the same order, are the same. */
export function chaosOf(seed: number): Chaos {
	const below = dice(seed);
	const oneOf = <Kind>(all: readonly Kind[]) => all[below(all.length)];
	return {
		story: () => oneOf(stories) ?? {},
		trouble: () => (below(oneIn) === 0 ? oneOf(troubles) : undefined),
	};
}

/** Whole numbers from 0 up to a limit (the generator "mulberry32"). */
function dice(seed: number): (limit: number) => number {
	let state = seed | 0;
	return (limit) => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
	};
}

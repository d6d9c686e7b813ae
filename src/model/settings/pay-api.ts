import { z } from "zod";
import type { PayCall } from "../operation.ts";
import {
	httpUrl,
	listOf,
	milliseconds,
	number,
	oneOf,
	secretSource,
	text,
	textLike,
	wholeNumber,
} from "./common.ts";
import { postbackSettings } from "./postback.ts";

const words = listOf(text(64), 256);

/** Refuses a word that stands under two meanings: which of them would a payment have? */
function eachWordOnce(meanings: Readonly<Record<string, readonly string[]>>, context: z.RefinementCtx) {
	const seen = new Set<string>();
	for (const [meaning, list] of Object.entries(meanings)) {
		for (const [index, word] of list.entries()) {
			if (seen.has(word)) {
				const message = "expected a word that stands only once among these lists";
				context.addIssue({ code: "custom", path: [meaning, index], message });
			}
			seen.add(word);
		}
	}
}

const enums = z.strictObject({
	paymentTypes: listOf(text(36), 256),
	measures: words,
	/** Positions in these can be returned in part, all others only whole; PIECE when a position names none. */
	pieceMeasures: words,
	taxes: words,
	/** Of fiscal receipts. */
	taxations: words,
	receiptTypes: words,
	currencies: listOf(textLike(/^[A-Z]{3}$/, "three capital letters such as RUB"), 256),
	/** The status words of the answers, sorted by what they mean for a payment. */
	statuses: z
		.strictObject({ pending: words, accepted: words, rejected: words, cancelled: words, refunded: words })
		.superRefine(eachWordOnce),
	refStatuses: z.strictObject({ pending: words, accepted: words, rejected: words }).superRefine(eachWordOnce),
});

const startMs = milliseconds(100, 60_000);
const answerMs = milliseconds(100, 60_000);

/** Repeats of a call that brought no answer, always with the same requestId. */
const repeats = z.strictObject({
	attempts: wholeNumber(1, 20),
	firstWaitMs: milliseconds(10, 60_000),
	factor: number(1, 10),
	mostWaitMs: milliseconds(10, 600_000),
	/** The pause between repeats in the background, after the cashier was told "unknown". */
	laterEveryMs: milliseconds(100, 3_600_000),
	/** The part of each pause that is random, so that the tills of a chain do not all come back at once. */
	jitter: number(0, 1),
	/** The longest wish of the server (`Retry-After`) that is granted. */
	mostRetryAfterMs: milliseconds(100, 3_600_000),
});

const waitsInOrder = {
	holds: (waits: { firstWaitMs: number; mostWaitMs: number }) => waits.firstWaitMs <= waits.mostWaitMs,
	error: "expected firstWaitMs not above mostWaitMs",
};

const retry = repeats.refine(waitsInOrder.holds, waitsInOrder);

/** What is different for one call; what it leaves out is as for all. */
const ownPolicy = z.strictObject({
	startMs: startMs.exactOptional(),
	answerMs: answerMs.exactOptional(),
	attempts: repeats.shape.attempts.exactOptional(),
	firstWaitMs: repeats.shape.firstWaitMs.exactOptional(),
	factor: repeats.shape.factor.exactOptional(),
	mostWaitMs: repeats.shape.mostWaitMs.exactOptional(),
	laterEveryMs: repeats.shape.laterEveryMs.exactOptional(),
	jitter: repeats.shape.jitter.exactOptional(),
	mostRetryAfterMs: repeats.shape.mostRetryAfterMs.exactOptional(),
});

const poll = z
	.strictObject({
		/** The document: no sooner than 250 ms and no later than 500 ms after checkout. */
		firstMs: milliseconds(250, 500),
		/** The document: at most one every 250 ms. */
		everyMs: milliseconds(250, 10_000),
		/** The document: give up after 30 s and cancel. */
		giveUpMs: milliseconds(1_000, 30_000),
	})
	.refine((times) => times.firstMs <= times.giveUpMs && times.everyMs <= times.giveUpMs, {
		error: "expected firstMs and everyMs not above giveUpMs",
	});

/** How kassad talks to the Pay API; timings by cm_pay_api 1.2.1, "transaction/status". */
const payApi = z.strictObject({
	/** Which of the two base URLs is used. */
	environment: oneOf(["test", "production"]),
	baseUrl: z.strictObject({ test: httpUrl, production: httpUrl }),
	/** HTTP Basic cannot carry a colon in a login (RFC 7617, section 2). */
	login: textLike(/^[^:\p{Cc}]{1,256}$/u, "text of 1 to 256 characters without a colon"),
	password: secretSource,
	/** A PEM file of certificate authorities to trust besides the system's, or null. */
	caFile: text(4_096).nullable(),
	/** All of them are kept open. */
	connections: wholeNumber(1, 16),
	/** A harmless HEAD request that opens the connections at start and keeps them open. */
	warm: z.strictObject({
		path: textLike(/^\/[!-~]{0,255}$/, "a path that begins with /"),
		everyMs: milliseconds(1_000, 600_000),
	}),
	deadlines: z.strictObject({
		/** To connect, TLS included. */
		connectMs: milliseconds(100, 60_000),
		/** Until the request begins to leave: a request that has waited longer for a connection never does. */
		startMs,
		/** From the call to the last byte of the answer, the wait for a connection included. */
		answerMs,
	}),
	retry,
	calls: z.strictObject({
		providers: ownPolicy,
		checkout: ownPolicy,
		status: ownPolicy,
		cancel: ownPolicy,
		refund: ownPolicy,
		receipt: ownPolicy,
	}),
	poll,
	/** A list of providers that is not complete by then, polls and repeats included, is done without. */
	providers: z.strictObject({ giveUpMs: milliseconds(500, 60_000) }),
	/** A fiscal receipt that the server has not taken so long after the wish is given up. */
	receipt: z.strictObject({ giveUpMs: milliseconds(60_000, 1_209_600_000) }),
	postback: postbackSettings,
	/** A longer answer is cut off and counts as unreadable. */
	mostAnswerBytes: wholeNumber(1_024, 16_777_216),
	/** Every value that the API may send or take; a value not listed is refused. */
	enums,
	/** What ways to pay are called on paper; one that has no title here is printed as its word alone. */
	paymentTypeTitles: z.record(text(36), text(64), { error: "expected titles as SBP: СБП" }),
	/** Text that SBP shows to the customer, or null to leave it out. */
	paymentPurpose: text(140).nullable(),
});

/** Refuses a call whose own differences do not fit what holds for all. */
export const payApiSettings = payApi.superRefine(({ retry, calls }, context) => {
	for (const [call, own] of Object.entries(calls)) {
		if (!waitsInOrder.holds(retry) || waitsInOrder.holds({ ...retry, ...own })) continue;
		const message = `${waitsInOrder.error}, those under retry included`;
		context.addIssue({ code: "custom", path: ["calls", call], message });
	}
});

export type PayApiSettings = z.infer<typeof payApiSettings>;

/** What holds for one call: how long its start and its answer are waited for, and how it is repeated. */
export type CallPolicy = Omit<PayApiSettings["deadlines"], "connectMs"> & PayApiSettings["retry"];

/** The policy of one call: that of all calls with its own differences. */
export function policyOf(
	{ deadlines, retry, calls }: Pick<PayApiSettings, "deadlines" | "retry" | "calls">,
	call: PayCall,
): CallPolicy {
	return { ...deadlines, ...retry, ...calls[call === "providers-poll" ? "providers" : call] };
}

import { type FaultCode, faults } from "../model/fault.ts";
import type { NoAnswer } from "./ask.ts";

type Refusal = Extract<NoAnswer, { kind: "refusal" }>;

/**
 * Refusals that cannot come when the checkout was carried out: a session or a partner that the server does not
 * know has no transaction. All others may come of our own payment: "already paid" as well as "the provider failed".
 */
const neverCarriedOut: ReadonlySet<FaultCode> = new Set(["session-unknown", "partner-unknown"]);

/** Fewer equal refusals are not a repeated one. */
const fewestEqual = 2;

/**
 * Looks for the server's first answer to a checkout among the refusals, since "a repeat with the same value
 * returns the first answer" (cm_pay_api 1.2.1, `requestId`), but something between may have sent it twice.
 *
 * - The very first refusal is final when no money can have moved by it. That includes "already paid": nothing of
 *   ours was there before, so it is about another operation.
 * - Any other first refusal counts as no answer, and is asked for again. A code in no document that comes back
 *   to each repeat, with no silence in between, is the first answer. One that tells of a transaction is not:
 *   that may be ours, and becomes known.
 * - After a silent attempt a refusal is final only when the checkout cannot have been carried out.
 */
export class FirstAnswer {
	readonly #mostAttempts: number;
	#maybeCarriedOut: boolean;
	/** Whether all that the server has said so far is the same refusal. */
	#isUnanimous: boolean;
	#wireCode: string | undefined;
	#equals = 0;

	/** @param maybeSent whether an earlier run may have sent the checkout. */
	constructor(maybeSent: boolean, mostAttempts: number) {
		this.#maybeCarriedOut = maybeSent;
		this.#isUnanimous = !maybeSent;
		this.#mostAttempts = mostAttempts;
	}

	/** Whether there may be a payment. If not, the checkout can be dropped. */
	get maybeCarriedOut(): boolean {
		return this.#maybeCarriedOut;
	}

	/** Takes in what came of an attempt. @returns whether it is the first answer, and no payment is to be expected. */
	isFinal(answer: NoAnswer): boolean {
		if (answer.kind === "not-sent") return false;
		const isFirst = !this.#maybeCarriedOut;
		this.#maybeCarriedOut = true;
		if (answer.kind === "unanswered") {
			this.#isUnanimous = false;
			return false;
		}
		if (neverCarriedOut.has(answer.fault)) return true;
		if (isFirst && (answer.fault === "session-already-paid" || faults[answer.fault].moneyMoved === "no")) {
			return true;
		}
		return this.#isRepeated(answer) && answer.fault === "unlisted-refusal";
	}

	#isRepeated({ wireCode }: Refusal): boolean {
		if (this.#equals === 0) this.#wireCode = wireCode;
		if (wireCode !== this.#wireCode) this.#isUnanimous = false;
		this.#equals += 1;
		return this.#isUnanimous && this.#equals >= Math.max(fewestEqual, this.#mostAttempts);
	}
}

import { type FaultCode, faults } from "../model/fault.ts";

/** What came of a request for a refund that is not under way and not accepted. */
export type RefundWord = {
	/** `rejected` under an HTTP 200, `refused` under a 4xx. */
	readonly kind: "not-sent" | "unanswered" | "refused" | "rejected";
	readonly fault: FaultCode;
	readonly wireCode?: string;
};

/** A payment or a partner that the server does not know cannot have been paid back from, whatever was silent before. */
const neverCarriedOut: ReadonlySet<string | undefined> = new Set([
	"UNKNOWN_TRANSACTION_ID",
	"UNKNOWN_PARTNER_ID",
]);

/** The refund that is running already may be our own, sent twice by something between. */
const maybeOurOwn: ReadonlySet<FaultCode> = new Set(["refund-already-running", "transaction-in-processing"]);

/** Fewer equal refusals are not a repeated one. */
const fewestEqual = 2;

/**
 * Tells which refusal ends a refund. "A repeat with the same value returns the first answer" (cm_pay_api 1.2.1,
 * `requestId`), so a refusal is final when it is surely that first answer, and no money can have been paid back.
 *
 * - The very first word is final when it says that nothing was paid back. One that may come of our own refund,
 *   or of a provider that failed in the middle of it, is asked for again.
 * - Otherwise, as after silence, it must come back to each repeat, enough times in a row. A gateway's word is
 *   never enough then: it knows nothing of what the server did before.
 * - "A refund is running already" is enough only when nothing of ours was ever silent, and when the server would long
 *   have finished a request of ours that something between has sent twice; "still in processing" never is.
 */
export class RefundRefusals {
	readonly #enough: number;
	#maybeCarriedOut: boolean;
	/** Whether no request was ever silent, so that only the server's refusals have been heard. */
	#neverSilent: boolean;
	#last: RefundWord | undefined;
	#equals = 0;

	/** @param maybeSent whether an earlier run may have sent the request. */
	constructor(maybeSent: boolean, mostAttempts: number) {
		this.#maybeCarriedOut = maybeSent;
		this.#neverSilent = !maybeSent;
		this.#enough = Math.max(fewestEqual, mostAttempts);
	}

	/** Whether money may have been paid back. If not, the refund can be given up. */
	get maybeCarriedOut(): boolean {
		return this.#maybeCarriedOut;
	}

	/**
	 * Takes in what came of an attempt.
	 * @param isLongSince whether the server has had time enough for a request that it works on.
	 * @returns whether it ends the refund: nothing was, or will be, paid back by it.
	 */
	isFinal(word: RefundWord, isLongSince: boolean): boolean {
		if (word.kind === "not-sent") return false;
		const isFirst = !this.#maybeCarriedOut;
		this.#maybeCarriedOut = true;
		this.#count(word);
		if (word.kind === "unanswered") {
			this.#neverSilent = false;
			return false;
		}
		if (neverCarriedOut.has(word.wireCode) || (isFirst && isPlain(word))) return true;
		return this.#equals >= this.#enough && this.#canBeFirstAnswer(word, isLongSince);
	}

	#count(word: RefundWord): void {
		const { kind, fault, wireCode } = word;
		const last = this.#last;
		const isEqual = kind === last?.kind && fault === last.fault && wireCode === last.wireCode;
		this.#equals = isEqual ? this.#equals + 1 : 1;
		this.#last = word;
	}

	#canBeFirstAnswer({ kind, fault, wireCode }: RefundWord, isLongSince: boolean): boolean {
		if (fault === "transaction-in-processing") return false;
		if (fault === "refund-already-running") return this.#neverSilent && isLongSince;
		return kind === "rejected" || wireCode !== undefined;
	}
}

/** Whether a first word leaves no doubt that nothing was paid back. */
function isPlain({ kind, fault, wireCode }: RefundWord): boolean {
	if (maybeOurOwn.has(fault)) return false;
	if (kind === "rejected") return true;
	return faults[fault].moneyMoved === "no" && wireCode !== "EXTERNAL_PROVIDER_ERROR";
}

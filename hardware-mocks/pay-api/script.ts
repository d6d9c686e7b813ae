import type { PayCall } from "../../src/model/operation.ts";

/** How the customer and the bank decide. One of these; `accept: 1` when none is there. */
type Fate = {
	/** The status poll of this number is the first to be answered `accepted`; 0: the checkout itself is. */
	readonly accept?: number;
	/** The first status poll is answered `rejected` with this `errorCode`. */
	readonly reject?: string;
	/** The checkout is answered HTTP 422 with this `code`. */
	readonly refuse?: string;
	/** The customer never decides. */
	readonly pending?: true;
	/** The customer never decides until a cancel arrives, just too late: accepted. */
	readonly acceptOnCancel?: true;
	/** A cancel is answered 200 with `refStatus` rejected, or with `new` and carried out by the next status poll. */
	readonly cancel?: "rejected" | "slow";
};

/** How the bank deals with a refund. Carried out at once when nothing is there. */
type RefundFate = {
	/** Answered `refStatus` new; the status poll of this number is the first to say `accepted`. */
	readonly refundPolls?: number;
	/** Answered `refStatus` new, and nobody decides. */
	readonly refundPending?: true;
	/** The bank rejects it with this `errorCode`: at once, or at that poll. */
	readonly refundError?: string;
	/** The refund is answered HTTP 422 with this `code`. */
	readonly refuseRefund?: string;
};

/** Oddities of the answers that a till must live with. */
type Oddity = {
	/** Status polls that already say `accepted` and have no slip yet. */
	readonly slipLate?: number;
	/** Fields put over those of the slip; also some that no document names. `undefined` takes a field away. */
	readonly slip?: Readonly<Record<string, unknown>>;
	/** The first status poll says this word instead of `pending`. */
	readonly oddStatus?: string;
};

/** What goes wrong on the way, one thing at a time. Processed means: the answer exists and a repeat gets it. */
export type Trouble = {
	/** Calls that it happens to; `checkout` when left out. */
	readonly on?: PayCall;
	/** How many of them it happens to; for ever when `silent` and left out, else once. */
	readonly times?: number;
	/** Processed, never answered. */
	readonly silent?: true;
	/** Processed at once, answered after so many ms. */
	readonly late?: number;
	/** The connection is cut and nothing has happened. */
	readonly closeBeforeProcessing?: true;
	/** Processed, then the connection is cut. */
	readonly closeAfterProcessing?: true;
	/** Processed; a proxy answers with a page of HTML and status 200. */
	readonly html?: true;
	/** Processed; the answer is 5 MB long. */
	readonly oversize?: true;
	/** Processed; half of the answer comes, then the connection is cut. */
	readonly truncated?: true;
	/** Processed; the connection is cut after so many bytes of the answer's body. */
	readonly cutAnswerAt?: number;
	/** Processed; the answer names another request. */
	readonly wrongRequestId?: true;
	/** Processed; the answer names another transaction. */
	readonly wrongTransactionId?: true;
	/** Answered with this HTTP status. Processed when it is 500 or more, but not when it is less. */
	readonly status?: number;
	/** The header Retry-After beside `status`: seconds, or an HTTP date. 1 second beside 429 when left out. */
	readonly retryAfter?: string;
};

/** The story of one transaction. */
export type Script = Fate & RefundFate & Oddity & Trouble;

/** A trouble that has some times left to happen. */
type Pending = { readonly trouble: Trouble; left: number };

/** Troubles that wait for their calls. */
export class Troubles {
	readonly #waiting: Pending[] = [];

	add(trouble: Trouble): void {
		this.#waiting.push({ trouble, left: trouble.times ?? (trouble.silent ? Number.POSITIVE_INFINITY : 1) });
	}

	/** The trouble that this call runs into, counted down; undefined when all goes well. */
	meet(call: PayCall): Trouble | undefined {
		const met = this.#waiting.find(({ trouble, left }) => left > 0 && (trouble.on ?? "checkout") === call);
		if (met !== undefined) met.left -= 1;
		return met?.trouble;
	}
}

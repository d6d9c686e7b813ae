import type { FaultCode } from "./fault.ts";
import type { Kopecks } from "./money.ts";
import type { Secret } from "./secret.ts";
import type { Slip } from "./slip.ts";

/** One position of a purchase, in the Pay API's words (object `item`). */
export type Item = {
	readonly name: string;
	readonly article: string;
	readonly price: Kopecks;
	/** Whole numbers only: 1125 GRAM, never 1.125 KILOGRAM. */
	readonly quantity: number;
	readonly measure?: string;
	readonly totalAmount: Kopecks;
	readonly discountAmount?: Kopecks;
	readonly subTotalAmount?: Kopecks;
	readonly tax: string;
};

/** What the POS program wants paid. */
export type Purchase = {
	readonly orderId: string;
	readonly totalAmount: Kopecks;
	/** The server's own, RUB, when left out. */
	readonly currency?: string;
	readonly discountAmount?: Kopecks;
	readonly subTotalAmount?: Kopecks;
	readonly items: readonly Item[];
};

/** A card joined with a purchase: all that a checkout says, fixed for the life of the operation. */
export type PaymentWish = {
	readonly purchase: Purchase;
	readonly brand: string;
	readonly cardNumber: Secret;
	readonly cardSession: Secret;
	/** Ways to pay offered to the customer, such as `SBP`. */
	readonly paymentTypes: readonly string[];
};

/** Why kassad wants a payment cancelled. */
export type CancelReason = "timed-out" | "server-silent" | "cashier" | "customer" | "restart";

/** What is known of an unfinished payment, as the journal holds it. */
export type OpenPayment = {
	readonly kind: "payment";
	readonly id: string;
	/** The terminalId of its till; absent in what an earlier kassad left open: then it is that of the settings. */
	readonly terminal?: string;
	/** Sent with every repeat of the checkout: the server answers a repeat with its first answer. */
	readonly requestId: string;
	/** Sent with every repeat of the cancel. */
	readonly cancelRequestId: string;
	readonly wish: PaymentWish;
	/** Wall-clock ms of the wish; the customer's time to confirm runs from here. */
	readonly startedAt: number;
	readonly transactionId?: string;
	readonly cancelWanted?: CancelReason;
	/** Whether an earlier checkout may have reached the server unanswered. */
	readonly maybeSent: boolean;
	/** The attempt that the journal committed together with the wish; absent after a restart. */
	readonly firstAttempt?: number;
};

/** A part of one position of a purchase that is returned. */
export type ReturnedPart = {
	/** Index of the position in the purchase, from 0. */
	readonly position: number;
	readonly quantity: number;
	readonly totalAmount: Kopecks;
};

/** What the POS program wants given back: all that a refund says, fixed for the life of the operation. */
export type RefundWish = {
	/** Of the card that paid: its key makes the header `token`. */
	readonly brand: string;
	/** Of the payment. */
	readonly transactionId: string;
	readonly orderId: string;
	/** More than 0, at most what is left of the payment. */
	readonly amount: Kopecks;
	readonly currency?: string;
	/** As the call names them: only what is returned, with the returned quantities and amounts. */
	readonly items: readonly Item[];
	readonly parts: readonly ReturnedPart[];
	/** Of a payment that another till took: what was bought, as the POS program says. `parts` count its positions. */
	readonly purchase?: Purchase;
};

/** What is known of an unfinished refund, as the journal holds it. */
export type OpenRefund = {
	readonly kind: "refund";
	readonly id: string;
	/** The terminalId of its till; absent in what an earlier kassad left open: then it is that of the settings. */
	readonly terminal?: string;
	/** Sent with every repeat: a new one for the same wish could pay back twice. */
	readonly requestId: string;
	readonly wish: RefundWish;
	readonly startedAt: number;
	/** The server's own id of the refund, once it is known. */
	readonly refTransactionId?: string;
	/** Whether an earlier request may have reached the server unanswered. */
	readonly maybeSent: boolean;
	readonly firstAttempt?: number;
};

/** A fiscal receipt for the customer's app (cm_pay_api 1.2.1, object `invoice`), by its wire names. */
export type ReceiptWish = {
	readonly transactionId: string;
	readonly invoice: { readonly orderId: string; readonly totalAmount: Kopecks } & Readonly<
		Record<string, unknown>
	>;
	readonly meta?: Readonly<Record<string, string>>;
};

/** What is known of a fiscal receipt that the server has not taken yet. */
export type OpenReceipt = {
	readonly kind: "receipt";
	readonly id: string;
	/** The terminalId of its till; absent in what an earlier kassad left open: then it is that of the settings. */
	readonly terminal?: string;
	readonly requestId: string;
	readonly wish: ReceiptWish;
	readonly startedAt: number;
	readonly maybeSent: boolean;
	readonly firstAttempt?: number;
};

/** An operation that a later run goes on with. (A question for providers ends with its run.) */
export type OpenOperation = OpenPayment | OpenRefund | OpenReceipt;

/** How an operation ended, or `unknown` while kassad is still finding out. Never a boolean. */
export type Outcome =
	| {
			readonly kind: "settled";
			readonly transactionId: string;
			/** Of a refund. */
			readonly refTransactionId?: string;
			/** A fiscal receipt has none. */
			readonly slip?: Slip;
	  }
	| {
			readonly kind: "refused";
			readonly fault: FaultCode;
			/** The server's own code, shown when it is not in the table. */
			readonly wireCode?: string;
			readonly transactionId?: string;
			readonly refTransactionId?: string;
			/** A slip may come with a rejection; it is kept like any other. */
			readonly slip?: Slip;
	  }
	| {
			readonly kind: "unknown";
			readonly fault: FaultCode;
			readonly transactionId?: string;
			readonly refTransactionId?: string;
	  };

/** An outcome that nothing changes any more. */
export type FinalOutcome = Exclude<Outcome, { kind: "unknown" }>;

/** What the cashier is told while kassad goes on finding out. */
export type UnknownOutcome = Extract<Outcome, { kind: "unknown" }>;

export type PayCall =
	| "providers"
	/** The old asynchronous list of providers, asked for until it is computed. */
	| "providers-poll"
	| "checkout"
	| "status"
	| "cancel"
	| "refund"
	| "receipt";

/** What the journal has a line of: each request of ours, and what the server posts unasked. */
export type JournaledCall = PayCall | "postback";

/** What came of one request. */
export type AttemptResult =
	/** The server answered and the answer was understood. */
	| { readonly kind: "answered"; readonly summary: string }
	/** The request never left: nothing can have happened. */
	| { readonly kind: "not-sent"; readonly summary: string }
	/** It left, and what the server did is not known. */
	| { readonly kind: "unanswered"; readonly summary: string };

/**
 * Where `pay/` writes down what it does. What each call tells survives the process when it returns. What came of a
 * request may be lost with the power until the next word that has to be on disk, and never without what came later:
 * then the request may have arrived, as it may have for all that is known in the moment before its answer.
 */
export type Diary = {
	/**
	 * To be called before the request leaves, which it does when this is on disk. Returns the attempt's number.
	 * @param learned in the same moment: one commit for both.
	 */
	before(call: JournaledCall, requestId: string, learned?: Learned): number;
	/**
	 * It is written down with what follows from it, or at the end of this turn. When the run ends before that, the server
	 * is asked again.
	 * @param learned from the answer, in the same moment: no run finds the one without the other.
	 */
	after(attempt: number, result: AttemptResult, learned?: LearnedIds): void;
	/** Nobody is told of it before it is on disk. */
	learned(facts: Learned): void;
};

/** What the server calls an operation. */
export type LearnedIds = {
	readonly transactionId?: string;
	/** Of a refund. */
	readonly refTransactionId?: string;
};

/** What becomes known of an operation on its way. */
export type Learned = LearnedIds & { readonly cancelWanted?: CancelReason };

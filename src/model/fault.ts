/**
 * The closed table of everything that can go wrong. A row holds no sentence: those are in
 * `config/messages.*.yaml`, one for every code in every language. A code is never given a second meaning.
 *
 * Wire codes and their advice: Koshelek Pay API (cm_pay_api) 1.2.1, sections "Errors" and "Requirements on the till".
 */
export type FaultRow = {
	/** `code` of an HTTP 422 answer that this row covers. */
	readonly wire422?: string;
	/** `errorCode` of an HTTP 200 answer with status `rejected` (or refStatus `rejected`). */
	readonly wire200?: string;
	/** HTTP statuses that this row covers. */
	readonly http?: readonly number[];
	/** Who can do something about it. */
	readonly acts: "cashier" | "administrator" | "technician" | "nobody";
	/** What may follow. */
	readonly next: "scan-again" | "other-way-to-pay" | "repeat" | "wait" | "ask" | "never";
	/** Whether the customer's money has moved, as far as this fault tells. */
	readonly moneyMoved: "yes" | "no" | "unknown";
};

export type FaultCode =
	// The Pay API refuses a payment (HTTP 200, status rejected).
	| "limit-not-enough"
	| "amount-too-small"
	| "provider-failed"
	| "subscription-not-found"
	| "declined-by-provider"
	| "payment-order-not-found"
	// The Pay API refuses a refund (HTTP 200).
	| "refund-of-unpaid"
	| "refund-of-finished"
	| "refund-already-running"
	| "refund-over-rest"
	| "refund-rest-unexpected"
	// The Pay API refuses a call (HTTP 422).
	| "session-unknown"
	| "transaction-unknown"
	| "partner-unknown"
	| "state-change-impossible"
	| "transaction-not-paid"
	| "refund-cancelled-by-bank"
	| "session-has-transaction"
	| "session-already-paid"
	| "transaction-in-processing"
	| "provider-error"
	| "unlisted-refusal"
	// Gateways and the wire between.
	| "request-refused"
	| "credentials-refused"
	| "address-not-found"
	| "too-many-requests"
	| "server-failed"
	| "server-unreachable"
	| "server-certificate"
	| "server-answer-unreadable"
	| "server-silent"
	// How a payment ends without a refusal.
	| "payment-timed-out"
	| "payment-cancelled-by-cashier"
	| "payment-cancelled-by-customer"
	| "payment-cancelled-by-server"
	| "payment-cancelled-after-restart"
	| "payment-refunded-elsewhere"
	// Ways to pay, refunds and fiscal receipts besides the server's own codes.
	| "providers-unknown"
	| "no-provider-available"
	| "refund-unknown"
	| "refund-declined"
	| "refund-not-sent"
	| "refund-only-whole"
	| "receipt-undelivered"
	| "receipt-of-unpaid"
	// The till refuses before anything leaves.
	| "till-busy"
	| "order-unresolved"
	| "order-already-paid"
	| "scan-gone"
	| "scan-used"
	| "card-cannot-pay"
	| "password-wrong"
	| "password-replayed"
	| "password-unchecked"
	| "clock-off"
	| "payment-type-not-accepted"
	| "journal-failed"
	// A scan that is not to be had.
	| "scan-while-paying"
	| "scan-leased-elsewhere"
	// The socket.
	| "request-invalid"
	| "method-unknown"
	| "message-too-large"
	| "key-conflict"
	| "operation-not-found"
	| "too-late-to-cancel"
	| "too-many-clients"
	| "not-allowed"
	| "internal-failure"
	// Paper.
	| "printer-not-configured"
	| "printer-unreachable"
	| "printer-paper-out"
	| "printer-cover-open"
	| "printer-cutter"
	| "printer-broken"
	| "printer-offline"
	| "printer-not-found"
	| "print-unconfirmed"
	| "print-unconfirmable"
	| "print-interrupted"
	| "print-too-old"
	| "print-cancelled"
	| "print-not-found"
	| "print-not-open"
	| "print-unfinished"
	| "document-not-available"
	// Shifts.
	| "shift-already-open"
	| "shift-not-open"
	| "shift-not-found"
	// Devices and set-up.
	| "scanner-away"
	| "scanner-paused"
	| "scanner-unknown"
	| "scanner-cannot"
	| "terminal-unknown"
	| "self-test-running"
	| "config-invalid";

const row = (
	acts: FaultRow["acts"],
	next: FaultRow["next"],
	moneyMoved: FaultRow["moneyMoved"],
	covers: Pick<FaultRow, "wire422" | "wire200" | "http"> = {},
): FaultRow => Object.freeze({ ...covers, acts, next, moneyMoved });

export const faults: Readonly<Record<FaultCode, FaultRow>> = Object.freeze({
	"limit-not-enough": row("cashier", "other-way-to-pay", "no", { wire200: "NOT_ENOUGH_LIMIT_TO_PAY" }),
	"amount-too-small": row("cashier", "other-way-to-pay", "no", { wire200: "TOTAL_AMOUNT_IS_TOO_SMALL" }),
	"provider-failed": row("cashier", "other-way-to-pay", "no", { wire200: "EXTERNAL_PROVIDER_ERROR" }),
	"subscription-not-found": row("cashier", "other-way-to-pay", "no", {
		wire200: "SUBSCRIPTION_IS_NOT_FOUND",
	}),
	"declined-by-provider": row("cashier", "other-way-to-pay", "no", {
		wire200: "PAYMENT_DECLINED_BY_EXTERNAL_PROVIDER",
	}),
	"payment-order-not-found": row("administrator", "other-way-to-pay", "no", {
		wire200: "PAYMENT_ORDER_IS_NOT_FOUND",
	}),
	"refund-of-unpaid": row("administrator", "never", "no", { wire200: "PAYMENT_TRANSACTION_IS_NOT_PAID" }),
	"refund-of-finished": row("administrator", "never", "no", {
		wire200: "TERMINAL_STATE_OF_PAYMENT_TRANSACTION",
	}),
	"refund-already-running": row("cashier", "wait", "no", {
		wire200: "PAYMENT_TRANSACTION_IS_BEING_REFUNDED_ALREADY",
	}),
	"refund-over-rest": row("cashier", "never", "no", {
		wire200: "REQUESTED_REFUND_AMOUNT_IS_GREATER_THAN_AVAILABLE",
	}),
	"refund-rest-unexpected": row("administrator", "ask", "unknown", {
		wire200: "UNEXPECTED_REFUND_AMOUNT_LEFT_FROM_EXTERNAL_PROVIDER",
	}),

	"session-unknown": row("cashier", "scan-again", "no", { wire422: "UNKNOWN_SESSION_ID" }),
	"transaction-unknown": row("cashier", "other-way-to-pay", "no", { wire422: "UNKNOWN_TRANSACTION_ID" }),
	"partner-unknown": row("administrator", "never", "no", { wire422: "UNKNOWN_PARTNER_ID" }),
	"state-change-impossible": row("administrator", "ask", "unknown", {
		wire422: "WRONG_TRANSACTION_STATE_CHANGE",
	}),
	"transaction-not-paid": row("cashier", "wait", "no", { wire422: "PAYMENT_TRANSACTION_IS_NOT_PAID" }),
	"refund-cancelled-by-bank": row("administrator", "ask", "no", { wire422: "CANCEL_REFUNDING_BY_BANK" }),
	"session-has-transaction": row("cashier", "wait", "unknown", {
		wire422: "TRANSACTION_FOR_SESSION_ID_ALREADY_EXISTS",
	}),
	"session-already-paid": row("cashier", "ask", "unknown", {
		wire422: "TRANSACTION_FOR_SESSION_ID_ALREADY_PAYED",
	}),
	"transaction-in-processing": row("cashier", "wait", "unknown", { wire422: "TRANSACTION_IN_PROCESSING" }),
	"provider-error": row("cashier", "other-way-to-pay", "no", { wire422: "EXTERNAL_PROVIDER_ERROR" }),
	"unlisted-refusal": row("administrator", "ask", "unknown"),

	"request-refused": row("technician", "never", "no", { http: [400] }),
	"credentials-refused": row("technician", "never", "no", { http: [401, 403] }),
	"address-not-found": row("technician", "never", "no", { http: [404] }),
	"too-many-requests": row("cashier", "wait", "no", { http: [429] }),
	"server-failed": row("cashier", "wait", "unknown", { http: [408, 500, 502, 503, 504] }),
	"server-unreachable": row("technician", "other-way-to-pay", "no"),
	"server-certificate": row("technician", "other-way-to-pay", "no"),
	"server-answer-unreadable": row("technician", "ask", "unknown"),
	"server-silent": row("cashier", "ask", "unknown"),

	"payment-timed-out": row("cashier", "scan-again", "no"),
	"payment-cancelled-by-cashier": row("cashier", "scan-again", "no"),
	"payment-cancelled-by-customer": row("cashier", "other-way-to-pay", "no"),
	"payment-cancelled-by-server": row("cashier", "scan-again", "no"),
	"payment-cancelled-after-restart": row("cashier", "scan-again", "no"),
	"payment-refunded-elsewhere": row("administrator", "ask", "unknown"),

	"providers-unknown": row("cashier", "other-way-to-pay", "no"),
	"no-provider-available": row("cashier", "other-way-to-pay", "no"),
	"refund-unknown": row("cashier", "wait", "unknown"),
	"refund-declined": row("cashier", "ask", "no"),
	"refund-not-sent": row("technician", "repeat", "no"),
	"refund-only-whole": row("cashier", "never", "no"),
	"receipt-undelivered": row("nobody", "never", "no"),
	"receipt-of-unpaid": row("cashier", "never", "no"),

	"till-busy": row("cashier", "wait", "no"),
	"order-unresolved": row("cashier", "wait", "unknown"),
	"order-already-paid": row("cashier", "ask", "yes"),
	"scan-gone": row("cashier", "scan-again", "no"),
	"scan-used": row("cashier", "scan-again", "no"),
	"card-cannot-pay": row("cashier", "other-way-to-pay", "no"),
	"password-wrong": row("cashier", "scan-again", "no"),
	"password-replayed": row("cashier", "scan-again", "no"),
	"password-unchecked": row("technician", "other-way-to-pay", "no"),
	"clock-off": row("technician", "other-way-to-pay", "no"),
	"payment-type-not-accepted": row("technician", "other-way-to-pay", "no"),
	"journal-failed": row("technician", "never", "unknown"),

	"scan-while-paying": row("cashier", "scan-again", "no"),
	"scan-leased-elsewhere": row("nobody", "never", "no"),

	"request-invalid": row("technician", "never", "no"),
	"method-unknown": row("technician", "never", "no"),
	"message-too-large": row("technician", "never", "no"),
	"key-conflict": row("technician", "never", "no"),
	"operation-not-found": row("technician", "never", "no"),
	"too-late-to-cancel": row("cashier", "ask", "unknown"),
	"too-many-clients": row("technician", "wait", "no"),
	"not-allowed": row("technician", "never", "no"),
	"internal-failure": row("technician", "ask", "unknown"),

	"printer-not-configured": row("technician", "never", "no"),
	"printer-unreachable": row("cashier", "repeat", "no"),
	"printer-paper-out": row("cashier", "repeat", "no"),
	"printer-cover-open": row("cashier", "repeat", "no"),
	"printer-cutter": row("technician", "repeat", "no"),
	"printer-broken": row("technician", "never", "no"),
	"printer-offline": row("cashier", "repeat", "no"),
	"printer-not-found": row("technician", "never", "no"),
	"print-unconfirmed": row("cashier", "ask", "no"),
	"print-unconfirmable": row("cashier", "ask", "no"),
	"print-interrupted": row("cashier", "ask", "no"),
	"print-too-old": row("cashier", "repeat", "no"),
	"print-cancelled": row("cashier", "repeat", "no"),
	"print-not-found": row("technician", "never", "no"),
	"print-not-open": row("cashier", "never", "no"),
	"print-unfinished": row("cashier", "wait", "no"),
	"document-not-available": row("cashier", "never", "no"),

	"shift-already-open": row("cashier", "never", "no"),
	"shift-not-open": row("cashier", "never", "no"),
	"shift-not-found": row("cashier", "never", "no"),

	"scanner-away": row("cashier", "wait", "no"),
	"scanner-paused": row("cashier", "scan-again", "no"),
	"scanner-unknown": row("technician", "never", "no"),
	"scanner-cannot": row("technician", "never", "no"),
	"terminal-unknown": row("technician", "never", "no"),
	"self-test-running": row("cashier", "wait", "no"),
	"config-invalid": row("technician", "never", "no"),
});

/** A failure that has a row in the table: its code, and a detail for the technician (never a secret). */
export class FaultError extends Error {
	readonly code: FaultCode;
	readonly detail: string;

	constructor(code: FaultCode, detail = "") {
		super(detail === "" ? code : `${code}: ${detail}`);
		this.name = "FaultError";
		this.code = code;
		this.detail = detail;
	}
}

/** The row's code for an HTTP 422 `code`; `unlisted-refusal` when the document does not name it. */
export function faultOf422(wireCode: string): FaultCode {
	return codeWhere((facts) => facts.wire422 === wireCode) ?? "unlisted-refusal";
}

/** The row's code for the `errorCode` of a rejected transaction; `unlisted-refusal` when not documented. */
export function faultOf200(errorCode: string): FaultCode {
	return codeWhere((facts) => facts.wire200 === errorCode) ?? "unlisted-refusal";
}

/** The row's code for an HTTP status that is neither 200 nor 422. */
export function faultOfHttp(status: number): FaultCode {
	const exact = codeWhere((facts) => facts.http?.includes(status) ?? false);
	return exact ?? (status >= 500 ? "server-failed" : "request-refused");
}

/** The row's code for any failure: its own when it has one, else `internal-failure`. */
export function faultOf(error: unknown): FaultCode {
	return error instanceof FaultError ? error.code : "internal-failure";
}

function codeWhere(covers: (facts: FaultRow) => boolean): FaultCode | undefined {
	return (Object.keys(faults) as FaultCode[]).find((code) => covers(faults[code]));
}

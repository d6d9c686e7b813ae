import type { Ambient } from "./ambient.ts";
import { type Answer, ok, refusal } from "./answers.ts";
import type { Transaction } from "./bank.ts";
import { paymentType } from "./decisions.ts";
import { notBought, tooMuch } from "./refund-items.ts";
import type { RefundRequest } from "./requests.ts";
import { slipOf, type WireSlip } from "./slip.ts";

/** One refund as the server knows it. */
export type Refund = {
	readonly refTransactionId: string;
	readonly requestId: string;
	readonly amount: number;
	readonly items: RefundRequest["items"];
	/** Wall-clock ms since 1970. */
	readonly startedAt: number;
	/** `accepted` means that money has gone back. */
	status: "new" | "accepted" | "rejected";
	errorCode?: string;
	slip?: WireSlip;
	polls: number;
};

/** Kopecks of a payment that no refund has taken or may take. */
export function restOf({ checkout, refunds }: Transaction): number {
	const taken = refunds.filter(({ status }) => status !== "rejected");
	return checkout.checkoutInvoice.totalAmount - taken.reduce((sum, { amount }) => sum + amount, 0);
}

/** The refund that a status poll asks for by its id. */
export function newest({ refunds }: Transaction, refTransactionId: string | undefined): Refund | undefined {
	return refunds.find((refund) => refund.refTransactionId === refTransactionId);
}

/** Takes a refund (cm_pay_api 1.2.1, transaction/refund): one at a time, and never beyond what is left. */
export function refund(transaction: Transaction, body: RefundRequest, ambient: Ambient): Answer {
	const { script } = transaction;
	if (script.refuseRefund !== undefined) return refusal(script.refuseRefund, "Отказ по сценарию");
	const declined = declineOf(transaction, body);
	const wrong =
		notBought(transaction, body) ?? (declined === undefined ? tooMuch(transaction, body) : undefined);
	if (wrong !== undefined) return { status: 400, json: { message: wrong } };
	const isLater = script.refundPolls !== undefined || script.refundAfterMs !== undefined;
	const errorCode = declined ?? (isLater ? undefined : script.refundError);
	const { requestId, refundAmount: amount, items } = body;
	const taken: Refund = {
		refTransactionId: ambient.newId(),
		requestId,
		amount,
		items,
		startedAt: ambient.now(),
		status: "new",
		polls: 0,
	};
	transaction.refunds.push(taken);
	if (errorCode !== undefined) rejectRefund(transaction, taken, errorCode);
	else if (!isLater && !script.refundPending) acceptRefund(transaction, taken, ambient);
	else transaction.status = "refunding";
	return ok({ requestId, ...refundTold(transaction, taken) });
}

/** What a status poll for a refund sees; by then the bank may have decided. */
export function refundSeen(transaction: Transaction, seen: Refund, ambient: Ambient): object {
	const { refundPolls, refundError } = transaction.script;
	seen.polls += 1;
	if (seen.status === "new" && refundPolls !== undefined && seen.polls >= refundPolls) {
		decideRefund(transaction, seen, ambient, refundError);
	}
	return refundTold(transaction, seen);
}

/** The bank decides a refund that is open, as `errorCode` says. */
export function decideRefund(
	transaction: Transaction,
	open: Refund,
	ambient: Ambient,
	errorCode?: string,
): void {
	if (open.status !== "new") return;
	if (errorCode === undefined) acceptRefund(transaction, open, ambient);
	else rejectRefund(transaction, open, errorCode);
}

/** What an answer, or a postback, says of a refund. */
export function refundTold(
	transaction: Transaction,
	{ refTransactionId, status, errorCode, slip }: Refund,
): object {
	const { transactionId, status: ofPayment } = transaction;
	return { refTransactionId, refStatus: status, transactionId, status: ofPayment, errorCode, slip };
}

function declineOf(transaction: Transaction, { refundAmount }: RefundRequest): string | undefined {
	const { status } = transaction;
	if (status === "new" || status === "pending") return "PAYMENT_TRANSACTION_IS_NOT_PAID";
	if (status === "canceled" || status === "rejected" || status === "refunded") {
		return "TERMINAL_STATE_OF_PAYMENT_TRANSACTION";
	}
	if (status === "refunding") return "PAYMENT_TRANSACTION_IS_BEING_REFUNDED_ALREADY";
	return refundAmount > restOf(transaction) ? "REQUESTED_REFUND_AMOUNT_IS_GREATER_THAN_AVAILABLE" : undefined;
}

function acceptRefund(transaction: Transaction, accepted: Refund, ambient: Ambient): void {
	const { transactionId, checkout } = transaction;
	const { refTransactionId, amount: totalAmount } = accepted;
	const { storeId, terminalId, checkoutInvoice } = checkout;
	const ids = { transactionId, refTransactionId, orderId: checkoutInvoice.orderId };
	accepted.status = "accepted";
	accepted.slip = slipOf(
		{ paymentType: paymentType(transaction), storeId, terminalId, ...ids, totalAmount },
		ambient,
	);
	settle(transaction);
}

function rejectRefund(transaction: Transaction, rejected: Refund, errorCode: string): void {
	rejected.status = "rejected";
	rejected.errorCode = errorCode;
	if (transaction.status === "refunding" && !transaction.refunds.some(({ status }) => status === "new"))
		settle(transaction);
}

/** The payment's status by what has gone back. */
function settle(transaction: Transaction): void {
	const back = transaction.refunds.some(({ status }) => status === "accepted");
	if (restOf(transaction) === 0) transaction.status = "refunded";
	else transaction.status = back ? "partial_refunded" : "accepted";
}

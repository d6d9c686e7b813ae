import type { Ambient } from "./ambient.ts";
import type { Transaction } from "./bank.ts";
import { slipOf, type WireSlip } from "./slip.ts";

export function accept(transaction: Transaction, ambient: Ambient): void {
	transaction.status = "accepted";
	transaction.slip = newSlip(transaction, ambient);
}

export function reject(transaction: Transaction, errorCode: string, ambient: Ambient): void {
	transaction.status = "rejected";
	transaction.errorCode = errorCode;
	transaction.slip = newSlip(transaction, ambient);
}

/** Does what a cancel has asked for. */
export function carryOut(transaction: Transaction): void {
	transaction.status = "canceled";
	transaction.refStatus = "accepted";
}

/** The slip, when the bank has sent it by now. */
export function slipNow({ script, slip, polls }: Transaction): WireSlip | undefined {
	const { accept: accepted = 1, slipLate = 0 } = script;
	return slipLate > 0 && polls < accepted + slipLate ? undefined : slip;
}

/** The customer takes the first of the ways that the till offers. */
export function paymentType({ checkout }: Pick<Transaction, "checkout">): string {
	return checkout.paymentMethods[0]?.type ?? "SBP";
}

/** What the answer to transaction/status says of a payment, and of its newest cancel. */
export function paymentSeen(transaction: Transaction): object {
	const { transactionId, refTransactionId, status, refStatus, errorCode } = transaction;
	const paymentProvider = paymentType(transaction);
	return {
		transactionId,
		refTransactionId,
		status,
		paymentGroup: paymentProvider === "SBP" ? "SBP" : "INSTALLMENT",
		paymentProvider,
		slip: slipNow(transaction),
		refStatus,
		errorCode,
	};
}

function newSlip(transaction: Transaction, ambient: Ambient): WireSlip {
	const { storeId, terminalId, checkoutInvoice } = transaction.checkout;
	const { orderId, totalAmount } = checkoutInvoice;
	const { transactionId } = transaction;
	const facts = { storeId, terminalId, orderId, totalAmount, transactionId };
	const slip = slipOf({ paymentType: paymentType(transaction), ...facts }, ambient);
	return { ...slip, ...transaction.script.slip };
}

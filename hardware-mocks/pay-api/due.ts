import type { Transaction } from "./bank.ts";
import type { Refund } from "./refunds.ts";

/** A decision that falls at a moment of the clock, ms since 1970. */
export type Due = { readonly at: number; readonly transaction: Transaction; readonly refund?: Refund };

/** What customers and the bank will decide by the clock, the soonest first. */
export function dueOf(transactions: readonly Transaction[]): Due[] {
	return transactions
		.flatMap((transaction) => [...paymentDue(transaction), ...refundsDue(transaction)])
		.sort((one, other) => one.at - other.at);
}

function paymentDue(transaction: Transaction): Due[] {
	const { script, status, startedAt } = transaction;
	const isOpen = status === "new" || status === "pending";
	return isOpen && script.afterMs !== undefined ? [{ at: startedAt + script.afterMs, transaction }] : [];
}

function refundsDue(transaction: Transaction): Due[] {
	const { refundAfterMs } = transaction.script;
	if (refundAfterMs === undefined) return [];
	return transaction.refunds
		.filter(({ status }) => status === "new")
		.map((refund) => ({ at: refund.startedAt + refundAfterMs, transaction, refund }));
}

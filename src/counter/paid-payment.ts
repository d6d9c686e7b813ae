import type { Journal } from "../journal/journal.ts";
import { FaultError } from "../model/fault.ts";
import type { Purchase } from "../model/operation.ts";
import type { Methods } from "../pos/methods.ts";

type PaymentName = Parameters<Methods["refund.start"]>[0]["payment"];

/**
 * A payment of this till that is paid.
 * @returns undefined when the journal does not know it.
 * @throws {FaultError} `order-unresolved` while nobody knows whether it is paid, `refund-of-unpaid` when it is not,
 * `payment-refunded-elsewhere`.
 */
export function paidPayment(
	name: PaymentName,
	journal: Journal,
): { readonly transactionId: string; readonly purchase: Purchase } | undefined {
	const record = journal.find("operationId" in name ? { id: name.operationId } : name);
	if (record === undefined || record.kind !== "payment") return undefined;
	const { state, transactionId, purchase, fault } = record;
	if (state === "in-progress" || state === "unknown") throw new FaultError("order-unresolved");
	// It was paid, and what is left of it this till cannot reckon.
	if (fault === "payment-refunded-elsewhere") throw new FaultError(fault);
	if (state === "refused" || transactionId === undefined) throw new FaultError("refund-of-unpaid");
	return { transactionId, purchase };
}

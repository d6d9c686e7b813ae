import type { Journal } from "../journal/journal.ts";
import { type FaultCode, FaultError } from "../model/fault.ts";
import type { Purchase } from "../model/operation.ts";
import type { Methods } from "../pos/methods.ts";

type PaidPayment = {
	readonly transactionId: string;
	readonly purchase: Purchase;
	readonly brand: string;
	/** The terminalId of the till that took it. */
	readonly terminal?: string;
};

type PaymentName = Parameters<Methods["refund.start"]>[0]["payment"];

/**
 * A payment of this till that is paid.
 * @param unpaid the fault of one that is not.
 * @returns undefined when the journal does not know it.
 * @throws {FaultError} `order-unresolved` while nobody knows whether it is paid, `payment-refunded-elsewhere`, or
 * `unpaid`.
 */
export function paidPayment(name: PaymentName, journal: Journal, unpaid: FaultCode): PaidPayment | undefined {
	const record = journal.payment("operationId" in name ? { id: name.operationId } : name);
	if (record === undefined) return undefined;
	const { state, terminal, transactionId, purchase, brand, fault } = record;
	if (state === "in-progress" || state === "unknown") throw new FaultError("order-unresolved");
	// It was paid, and what is left of it this till cannot reckon.
	if (fault === "payment-refunded-elsewhere") throw new FaultError(fault);
	if (state === "refused" || transactionId === undefined) throw new FaultError(unpaid);
	return { transactionId, purchase, brand, ...(terminal !== undefined && { terminal }) };
}

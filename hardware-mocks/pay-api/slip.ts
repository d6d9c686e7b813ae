import type { Ambient } from "./ambient.ts";

/** A slip as it stands on the wire. */
export type WireSlip = Readonly<Record<string, unknown>>;

/** What a slip says of its transaction. */
export type SlipFacts = {
	readonly paymentType: string;
	readonly storeId: string;
	readonly terminalId: string;
	readonly orderId: string;
	readonly transactionId: string;
	/** Of a refund's slip. */
	readonly refTransactionId?: string;
	readonly totalAmount: number;
};

/** The bank's slip of this moment. Like the vendor's own examples, one of DOLYAME has no merchantId, qrcId and kzo. */
export function slipOf(facts: SlipFacts, { now, newId }: Ambient): WireSlip {
	const { transactionId, refTransactionId, paymentType, storeId, terminalId, orderId, totalAmount } = facts;
	const letters = (length: number) => newId().replaceAll("-", "").toUpperCase().slice(0, length);
	return {
		id: newId(),
		paymentType,
		storeId,
		terminalId,
		orderId,
		paymentTransactionId: transactionId,
		...(refTransactionId === undefined ? {} : { refundTransactionId: refTransactionId }),
		...(paymentType === "SBP" ? { merchantId: "MB0002083417" } : {}),
		operationDateTime: new Date(now()).toISOString(),
		operationId: paymentType === "SBP" ? `B${letters(31)}` : newId(),
		...(paymentType === "SBP" ? { qrcId: `AD${letters(30)}`, kzo: letters(32) } : {}),
		currency: "RUB",
		totalAmount,
	};
}

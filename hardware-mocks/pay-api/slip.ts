import { randomBytes, randomUUID } from "node:crypto";

/** A slip as it stands on the wire. */
export type WireSlip = Readonly<Record<string, unknown>>;

/** What a slip says of its transaction. */
export type SlipFacts = {
	readonly paymentType: "SBP" | "DOLYAME";
	readonly storeId: string;
	readonly terminalId: string;
	readonly orderId: string;
	readonly transactionId: string;
	readonly totalAmount: number;
};

/** The bank's slip of this moment. Like the vendor's own examples, one of DOLYAME has no merchantId, qrcId and kzo. */
export function slipOf(facts: SlipFacts): WireSlip {
	const { transactionId, paymentType, storeId, terminalId, orderId, totalAmount } = facts;
	return {
		id: randomUUID(),
		paymentType,
		storeId,
		terminalId,
		orderId,
		paymentTransactionId: transactionId,
		...(paymentType === "SBP" ? { merchantId: "MB0002083417" } : {}),
		operationDateTime: new Date().toISOString(),
		operationId: paymentType === "SBP" ? `B${letters(31)}` : randomUUID(),
		...(paymentType === "SBP" ? { qrcId: `AD${letters(30)}`, kzo: letters(32) } : {}),
		currency: "RUB",
		totalAmount,
	};
}

/** Letters and digits as in the identifiers of SBP. */
function letters(length: number): string {
	return randomBytes(length).toString("hex").toUpperCase().slice(0, length);
}

import type { OpenOperation, OpenPayment, OpenReceipt, OpenRefund } from "../model/operation.ts";
import type { NewRow } from "./rows.ts";
import type { Seal } from "./seal.ts";
import type { Sessions } from "./sessions.ts";
import { sealWish } from "./wishes.ts";

/** An operation before its first request. */
type New<Operation extends OpenOperation> = Omit<Operation, "maybeSent" | "firstAttempt">;

export type NewOperation = New<OpenPayment> | New<OpenRefund> | New<OpenReceipt>;

/** All that is known when a wish of the POS program becomes an operation. */
export type Intent<Operation extends NewOperation = NewOperation> = {
	/** Chosen by the POS program; the same key is the same wish. */
	readonly key: string;
	/** A hash of the wish's body: tells whether a repeated key repeats the wish too. */
	readonly bodyHash: string;
	readonly operation: Operation;
	/** Of a payment: how its card was read. */
	readonly scan?: {
		readonly scanner: string;
		readonly cardMasked: string;
		/** Named moments, wall-clock ms, kept for reports. */
		readonly timings: Readonly<Record<string, number>>;
	};
};

/** An intent as columns; a card's secrets are sealed, the rest is readable for reports. */
export function rowOf(
	{ key, bodyHash, operation, scan }: Intent,
	seal: Seal,
	sessions: Pick<Sessions, "markOf">,
): NewRow {
	const { id, kind, terminal, requestId, startedAt } = operation;
	const facts = {
		id,
		kind,
		key,
		bodyHash,
		requestId,
		startedAt,
		...(terminal !== undefined && { terminal }),
	};
	if (operation.kind === "payment") {
		const { wish, cancelRequestId } = operation;
		const { orderId, totalAmount: amount } = wish.purchase;
		const sessionMark = sessions.markOf(wish.cardNumber, wish.cardSession);
		const read = scan && { ...scan, timings: JSON.stringify(scan.timings) };
		return { ...facts, cancelRequestId, orderId, amount, sessionMark, ...read, ...sealWish(wish, seal, id) };
	}
	const { transactionId } = operation.wish;
	const wish = JSON.stringify(operation.wish);
	if (operation.kind === "refund") {
		const { orderId, amount } = operation.wish;
		return { ...facts, orderId, amount, transactionId, wish };
	}
	const { orderId, totalAmount: amount } = operation.wish.invoice;
	return { ...facts, orderId, amount, transactionId, wish };
}

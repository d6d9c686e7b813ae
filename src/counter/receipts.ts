import { FaultError } from "../model/fault.ts";
import type { OpenOperation } from "../model/operation.ts";
import { refuseUnlistedInvoice } from "../pay/listed.ts";
import type { Methods } from "../pos/methods.ts";
import type { Rooms } from "../rooms.ts";
import { sameAnswer } from "./first-answer.ts";
import { paidPayment } from "./paid-payment.ts";

/**
 * Takes a fiscal receipt for the customer's app. It is written down when this returns and is sent until the server has
 * it; nobody waits for it.
 */
export function receiptDesk(rooms: Rooms, drive: (receipt: OpenOperation) => void): Methods["receipt.send"] {
	const { journal, settings, clock, newId } = rooms;
	return async ({ key, payment, invoice, meta }, bodyHash) => {
		const first = journal.answerFor(key);
		if (first !== undefined) return sameAnswer(first, bodyHash);
		const paid = paidPayment(payment, journal, "receipt-of-unpaid");
		const transactionId =
			paid?.transactionId ?? ("transactionId" in payment ? payment.transactionId : undefined);
		if (transactionId === undefined) throw new FaultError("operation-not-found");
		const { enums } = settings.payApi;
		refuseUnlistedInvoice(invoice, enums);
		const wish = { transactionId, invoice, ...(meta && { meta }) };
		const receipt = {
			kind: "receipt",
			id: newId(),
			terminal: paid?.terminal ?? settings.store.terminalId,
			requestId: newId(),
			wish,
			startedAt: clock.now(),
		} as const;
		const begun = journal.begin({ key, bodyHash, operation: receipt });
		if (begun.kind === "known") return sameAnswer(begun.first, bodyHash);
		drive(begun.operation);
		return { operationId: receipt.id, state: "in-progress" };
	};
}

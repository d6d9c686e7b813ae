import { isDeepStrictEqual } from "node:util";
import type { Journal } from "../journal/journal.ts";
import { FaultError } from "../model/fault.ts";
import type { OpenOperation, Purchase, RefundWish } from "../model/operation.ts";
import { refuseUnlistedWords } from "../pay/listed.ts";
import { planRefund } from "../pay/refund-plan.ts";
import type { Methods } from "../pos/methods.ts";
import type { Rooms } from "../rooms.ts";
import { sameAnswer } from "./first-answer.ts";
import { paidPayment } from "./paid-payment.ts";
import { knownTill } from "./tills.ts";

type RefundStart = Parameters<Methods["refund.start"]>[0];

/** What is to be refunded: a payment of this till, or one that the POS program describes. */
type Paid = {
	readonly transactionId: string;
	readonly purchase: Purchase;
	readonly brand: string;
	/** The terminalId of the till that took it. */
	readonly terminal?: string;
	readonly isDescribed?: boolean;
};

/**
 * The key press of a refund. What may be given back is reckoned from the journal, and the journal itself lets no
 * second refund of a payment begin while one is unfinished, nor more go back than was paid.
 * It belongs to the till that took the payment, unless another one is named, where the customer has come to.
 * @param drive sends the request; it leaves as soon as the refund is on disk.
 */
export function refundDesk(rooms: Rooms, drive: (refund: OpenOperation) => void): Methods["refund.start"] {
	const { journal, settings, clock, newId } = rooms;
	const { store } = settings;
	return async ({ key, parts, terminal: wanted, ...asked }, bodyHash) => {
		const first = journal.answerFor(key);
		if (first !== undefined) return sameAnswer(first, bodyHash);
		const { transactionId, purchase, brand, isDescribed = false, ...paid } = paidBy(asked, rooms);
		const terminal = wanted === undefined ? (paid.terminal ?? store.terminalId) : knownTill(wanted, store);
		const settled = journal.refundsOf(transactionId).filter(({ state }) => state === "settled");
		refuseOtherwise(purchase, settled);
		const before = settled.flatMap((refund) => refund.parts);
		const plan = planRefund(purchase, before, parts, settings.payApi.enums.pieceMeasures);
		const { orderId, currency } = purchase;
		const more = { ...(currency && { currency }), ...(isDescribed && { purchase }) };
		const wish: RefundWish = { brand, transactionId, orderId, ...plan, ...more };
		const ids = { id: newId(), requestId: newId(), terminal };
		const refund = { kind: "refund", ...ids, wish, startedAt: clock.now() } as const;
		const begun = journal.begin({ key, bodyHash, operation: refund });
		if (begun.kind === "known") return sameAnswer(begun.first, bodyHash);
		drive(begun.operation);
		return { operationId: refund.id, state: "in-progress" };
	};
}

/** The journal knows a payment of this till best; of another till's the POS program must say what was bought. */
function paidBy({ payment, purchase }: Pick<RefundStart, "payment" | "purchase">, rooms: Rooms): Paid {
	const record = paidPayment(payment, rooms.journal, "refund-of-unpaid");
	if (record !== undefined) return record;
	if (!("transactionId" in payment)) throw new FaultError("operation-not-found");
	if (purchase === undefined) {
		throw new FaultError(
			"operation-not-found",
			"this till does not know the payment: say in `purchase` what was bought",
		);
	}
	const { payApi, brands } = rooms.settings;
	refuseUnlistedWords(purchase, payApi.enums);
	// Whose card it was is not known; the server only wants to know the till.
	const brand = brands[0]?.name ?? "";
	return { transactionId: payment.transactionId, purchase, brand, isDescribed: true };
}

/**
 * What went back before is known by position: described in another order, other positions would be taken for returned.
 * @throws {FaultError} `request-invalid`
 */
function refuseOtherwise(purchase: Purchase, before: ReturnType<Journal["refundsOf"]>): void {
	const other = before.find(
		(refund) => refund.purchase && !isDeepStrictEqual(essence(refund.purchase), essence(purchase)),
	);
	if (other === undefined) return;
	throw new FaultError("request-invalid", `purchase: operation ${other.operationId} described it otherwise`);
}

/** All of a purchase that a refund is reckoned by. */
function essence({ totalAmount, items }: Purchase) {
	return [totalAmount, ...items.map((item) => [item.article, item.quantity, item.measure, item.totalAmount])];
}

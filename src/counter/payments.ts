import { FaultError } from "../model/fault.ts";
import type { CancelReason, OpenOperation, PaymentWish } from "../model/operation.ts";
import { masked } from "../model/secret.ts";
import { refuseUnlisted } from "../pay/listed.ts";
import type { Methods } from "../pos/methods.ts";
import type { Rooms } from "../rooms.ts";
import type { Shelf } from "../scan/shelf.ts";
import { sameAnswer } from "./first-answer.ts";
import { payableCard } from "./payable-card.ts";
import { tillOf } from "./tills.ts";

/**
 * The key press of a payment: everything up to the request's departure happens in one turn, but for the disk.
 * @param drive sends the request; it leaves as soon as the payment is on disk.
 */
export function paymentDesk(
	rooms: Rooms,
	shelf: Shelf,
	drive: (payment: OpenOperation) => void,
): Methods["pay.start"] {
	const { journal, settings, clock, newId } = rooms;
	const { enums } = settings.payApi;
	return async ({ key, scanId, paymentTypes = enums.paymentTypes, ...purchase }, bodyHash) => {
		const first = journal.answerFor(key);
		if (first !== undefined) return sameAnswer(first, bodyHash);
		refuseSettledOrder(purchase.orderId, rooms);
		const card = payableCard(scanId, shelf, journal);
		const { brand, cardNumber, cardSession } = card;
		const wish: PaymentWish = { brand, cardNumber, cardSession, purchase, paymentTypes };
		refuseUnlisted(wish, enums);
		const ids = { id: newId(), requestId: newId(), cancelRequestId: newId() };
		const terminal = tillOf(card.scanner, settings.store);
		const payment = { kind: "payment", ...ids, terminal, wish, startedAt: clock.now() } as const;
		const scan = {
			scanner: card.scanner,
			cardMasked: masked(cardNumber),
			timings: { scannedAt: card.at },
		};
		const begun = journal.begin({ key, bodyHash, operation: payment, scan });
		if (begun.kind === "known") return sameAnswer(begun.first, bodyHash);
		shelf.spend(scanId);
		drive(begun.operation);
		return { operationId: payment.id, state: "in-progress" };
	};
}

/** The cashier's or the customer's wish to cancel a payment; whether it can be granted, its outcome tells. */
export function cancelDesk(
	{ journal }: Rooms,
	cancel: (operationId: string, by: Extract<CancelReason, "cashier" | "customer">) => void,
): Methods["pay.cancel"] {
	return async ({ operationId, by }) => {
		const record = journal.payment({ id: operationId });
		if (record === undefined) throw new FaultError("operation-not-found");
		const { finishedAt, state } = record;
		if (finishedAt !== undefined) throw new FaultError("too-late-to-cancel", `it is ${state}`);
		cancel(operationId, by);
		return { operationId, state };
	};
}

/** An order is paid once, and not again while it may have been. */
function refuseSettledOrder(orderId: string, { journal }: Rooms): void {
	if (journal.unresolvedOrder(orderId) !== undefined) throw new FaultError("order-unresolved");
	const paidBy = journal.paidOrder(orderId);
	if (paidBy !== undefined) throw new FaultError("order-already-paid", `operation ${paidBy} paid it`);
}

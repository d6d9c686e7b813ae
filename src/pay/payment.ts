import type { FinalOutcome, OpenPayment } from "../model/operation.ts";
import { type Answer, askStatus } from "./ask.ts";
import { cancel } from "./cancel.ts";
import { checkout } from "./checkout.ts";
import { endingIn, outcomeOf } from "./ending.ts";
import { complete, follow } from "./follow.ts";
import { PaymentDesk, type PaymentTools } from "./payment-desk.ts";

/**
 * Drives a payment, a new one or one that an earlier run left open, until it is settled or refused:
 *
 *   checkout --> status, status, ... --> accepted, rejected    -> (slip, reason) -> outcome
 *      |             |                        ^
 *      +--- cancel wanted: cashier, customer, time up, silence, restart --> cancel, status, ...
 *
 * It never gives up: when it takes too long it tells "unknown" and goes on. Only the server's word ends a payment
 * that may have left the till, and "accepted" is stronger than any wish to cancel.
 * @throws the reason of `tools.stop` when it aborts; a FaultError `journal-failed` when the diary fails. The
 * payment is then still open and is driven on by the next run.
 */
export async function drivePayment(payment: OpenPayment, tools: PaymentTools): Promise<FinalOutcome> {
	const desk = new PaymentDesk(payment, tools);
	try {
		desk.open();
		return await drive(desk);
	} finally {
		desk.close();
	}
}

async function drive(desk: PaymentDesk): Promise<FinalOutcome> {
	const { payment, tools } = desk;
	const { transactionId } = payment;
	if (transactionId !== undefined) {
		desk.hearPosted(transactionId);
		await desk.pollTurn();
		return conclude(desk, transactionId, await askStatus(desk, { transactionId }));
	}
	const begun = await checkout(desk);
	if (begun.kind === "refused") return begun;
	desk.hearPosted(begun.facts.transactionId);
	return conclude(desk, begun.facts.transactionId, begun, tools.settings.poll.firstMs);
}

/** From what is known of a transaction to its outcome; `waitMs` before the next question. */
async function conclude(
	desk: PaymentDesk,
	transactionId: string,
	known: Answer,
	waitMs = 0,
): Promise<FinalOutcome> {
	const ending =
		endingIn(known, desk.tools.settings.enums.statuses) ??
		(await desk.wish.awaited(() => follow(desk, transactionId, waitMs))) ??
		(await cancel(desk, transactionId));
	desk.forgoCancel();
	return outcomeOf(await complete(desk, ending), desk.wish.reason);
}

import { askStatus, retryAfterOf } from "./ask.ts";
import { type Ending, endingIn } from "./ending.ts";
import type { PaymentDesk } from "./payment-desk.ts";
import { strangeFields } from "./slip.ts";

/**
 * Asks for the status until it is an ending, or until a cancel is wanted (then undefined). A refusal and
 * silence are neither: only the payment's own status counts, asked for or posted, whichever comes first.
 * @param waitMs the ms before the first question.
 */
export async function follow(
	desk: PaymentDesk,
	transactionId: string,
	waitMs: number,
): Promise<Ending | undefined> {
	const { wish, tools } = desk;
	await desk.pause(waitMs, wish.signal);
	for (;;) {
		await desk.pollTurn(wish.signal);
		if (wish.reason !== undefined && !desk.mail.aborted) return undefined;
		// A cancel does not wait for the answer: what it would have said is asked again after the cancel.
		const answer = await askStatus(desk, { transactionId }, wish.signal);
		const ending = endingIn(answer, tools.settings.enums.statuses);
		if (ending !== undefined) return ending;
		await desk.pause(retryAfterOf(answer), wish.signal);
	}
}

/**
 * Asks a few times more for what an ending lacks: the slip of an accepted payment, and one that is about this
 * payment; the reason of a rejected one. A payment that turns out to be accepted after all is accepted.
 * A slip about something else that does not change is kept as it came, and the log has a warning.
 */
export async function complete(desk: PaymentDesk, first: Ending): Promise<Ending> {
	const { log, settings } = desk.tools;
	const { attempts } = desk.policy("status");
	const { transactionId } = first.facts;
	let ending = first;
	for (let count = 0; count < attempts && isIncomplete(desk, ending); count += 1) {
		await desk.pollTurn();
		const answer = await askStatus(desk, { transactionId });
		const later = endingIn(answer, settings.enums.statuses);
		if (later?.how === ending.how || later?.how === "accepted") {
			ending = { how: later.how, facts: { ...ending.facts, ...later.facts } };
		}
	}
	const fields = strangeIn(desk, ending);
	if (fields.length > 0) log.warn({ operation: desk.payment.id, fields }, "a slip of another payment");
	return ending;
}

function isIncomplete(desk: PaymentDesk, ending: Ending): boolean {
	const { how, facts } = ending;
	if (how === "accepted") return facts.slip === undefined || strangeIn(desk, ending).length > 0;
	return how === "rejected" && facts.errorCode === undefined;
}

/** The fields of an accepted payment's slip that are not its own. */
function strangeIn(
	{ payment }: PaymentDesk,
	{ how, facts: { slip, transactionId } }: Ending,
): readonly string[] {
	if (how !== "accepted" || slip === undefined) return [];
	const { totalAmount, orderId } = payment.wish.purchase;
	return strangeFields(slip, { totalAmount, orderId, paymentTransactionId: transactionId });
}

import type { PayApiSettings } from "../model/settings/pay-api.ts";
import { type Answer, askCancel, askStatus, retryAfterOf } from "./ask.ts";
import type { Desk } from "./desk.ts";
import { type Ending, endingIn } from "./ending.ts";
import type { Facts } from "./wire.ts";

/** What is known of a cancel: to be asked (again), under way, carried out by the server's word, or declined. */
type Progress = "to-ask" | "under-way" | "done" | "declined";

/**
 * Cancels until the payment has ended, one way or the other. The status decides, since a payment that was
 * accepted meanwhile stays paid (cm_pay_api 1.2.1, "cancel"): it is asked after each cancel, whatever came of it.
 *
 * An unanswered cancel is repeated with the same requestId. A declined one is wished anew with a new requestId,
 * because a repeat would only bring the same answer.
 */
export async function cancel(desk: Desk, transactionId: string): Promise<Ending> {
	const { settings, newId } = desk.tools;
	const { statuses, refStatuses } = settings.enums;
	const patience = new Patience(desk, transactionId);
	let requestId = desk.payment.cancelRequestId;
	let progress: Progress = "to-ask";
	let openThoughDone = 0;
	for (;;) {
		if (progress === "to-ask") {
			const answer = await askCancel(desk, transactionId, requestId);
			const ending = endingIn(answer, statuses);
			if (ending?.how === "cancelled") return ending;
			progress = progressAfter(answer, refStatuses);
		}
		await desk.pollTurn();
		const seen = await askStatus(desk, transactionId);
		const ending = endingIn(seen, statuses);
		if (ending !== undefined) return ending;
		if (seen.kind === "answer") {
			progress = progressSeen(seen.facts, refStatuses) ?? progress;
			if (progress === "done") openThoughDone += 1;
			// A status that never follows the cancel: in the end the cancel's own word is believed.
			if (openThoughDone >= settings.retry.attempts) return { how: "cancelled", facts: seen.facts };
		}
		if (progress === "declined") {
			requestId = newId();
			progress = "to-ask";
		}
		await patience.afterRound(seen);
	}
}

type RefStatuses = PayApiSettings["enums"]["refStatuses"];

function progressAfter(cancelAnswer: Answer, refStatuses: RefStatuses): Progress {
	if (cancelAnswer.kind === "answer") return progressSeen(cancelAnswer.facts, refStatuses) ?? "declined";
	return cancelAnswer.kind === "refusal" ? "declined" : "to-ask";
}

/** By the word `refStatus`; undefined when there is none, or one in no list. */
function progressSeen({ refStatus = "" }: Facts, refStatuses: RefStatuses): Progress | undefined {
	if (refStatuses.accepted.includes(refStatus)) return "done";
	if (refStatuses.rejected.includes(refStatus)) return "declined";
	return refStatuses.pending.includes(refStatus) ? "under-way" : undefined;
}

/** The pauses between rounds, and when the cashier has waited enough. */
class Patience {
	readonly #desk: Desk;
	readonly #transactionId: string;
	#isOver = false;
	#rounds = 0;
	#silentRounds = 0;

	constructor(desk: Desk, transactionId: string) {
		this.#desk = desk;
		this.#transactionId = transactionId;
		desk.later(desk.tools.settings.poll.giveUpMs, () => {
			this.#isOver = true;
		});
	}

	async afterRound(seen: Answer): Promise<void> {
		const { settings } = this.#desk.tools;
		this.#rounds += 1;
		this.#silentRounds = seen.kind === "answer" ? 0 : this.#silentRounds + 1;
		if (seen.kind !== "answer" && this.#silentRounds >= settings.retry.attempts) {
			this.#desk.tellUnknown(seen.fault, this.#transactionId);
		} else if (this.#isOver) {
			this.#desk.tellUnknown("transaction-in-processing", this.#transactionId);
		}
		await this.#desk.backOff(this.#rounds, retryAfterOf(seen));
	}
}

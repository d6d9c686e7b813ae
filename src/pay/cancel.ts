import type { PayApiSettings } from "../model/settings/pay-api.ts";
import { type Answer, askCancel, askStatus, retryAfterOf } from "./ask.ts";
import { type Ending, endingIn } from "./ending.ts";
import type { PaymentDesk } from "./payment-desk.ts";
import type { Facts } from "./wire.ts";

/** What is known of a cancel: to be asked (again), under way, carried out by the server's word, or declined. */
type Progress = "to-ask" | "under-way" | "done" | "declined";

/**
 * Cancels until the payment has ended, one way or the other. The status decides, since a payment that was
 * accepted meanwhile stays paid (cm_pay_api 1.2.1, "cancel"): it is asked after each cancel, whatever came of it, unless the server
 * has posted it by itself.
 *
 * A cancel that is done by its own word alone is believed when the status has had the customer's whole time to
 * follow and still says "pending". Any other word, or a slip, may be of a payment that went through.
 *
 * An unanswered cancel is repeated with the same requestId. A declined one is wished anew with a new requestId,
 * because a repeat would only bring the same answer.
 */
export async function cancel(desk: PaymentDesk, transactionId: string): Promise<Ending> {
	const { settings, newId } = desk.tools;
	const { statuses, refStatuses } = settings.enums;
	const { attempts } = desk.policy("cancel");
	const patience = new Patience(desk, transactionId);
	let requestId = desk.payment.cancelRequestId;
	let progress: Progress = "to-ask";
	let openThoughDone = 0;
	for (;;) {
		if (progress === "to-ask" && !desk.mail.aborted) {
			const answer = await askCancel(desk, transactionId, requestId, desk.wish.takeAttempt());
			const ending = endingIn(answer, statuses);
			if (ending?.how === "cancelled") return ending;
			progress = progressAfter(answer, refStatuses);
		}
		await desk.pollTurn();
		const seen = await askStatus(desk, { transactionId });
		const ending = endingIn(seen, statuses);
		if (ending !== undefined) return ending;
		if (seen.kind === "answer") {
			progress = progressSeen(seen.facts, refStatuses) ?? progress;
			openThoughDone = progress === "done" && isOpen(seen.facts, statuses) ? openThoughDone + 1 : 0;
			if (patience.isOver && openThoughDone >= attempts) {
				return { how: "cancelled", facts: seen.facts };
			}
		}
		if (progress === "declined") {
			requestId = newId();
			progress = "to-ask";
		}
		await patience.afterRound(seen, progress === "done" && openThoughDone === 0);
	}
}

/** By a word that the shop knows, and without a slip, which would be of a payment made. */
function isOpen({ status, slip }: Facts, statuses: PayApiSettings["enums"]["statuses"]): boolean {
	return statuses.pending.includes(status) && slip === undefined;
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
	readonly #desk: PaymentDesk;
	readonly #transactionId: string;
	#isOver = false;
	#rounds = 0;
	#vainRounds = 0;

	constructor(desk: PaymentDesk, transactionId: string) {
		this.#desk = desk;
		this.#transactionId = transactionId;
		desk.later(desk.tools.settings.poll.giveUpMs, () => {
			this.#isOver = true;
		});
	}

	/** Whether as much time has passed as the customer has to confirm. */
	get isOver(): boolean {
		return this.#isOver;
	}

	/** @param isOdd whether the answer makes no sense beside what the cancel said. */
	async afterRound(seen: Answer, isOdd: boolean): Promise<void> {
		const { attempts } = this.#desk.policy("cancel");
		this.#rounds += 1;
		this.#vainRounds = seen.kind === "answer" && !isOdd ? 0 : this.#vainRounds + 1;
		if (this.#isOver || this.#vainRounds >= attempts) {
			const fault = seen.kind === "answer" ? "transaction-in-processing" : seen.fault;
			this.#desk.tellUnknown(fault, this.#transactionId);
		}
		await this.#desk.backOff("cancel", this.#rounds, retryAfterOf(seen));
	}
}

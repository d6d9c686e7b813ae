import type { FinalOutcome, OpenRefund } from "../model/operation.ts";
import { type Answer, askStatus, retryAfterOf } from "./ask.ts";
import type { Refused } from "./ending.ts";
import { RefundDesk, type RefundTools } from "./refund-desk.ts";
import { type RefundEnding, refundEndingIn, refundOutcomeOf } from "./refund-ending.ts";
import { requestRefund } from "./refund-request.ts";

/**
 * Drives a refund, a new one or one that an earlier run left open, until it is settled or refused:
 *
 *   refund, refund, ... --> under way: status, status, ... --> accepted, rejected --> (slip, reason) --> outcome
 *            (one requestId)        (by refTransactionId)
 *
 * It cannot be cancelled and it never gives up: when it takes too long it tells "unknown" once and goes on. The
 * refund is carried out at most once, because every request bears the one requestId; and it is told as failed only
 * when the server has said so of this very refund, or when no request has left the till.
 * @throws the reason of `tools.stop` when it aborts; a FaultError `journal-failed` when the diary fails. The
 * refund is then still open and is driven on by the next run.
 */
export async function driveRefund(refund: OpenRefund, tools: RefundTools): Promise<FinalOutcome> {
	const desk = new RefundDesk(refund, tools);
	try {
		desk.open();
		return await drive(desk);
	} finally {
		desk.close();
	}
}

async function drive(desk: RefundDesk): Promise<FinalOutcome> {
	const { refund, tools } = desk;
	const ending = refund.refTransactionId === undefined ? await begin(desk) : await follow(desk, 0);
	if ("kind" in ending) return ending;
	tools.log.debug({ operation: refund.id, how: ending.how }, "refund ended");
	return refundOutcomeOf(await complete(desk, ending), desk.transaction);
}

async function begin(desk: RefundDesk): Promise<RefundEnding | Refused> {
	const begun = await requestRefund(desk);
	if ("kind" in begun || begun.how !== "under-way") return begun;
	return follow(desk, desk.tools.settings.poll.firstMs);
}

/**
 * Asks for the state of the refund until it is an ending; what the server posts is as good. Silence and refusals end
 * nothing, but for the bank's own: a refund that the bank has cancelled (cm_pay_api 1.2.1, CANCEL_REFUNDING_BY_BANK).
 * @param waitMs the ms before the first question.
 */
async function follow(desk: RefundDesk, waitMs: number): Promise<RefundEnding | Refused> {
	const { attempts } = desk.policy("status");
	let cancelledByBank = 0;
	await desk.pause(waitMs);
	for (;;) {
		await desk.pollTurn();
		const answer = await askStatus(desk, desk.transaction);
		const ending = refundEndingIn(answer, desk.tools.settings.enums);
		if (ending !== undefined) return ending;
		cancelledByBank = isCancelledByBank(answer) ? cancelledByBank + 1 : 0;
		if (cancelledByBank >= attempts) {
			return { kind: "refused", fault: "refund-cancelled-by-bank", ...desk.transaction };
		}
		await desk.restBetweenPolls(retryAfterOf(answer));
	}
}

function isCancelledByBank(answer: Answer): boolean {
	return answer.kind === "refusal" && answer.fault === "refund-cancelled-by-bank";
}

/**
 * Asks a few times more for what an ending lacks: the slip of an accepted refund, the reason of a rejected one.
 * A refund that turns out to be accepted after all is accepted.
 */
async function complete(desk: RefundDesk, first: RefundEnding): Promise<RefundEnding> {
	const { attempts } = desk.policy("status");
	const refTransactionId = desk.transaction.refTransactionId ?? first.facts.refTransactionId;
	if (refTransactionId === undefined) return first;
	let ending = first;
	for (let count = 0; count < attempts && isIncomplete(ending); count += 1) {
		await desk.pollTurn();
		const answer = await askStatus(desk, { ...desk.transaction, refTransactionId });
		const later = refundEndingIn(answer, desk.tools.settings.enums);
		if (later?.how === ending.how || later?.how === "accepted") {
			ending = { how: later.how, facts: { ...ending.facts, ...later.facts } };
		}
	}
	return ending;
}

function isIncomplete({ how, facts }: RefundEnding): boolean {
	return how === "accepted" ? facts.slip === undefined : facts.errorCode === undefined;
}

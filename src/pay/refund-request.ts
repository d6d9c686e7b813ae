import { type Answer, askStatus, readsTransaction, retryAfterOf } from "./ask.ts";
import { refundBody } from "./bodies.ts";
import type { Refused } from "./ending.ts";
import type { RefundDesk } from "./refund-desk.ts";
import {
	notSentFault,
	type RefundEnding,
	refundEndingIn,
	refusalFault,
	rejectionFault,
} from "./refund-ending.ts";
import { RefundRefusals, type RefundWord } from "./refund-refusals.ts";
import type { Facts } from "./wire.ts";
import { sendWithToken } from "./with-token.ts";

/** What an earlier answer of the server to the request has made known. */
export type RefundBegun = RefundEnding | { readonly how: "under-way"; readonly refTransactionId: string };

/**
 * Asks for the refund, always with the same requestId, until the server's first answer is known, however long that
 * takes: "a new requestId for the same wish risks a second refund" (cm_pay_api 1.2.1, transaction/refund).
 * It is given up only when no request has left, or when a refusal is surely the first answer.
 */
export async function requestRefund(desk: RefundDesk): Promise<RefundBegun | Refused> {
	const { refund } = desk;
	const { attempts } = desk.policy("refund");
	const refusals = new RefundRefusals(refund.maybeSent, attempts);
	for (let count = 1; ; count += 1) {
		const answer = await attempt(desk, count === 1 ? refund.firstAttempt : undefined);
		const begun = begunIn(desk, answer);
		if (begun !== undefined && begun.how !== "rejected") return begun;
		const word = begun === undefined ? wordIn(answer) : rejectionIn(begun.facts);
		const isFinal = refusals.isFinal(word, desk.isPatienceOver);
		if (begun !== undefined && (isFinal || (await isConfirmed(desk, begun.facts)))) return begun;
		if (isFinal) return refusedBy(desk, word);
		if (count >= attempts) {
			if (!refusals.maybeCarriedOut) return refusedBy(desk, { ...word, fault: notSentFault(word.fault) });
			desk.tellUnknown();
		}
		await desk.backOff("refund", count, retryAfterOf(answer));
	}
}

/** One request; `journaled` is its number when it stands in the diary already. */
async function attempt(desk: RefundDesk, journaled: number | undefined): Promise<Answer> {
	const { requestId, wish } = desk.refund;
	const answer = await sendWithToken(desk, journaled, {
		call: "refund",
		requestId,
		body: refundBody(requestId, wish, desk.tools.store),
		...readsTransaction(desk, "refund", { requestId, transactionId: wish.transactionId }),
		learn: (facts) => idIn(desk, { kind: "answer", facts }),
	});
	const id = idIn(desk, answer);
	if (id !== undefined) desk.know(id.refTransactionId);
	return answer;
}

/** The server's id of the refund. That of a rejection could be of a refund that is running already. */
function idIn(desk: RefundDesk, answer: Answer): { readonly refTransactionId: string } | undefined {
	if (answer.kind !== "answer" || begunIn(desk, answer)?.how === "rejected") return undefined;
	const { refTransactionId } = answer.facts;
	return refTransactionId === undefined ? undefined : { refTransactionId };
}

/** An answer without an ending and without an id to follow tells nothing. */
function begunIn(desk: RefundDesk, answer: Answer): RefundBegun | undefined {
	const ending = refundEndingIn(answer, desk.tools.settings.enums);
	if (ending !== undefined || answer.kind !== "answer") return ending;
	const { refTransactionId } = answer.facts;
	return refTransactionId === undefined ? undefined : { how: "under-way", refTransactionId };
}

function wordIn(answer: Answer): RefundWord {
	if (answer.kind === "answer") return { kind: "unanswered", fault: "server-answer-unreadable" };
	if (answer.kind !== "refusal") return { kind: answer.kind, fault: answer.fault };
	const { fault, wireCode } = answer;
	return {
		kind: "refused",
		fault: refusalFault(fault, wireCode),
		...(wireCode === undefined ? {} : { wireCode }),
	};
}

function rejectionIn({ errorCode }: Facts): RefundWord {
	const wireCode = errorCode === undefined ? {} : { wireCode: errorCode };
	return { kind: "rejected", fault: rejectionFault(errorCode), ...wireCode };
}

/** Whether the server's own books have the refund that it says is rejected, and have it as rejected. */
async function isConfirmed(desk: RefundDesk, { transactionId, refTransactionId }: Facts): Promise<boolean> {
	if (refTransactionId === undefined) return false;
	await desk.pollTurn();
	const seen = await askStatus(desk, { transactionId, refTransactionId });
	return refundEndingIn(seen, desk.tools.settings.enums)?.how === "rejected";
}

function refusedBy({ transaction }: RefundDesk, { fault, wireCode }: RefundWord): Refused {
	return { kind: "refused", fault, ...(wireCode === undefined ? {} : { wireCode }), ...transaction };
}

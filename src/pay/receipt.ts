import { faults } from "../model/fault.ts";
import type { FinalOutcome, OpenReceipt } from "../model/operation.ts";
import { type Answer, type NoAnswer, retryAfterOf, send } from "./ask.ts";
import { receiptBody } from "./bodies.ts";
import { Desk, type Tools } from "./desk.ts";
import { isForAnother } from "./wire.ts";

/**
 * Hands a fiscal receipt over to the customer's app (cm_pay_api 1.2.1, transaction/receipt), repeated with the same
 * requestId until the server takes or refuses it, or until it has been tried for `payApi.receipt.giveUpMs`. No money
 * depends on it and nobody waits for it.
 * @throws the reason of `tools.stop` when it aborts; a FaultError `journal-failed` when the diary fails. The next
 * run goes on with the receipt.
 */
export async function sendReceipt(receipt: OpenReceipt, tools: Tools): Promise<FinalOutcome> {
	const desk = new Desk(receipt.id, tools);
	try {
		return await drive(desk, receipt);
	} finally {
		desk.close();
	}
}

async function drive(desk: Desk, receipt: OpenReceipt): Promise<FinalOutcome> {
	const { transactionId } = receipt.wish;
	const { attempts } = desk.policy("receipt");
	const isTooLate = timer(desk, receipt);
	for (let count = 1; ; count += 1) {
		const answer = await attempt(desk, receipt, count === 1 ? receipt.firstAttempt : undefined);
		if (answer.kind === "answer") return { kind: "settled", transactionId };
		if (isTooLate() || isFinal(answer)) {
			const wireCode = answer.kind === "refusal" ? answer.wireCode : undefined;
			const facts = { transactionId, ...(wireCode === undefined ? {} : { wireCode }) };
			return { kind: "refused", fault: "receipt-undelivered", ...facts };
		}
		if (count >= attempts) desk.slowDown();
		await desk.backOff("receipt", count, retryAfterOf(answer));
	}
}

/** Tells whether a receipt has been tried for long enough, whatever becomes of the till's clock in this run. */
function timer(desk: Desk, { startedAt }: OpenReceipt): () => boolean {
	const { clock, settings } = desk.tools;
	const { giveUpMs } = settings.receipt;
	const leftMs = Math.min(giveUpMs, Math.max(0, startedAt + giveUpMs - clock.now()));
	let isOver = leftMs === 0;
	desk.later(leftMs, () => {
		isOver = true;
	});
	return () => isOver;
}

function attempt(
	desk: Desk,
	{ requestId, wish }: OpenReceipt,
	journaled: number | undefined,
): Promise<Answer<object>> {
	return send(desk, {
		call: "receipt",
		requestId,
		body: receiptBody(requestId, wish, desk.tools.store),
		attempt: journaled ?? desk.tools.diary.before("receipt", requestId),
		// The document: an empty body. All else that it may hold is ignored.
		read: ({ json }) => (isForAnother(json, requestId) ? "for another requestId" : {}),
		words: () => "taken",
	});
}

/**
 * Whether a refusal would come back to each repeat: the server's own, unless it tells to wait, and that of a request
 * which cannot be read. Wrong credentials and a wrong address can be put right while the receipt waits.
 */
function isFinal(answer: NoAnswer): boolean {
	if (answer.kind !== "refusal") return false;
	if (answer.wireCode === undefined) return answer.fault === "request-refused";
	return faults[answer.fault].next !== "wait";
}

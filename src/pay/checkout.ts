import { faultOf } from "../model/fault.ts";
import { type Answer, retryAfterOf, send } from "./ask.ts";
import type { Desk } from "./desk.ts";
import { cancelFault, type Refused } from "./ending.ts";
import { checkoutBody } from "./wire.ts";

type Known = Extract<Answer, { kind: "answer" }>;
type NoAnswer = Exclude<Answer, Known>;

/**
 * Sends the checkout, always with the same requestId, until the server's first answer to it is known.
 *
 * While nothing has left, the payment can be dropped: at the cashier's wish, or when enough attempts have
 * failed. Afterwards only an answer ends it, since behind the silence there may be a payment. When enough
 * repeats brought none, a cancel is wanted, and that needs the answer too (cm_pay_api 1.2.1, "cancel").
 */
export async function checkout(desk: Desk): Promise<Known | Refused> {
	const { payment, wish, tools } = desk;
	let maybeSent = payment.maybeSent;
	for (let count = 1; ; count += 1) {
		const journaled = count === 1 ? payment.firstAttempt : undefined;
		if (!maybeSent && wish.reason !== undefined) {
			const summary = `dropped: ${wish.reason}`;
			if (journaled !== undefined) tools.diary.after(journaled, { kind: "not-sent", summary });
			return { kind: "refused", fault: cancelFault(wish.reason) };
		}
		const answer = await attempt(desk, journaled);
		if (answer.kind === "answer") return answer;
		if (answer.kind === "refusal" && isFirstAnswer(answer, maybeSent)) return refusedBy(answer);
		if (answer.kind === "unanswered") maybeSent = true;
		if (count >= tools.settings.retry.attempts) {
			if (!maybeSent) return refusedBy(answer);
			wish.want("server-silent");
			desk.tellUnknown(answer.fault);
		}
		await desk.backOff(count, retryAfterOf(answer), maybeSent ? undefined : wish.signal);
	}
}

/**
 * Whether a refusal tells what became of the checkout. The first request's refusal does. After a silent one only
 * a documented 422 does: a gateway's no means this repeat alone, and "in processing" may well mean ours.
 */
function isFirstAnswer(
	{ fault, wireCode }: Extract<Answer, { kind: "refusal" }>,
	maybeSent: boolean,
): boolean {
	if (!maybeSent) return true;
	return wireCode !== undefined && fault !== "unlisted-refusal" && fault !== "transaction-in-processing";
}

function refusedBy({ fault, ...answer }: NoAnswer): Refused {
	const wireCode = answer.kind === "refusal" ? answer.wireCode : undefined;
	return { kind: "refused", fault, ...(wireCode === undefined ? {} : { wireCode }) };
}

/** One checkout with a token of its own; `journaled` is its number when it stands in the diary already. */
async function attempt(desk: Desk, journaled: number | undefined): Promise<Answer> {
	const { diary, settings, store, token } = desk.tools;
	const { requestId, wish } = desk.payment;
	const number = journaled ?? diary.before("checkout", requestId);
	const fresh = await token().catch((error: unknown) => faultOf(error));
	if (typeof fresh === "string") {
		diary.after(number, { kind: "not-sent", summary: `no token: ${fresh}` });
		desk.stop.throwIfAborted();
		return { kind: "not-sent", fault: fresh, detail: "no token" };
	}
	const body = checkoutBody(wish, { ...store, requestId, paymentPurpose: settings.paymentPurpose });
	return send(desk, { call: "checkout", requestId, body, attempt: number, token: fresh });
}

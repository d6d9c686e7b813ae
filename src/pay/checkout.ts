import { type Answer, type NoAnswer, readsTransaction, retryAfterOf } from "./ask.ts";
import { checkoutBody } from "./bodies.ts";
import { cancelFault, type Refused } from "./ending.ts";
import { FirstAnswer } from "./first-answer.ts";
import type { PaymentDesk } from "./payment-desk.ts";
import { sendWithToken } from "./with-token.ts";

type Known = Extract<Answer, { kind: "answer" }>;

/**
 * Sends the checkout, always with the same requestId, until the server's first answer to it is known.
 *
 * While nothing can have been carried out, the payment can be dropped: at the cashier's or the customer's wish, or when enough
 * attempts have failed. Afterwards only the first answer ends it, since behind silence or a doubtful refusal there
 * may be a payment. When enough repeats brought none, a cancel is wanted, and that needs the answer too
 * (cm_pay_api 1.2.1, "cancel").
 */
export async function checkout(desk: PaymentDesk): Promise<Known | Refused> {
	const { payment, wish, tools } = desk;
	const { attempts } = desk.policy("checkout");
	const firstAnswer = new FirstAnswer(payment.maybeSent, attempts);
	for (let count = 1; ; count += 1) {
		const journaled = count === 1 ? payment.firstAttempt : undefined;
		if (!firstAnswer.maybeCarriedOut && wish.reason !== undefined) {
			const summary = `dropped: ${wish.reason}`;
			if (journaled !== undefined) {
				tools.diary.after(journaled, { kind: "not-sent", summary });
				desk.notSent("checkout", payment.requestId, summary);
			}
			return { kind: "refused", fault: cancelFault(wish.reason) };
		}
		const answer = await attempt(desk, journaled);
		if (answer.kind === "answer") return answer;
		if (firstAnswer.isFinal(answer)) return refusedBy(answer);
		const { maybeCarriedOut } = firstAnswer;
		if (count >= attempts) {
			if (!maybeCarriedOut) return refusedBy(answer);
			wish.want("server-silent");
			desk.tellUnknown(answer.fault);
		}
		await desk.backOff("checkout", count, retryAfterOf(answer), maybeCarriedOut ? undefined : wish.signal);
	}
}

function refusedBy({ fault, ...answer }: NoAnswer): Refused {
	const wireCode = answer.kind === "refusal" ? answer.wireCode : undefined;
	return { kind: "refused", fault, ...(wireCode === undefined ? {} : { wireCode }) };
}

/** One checkout; `journaled` is its number when it stands in the diary already. */
function attempt(desk: PaymentDesk, journaled: number | undefined): Promise<Answer> {
	const { settings, store } = desk.tools;
	const { requestId, wish } = desk.payment;
	return sendWithToken(desk, journaled, {
		call: "checkout",
		requestId,
		body: checkoutBody(wish, { ...store, requestId, paymentPurpose: settings.paymentPurpose }),
		...readsTransaction(desk, "checkout", { requestId }),
		learn: ({ transactionId }) => ({ transactionId }),
	});
}

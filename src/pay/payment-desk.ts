import type { FaultCode } from "../model/fault.ts";
import type { CancelReason, OpenPayment, UnknownOutcome } from "../model/operation.ts";
import { tellStep } from "../model/step.ts";
import { whenAborted } from "../model/when-aborted.ts";
import { CancelWish } from "./cancel-wish.ts";
import { Desk, type Tools } from "./desk.ts";
import { endingIn } from "./ending.ts";
import { strangeFields } from "./slip.ts";
import { isSameId } from "./wire.ts";

/** What a payment is driven with. */
export type PaymentTools = Tools & {
	/** Aborts when the payment is to be cancelled; its reason says at whose wish, "cashier" or "customer". */
	readonly cancelled: AbortSignal;
	/** Called at most once, when the cashier should wait no longer; the payment goes on being driven. */
	readonly tellUnknown: (outcome: UnknownOutcome) => void;
};

/** Faults that tell the cashier to wait. Any other, as of a gateway that refuses a repeat, would say too much. */
const waitingFaults: ReadonlySet<FaultCode> = new Set([
	"server-silent",
	"server-failed",
	"server-answer-unreadable",
	"transaction-in-processing",
	"session-has-transaction",
]);

/** A payment being driven, and whether it is to be cancelled. */
export class PaymentDesk extends Desk<PaymentTools> {
	readonly payment: OpenPayment;
	readonly wish: CancelWish;

	constructor(payment: OpenPayment, tools: PaymentTools) {
		super(payment.id, tools);
		this.payment = payment;
		this.wish = new CancelWish(payment.cancelWanted, tools.diary, payment.cancelRequestId);
	}

	/** Hears the cashier and watches the customer's time, until `close`. */
	open(): void {
		const { clock, cancelled, settings } = this.tools;
		const leftMs = timeLeft(this.payment, settings.poll.giveUpMs, clock.now());
		const wishCancel = () => this.wish.want(wisherOf(cancelled));
		if (cancelled.aborted) wishCancel();
		if (this.#isTooLateToGoOn(leftMs)) this.wish.want("restart");
		// One that is there from the start is no news.
		if (this.wish.reason === undefined) {
			this.atClose(whenAborted([cancelled], () => this.guard(wishCancel)));
			this.atClose(whenAborted([this.wish.signal], () => this.#tellWish()));
		}
		this.later(leftMs, () => this.wish.want("timed-out"));
	}

	/** The payment has ended: a cancel that has not left stays here. */
	forgoCancel(): void {
		const summary = this.wish.forgo();
		if (summary !== undefined) this.notSent("cancel", this.payment.cancelRequestId, summary);
	}

	/**
	 * A postback that ends the payment ends the waiting, too. One whose slip is of another payment is not believed: the
	 * polls find out, and they can ask back.
	 */
	hearPosted(transactionId: string): void {
		const { statuses } = this.tools.settings.enums;
		const { totalAmount, orderId } = this.payment.wish.purchase;
		const own = { totalAmount, orderId, paymentTransactionId: transactionId };
		this.hear(
			transactionId,
			this.payment.requestId,
			(facts) =>
				isSameId(facts.transactionId, transactionId) &&
				(facts.slip === undefined || strangeFields(facts.slip, own).length === 0),
			(facts) => endingIn({ kind: "answer", facts }, statuses) !== undefined,
		);
	}

	/** Tells the cashier that the outcome is not known yet; once is enough. */
	tellUnknown(fault: FaultCode, transactionId?: string): void {
		if (!this.slowDown()) return;
		const honest = waitingFaults.has(fault) ? fault : "server-silent";
		const known = transactionId === undefined ? {} : { transactionId };
		this.tools.tellUnknown({ kind: "unknown", fault: honest, ...known });
	}

	#tellWish(): void {
		const facts = { step: "cancel-wanted", outcome: this.wish.reason ?? "" } as const;
		tellStep(this.tools.log, "a cancel is wanted", facts);
	}

	/** After a restart: the customer's time is over, or the checkout has not even left. */
	#isTooLateToGoOn(leftMs: number): boolean {
		const { firstAttempt, maybeSent, transactionId } = this.payment;
		if (firstAttempt !== undefined) return false;
		return leftMs === 0 || (!maybeSent && transactionId === undefined);
	}
}

/** The cashier presses the key for the customer, too, unless it is said otherwise. */
function wisherOf({ reason }: AbortSignal): CancelReason {
	return reason === "customer" ? "customer" : "cashier";
}

/** The ms that the customer still has to confirm; a till clock that was set back gives no more than the whole. */
function timeLeft({ startedAt }: OpenPayment, giveUpMs: number, now: number): number {
	return Math.min(giveUpMs, Math.max(0, startedAt + giveUpMs - now));
}

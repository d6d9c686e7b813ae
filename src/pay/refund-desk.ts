import type { OpenRefund, UnknownOutcome } from "../model/operation.ts";
import { Desk, type Tools } from "./desk.ts";
import { refundEndingIn } from "./refund-ending.ts";
import { strangeFields } from "./slip.ts";
import { isSameId } from "./wire.ts";

/** What a refund is driven with. */
export type RefundTools = Tools & {
	/** Called at most once, when the cashier should wait no longer; the refund goes on being driven. */
	readonly tellUnknown: (outcome: UnknownOutcome) => void;
};

/** A refund being driven, and the server's own id of it once that is known. */
export class RefundDesk extends Desk<RefundTools> {
	readonly refund: OpenRefund;
	#refTransactionId: string | undefined;
	#isPatienceOver = false;

	constructor(refund: OpenRefund, tools: RefundTools) {
		super(refund.id, tools);
		this.refund = refund;
	}

	/** Watches how long the cashier waits, and hears the refund that an earlier run has come to know. */
	open(): void {
		this.later(this.tools.settings.poll.giveUpMs, () => {
			this.#isPatienceOver = true;
			this.tellUnknown();
		});
		if (this.refund.refTransactionId !== undefined) this.know(this.refund.refTransactionId);
	}

	/** Whether as much time has passed as a customer has to confirm a payment. */
	get isPatienceOver(): boolean {
		return this.#isPatienceOver;
	}

	/** What a question about this refund names. */
	get transaction(): { readonly transactionId: string; readonly refTransactionId?: string } {
		const { transactionId } = this.refund.wish;
		const refTransactionId = this.#refTransactionId;
		return refTransactionId === undefined ? { transactionId } : { transactionId, refTransactionId };
	}

	/** Tells the cashier that the outcome is not known yet; once is enough. */
	tellUnknown(): void {
		if (!this.slowDown()) return;
		this.tools.tellUnknown({ kind: "unknown", fault: "refund-unknown", ...this.transaction });
	}

	/** Takes in the server's id of the refund, which stands in the diary, and hears what is posted about it. */
	know(refTransactionId: string): void {
		const { requestId, wish } = this.refund;
		const { enums } = this.tools.settings;
		this.#refTransactionId = refTransactionId;
		const { transactionId, orderId } = wish;
		const own = { orderId, paymentTransactionId: transactionId, refundTransactionId: refTransactionId };
		this.hear(
			refTransactionId,
			requestId,
			(facts) =>
				isSameId(facts.transactionId, transactionId) &&
				isSameId(facts.refTransactionId ?? "", refTransactionId) &&
				(facts.slip === undefined || strangeFields(facts.slip, own).length === 0),
			(facts) => refundEndingIn({ kind: "answer", facts }, enums) !== undefined,
		);
	}
}

import { kopecks } from "../../src/model/money.ts";
import type { OpenRefund, RefundWish } from "../../src/model/operation.ts";
import { driveRefund } from "../../src/pay/refund.ts";
import { openStage, type Shop, watch } from "./stage.ts";
import { type Script, says, transactionId, wish } from "./turns.ts";

export const refTransactionId = "9e1c5f00-0000-4000-8000-0000000000ff";

export const refundWish: RefundWish = {
	brand: "example",
	transactionId,
	orderId: "order-1",
	amount: kopecks(85_900),
	items: wish.purchase.items,
	parts: [{ position: 0, quantity: 1, totalAmount: kopecks(85_900) }],
};

/** The server answers with these facts about our refund. */
export const saysOfRefund = (refStatus: string, more: object = {}) =>
	says("refunding", { refTransactionId, refStatus, ...more });

export const refundSlip = { id: "slip-2", orderId: "order-1", refundTransactionId: refTransactionId };
export const underWay = saysOfRefund("new");
export const paysBack = saysOfRefund("accepted", { slip: refundSlip });
/** The server refuses a refund with a code of its own. */
export const rejects = (errorCode: string) => says("accepted", { refStatus: "rejected", errorCode });
/** The outcome of `paysBack`. */
export const paidBack = {
	kind: "settled",
	transactionId,
	refTransactionId,
	slip: { ...refundSlip, unlisted: {} },
};

/** What differs from a new refund in an ordinary shop. */
export type RefundBegin = Shop & {
	/** What an earlier run has left of it; its request may have been sent. */
	readonly restarted?: Partial<OpenRefund>;
};

/** A refund being driven against a script, and all that could be seen of it. */
export function refundScene(script: Script, { restarted, ...shop }: RefundBegin = {}) {
	const { tools, startedAt, ...stage } = openStage(script, shop);
	const refund: OpenRefund = {
		kind: "refund",
		id: "operation-1",
		requestId: "request-1",
		wish: refundWish,
		startedAt,
		...(restarted === undefined
			? { maybeSent: false, firstAttempt: tools.diary.before("refund", "request-1") }
			: { maybeSent: true, ...restarted }),
	};
	return { ...stage, ...watch(driveRefund(refund, tools)) };
}

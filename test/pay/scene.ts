import type { OpenPayment } from "../../src/model/operation.ts";
import { drivePayment } from "../../src/pay/payment.ts";
import { openStage, type Shop, watch } from "./stage.ts";
import { type Script, wish } from "./turns.ts";

/** What differs from a new payment in an ordinary shop. */
export type Begin = Shop & {
	/** What an earlier run has left of it; its checkout may have been sent. */
	readonly restarted?: Partial<OpenPayment>;
	/** Whether the cashier wants it cancelled from the start. */
	readonly cancelled?: boolean;
};

/** A payment being driven against a script, and all that could be seen of it. */
export function scene(script: Script, { restarted, cancelled = false, ...shop }: Begin = {}) {
	const { tools, startedAt, ...stage } = openStage(script, shop);
	const cashier = new AbortController();
	if (cancelled) cashier.abort("cashier");
	const payment: OpenPayment = {
		kind: "payment",
		id: "operation-1",
		requestId: "request-1",
		cancelRequestId: "cancel-1",
		wish,
		startedAt,
		...(restarted === undefined
			? { maybeSent: false, firstAttempt: tools.diary.before("checkout", "request-1") }
			: { maybeSent: true, ...restarted }),
	};
	const driven = drivePayment(payment, { ...tools, cancelled: cashier.signal });
	return { ...stage, cashier, ...watch(driven) };
}

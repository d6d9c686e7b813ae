import type { PosEvent } from "../model/event.ts";
import { type FaultCode, faults } from "../model/fault.ts";
import { kopecks, roubles } from "../model/money.ts";
import type { CheckVerdict } from "../model/self-test.ts";
import { type Check, type CheckDesk, green, red, remark, skipped, usualMs } from "./check.ts";
import type { Loop } from "./loop.ts";
import { verdictOn } from "./sheet.ts";

/** What is paid for, or why nothing is. */
export type PaymentFacts = {
	/** `production`: real money would move. `unwanted`: whoever began the test wants none. */
	readonly allowed: "yes" | "production" | "unwanted";
	/** Kopecks. */
	readonly amount: number;
	readonly item: { readonly name: string; readonly article: string; readonly tax: string };
	readonly paymentType: string;
	/** How long a payment may take in all, ms. */
	readonly mostMs: number;
};

/** The payment that was begun, and what the till told of its end. */
type Paid = {
	readonly key: string;
	readonly operationId: string;
	readonly orderId: string;
	end?: PosEvent["body"];
};

/** A test payment with the card that was read, what the till answers about it, and its slip. */
export function paymentChecks(printer: string, loop: Loop): readonly Check[] {
	const memory: { paid?: Paid } = {};
	const common = { kind: "interactive", mostMs: usualMs } as const;
	return [
		{
			...{ ...common, name: "payment", title: remark("payment"), mostMs: loop.payment.mostMs },
			needs: ["password", "server", "certificate", "clock"],
			run: (desk) => paymentVerdict(loop, memory, desk),
		},
		{
			...{ ...common, name: "agreement", title: remark("agreement"), needs: ["payment"] },
			run: () => agreement(loop, memory.paid),
		},
		{
			...{ ...common, name: "slip", title: remark("slip", { device: printer }), needs: ["payment"] },
			mostMs: 180_000,
			run: ({ signal }) => slipVerdict(printer, loop, memory.paid, signal),
		},
	];
}

async function paymentVerdict(
	loop: Loop,
	memory: { paid?: Paid },
	{ tell, signal }: CheckDesk,
): Promise<CheckVerdict> {
	const { payment, reads, line, ear } = loop;
	if (payment.allowed === "production") return skipped("production");
	if (payment.allowed === "unwanted") return skipped("payment-unwanted");
	if (reads.payable === undefined) return skipped("nothing-read");
	const paid = await begin(reads.payable, loop);
	memory.paid = paid;
	tell(remark("paying", { amount: roubles(kopecks(payment.amount)) }));
	const final = ["settled", "refused"];
	const told = await ear.next(
		({ type, body }) =>
			type === "operation" && body.operationId === paid.operationId && final.includes(`${body.state}`),
		signal,
	);
	if (told === undefined) {
		const { state } = await line.call("operation.get", { operationId: paid.operationId });
		return red("payment-open", { state: String(state), orderId: paid.orderId });
	}
	paid.end = told.body;
	return told.body.state === "settled" ? settled(told.body, payment.amount) : refused(told.body);
}

async function begin(scanId: string, { payment, line, newKey }: Loop): Promise<Paid> {
	const key = newKey();
	// At most 36 characters (cm_pay_api 1.2.1, checkoutInvoice), as a key of ours has.
	const orderId = key;
	const { amount, item, paymentType } = payment;
	const { operationId } = await line.call("pay.start", {
		...{ key, scanId, orderId, totalAmount: amount, paymentTypes: [paymentType] },
		items: [{ ...item, price: amount, quantity: 1, totalAmount: amount }],
	});
	return { key, operationId: String(operationId), orderId };
}

const settled = ({ transactionId }: PosEvent["body"], amount: number) =>
	green("payment-settled", { amount: roubles(kopecks(amount)), transactionId: String(transactionId) });

/** These say that the way to the server is not in order, or what it said is not understood. */
const ofTheWay: ReadonlySet<string> = new Set<FaultCode>([
	...(["credentials-refused", "address-not-found", "request-refused", "partner-unknown"] as const),
	...(["server-failed", "server-unreachable", "server-certificate", "server-answer-unreadable"] as const),
	...([
		"server-silent",
		"too-many-requests",
		"unlisted-refusal",
		"internal-failure",
		"journal-failed",
	] as const),
	...(["payment-cancelled-after-restart", "clock-off", "password-unchecked"] as const),
]);

/** A test card has no customer behind it: a server that says so in its own words has answered as it should. */
function refused({ fault, wireCode, cashier }: PosEvent["body"]): CheckVerdict {
	const code = String(fault);
	const { title = "-" } = (cashier ?? {}) as { readonly title?: string };
	const facts = { fault: code, wireCode: String(wireCode ?? "-"), words: title };
	const isClear = Object.hasOwn(faults, code) && !ofTheWay.has(code);
	return isClear ? green("payment-answered", facts) : red("payment-refused", facts);
}

/** Whether the journal says what the event said. */
async function agreement({ line, payment }: Loop, paid: Paid | undefined): Promise<CheckVerdict> {
	if (paid?.end === undefined) return skipped("nothing-read");
	const { end, key } = paid;
	const kept = await line.call("operation.get", { key });
	const slip = kept.slip as { readonly totalAmount?: unknown } | undefined;
	const pairs: readonly (readonly [string, unknown, unknown])[] = [
		["operationId", kept.operationId, paid.operationId],
		["orderId", kept.orderId, paid.orderId],
		["state", kept.state, end.state],
		["amount", kept.amount, payment.amount],
		["transactionId", kept.transactionId, end.transactionId],
		["slip.totalAmount", slip?.totalAmount ?? payment.amount, payment.amount],
	];
	const wrong = pairs.filter(([, one, other]) => one !== other);
	if (wrong.length === 0) return green("agrees", { operationId: paid.operationId });
	return red("disagrees", {
		detail: wrong.map(([name, one, other]) => `${name}: ${one}, ${other}`).join("; "),
	});
}

async function slipVerdict(
	printer: string,
	{ ear }: Loop,
	paid: Paid | undefined,
	signal: AbortSignal,
): Promise<CheckVerdict> {
	if (paid?.end?.state !== "settled") return skipped("no-slip");
	const over = await ear.next(
		({ type, body }) =>
			type === "print" &&
			body.operationId === paid.operationId &&
			!["queued", "printing"].includes(`${body.state}`),
		signal,
	);
	return verdictOn(over?.body ?? {}, printer);
}

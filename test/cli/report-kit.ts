import fc from "fast-check";
import type { Journal } from "../../src/journal/journal.ts";
import { kopecks } from "../../src/model/money.ts";
import type { Slip } from "../../src/model/slip.ts";
import { intentOf, refundOf, refused } from "../journal/intents.ts";

/** One payment or refund of a run, and how it ends. */
export type Sale = {
	readonly kind: "payment" | "refund";
	readonly at: number;
	readonly amount: number;
	readonly end: "settled" | "refused" | "unknown";
	/** Of its slip; a settled one without has got no slip. */
	readonly type?: string | undefined;
	readonly terminalId: string;
};

/** A day of sales between two moments, wall-clock ms; the same ones every time. */
export function salesOf(count: number, from: number, to: number): Sale[] {
	const sale = fc.record({
		kind: fc.constantFrom("payment" as const, "payment" as const, "refund" as const),
		at: fc.integer({ min: from, max: to - 1 }),
		amount: fc.integer({ min: 1, max: 9_999_999_999 }),
		end: fc.constantFrom("settled" as const, "settled" as const, "refused" as const, "unknown" as const),
		type: fc.constantFrom("SBP", "DOLYAME", "Карта", undefined),
		terminalId: fc.constantFrom("till-1", "till-2"),
	});
	return fc.sample(sale, { seed: 20_261_128, numRuns: count });
}

/** The slip of a sale; its amount is the sale's. */
export function slipOf({ amount, type, terminalId }: Sale, name: string): Slip | undefined {
	if (type === undefined) return undefined;
	const ids = { id: `slip ${name}`, orderId: `order ${name}`, qrcId: `qrc ${name}`, kzo: `kzo ${name}` };
	const place = { storeId: "00000000-0000-4000-8000-00000000000A", terminalId };
	return { ...ids, ...place, paymentType: type, totalAmount: kopecks(amount), unlisted: { bank: 7 } };
}

/** Writes a sale into the journal as the till does. */
export function sell(journal: Journal, sale: Sale, name: string): void {
	const { kind, at: startedAt, amount, end } = sale;
	if (kind === "payment") {
		const { operation, ...intent } = intentOf(name);
		const purchase = { ...operation.wish.purchase, totalAmount: kopecks(amount) };
		journal.begin({
			...intent,
			operation: { ...operation, startedAt, wish: { ...operation.wish, purchase } },
		});
	} else {
		const { operation, ...intent } = refundOf(`transaction ${name}`, name, amount);
		journal.begin({ ...intent, operation: { ...operation, startedAt } });
	}
	const id = `operation ${name}`;
	if (end === "unknown") return void journal.tell(id, { kind: "unknown", fault: "server-silent" }, {});
	if (end === "refused") return void journal.finish(id, refused, { eventBody: {} });
	const slip = slipOf(sale, name);
	const ids = {
		transactionId: `transaction ${name}`,
		...(kind === "refund" && { refTransactionId: `back ${name}` }),
	};
	journal.finish(id, { kind: "settled", ...ids, ...(slip && { slip }) }, { eventBody: {} });
}

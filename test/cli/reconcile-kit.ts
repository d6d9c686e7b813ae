import fc from "fast-check";
import { kopecks } from "../../src/model/money.ts";
import type { LedgerRow } from "../../src/model/shift-report.ts";

/** How one payment or refund stands on both sides, and what a reconciliation has to say of it. */
export type Case = {
	readonly row: Partial<LedgerRow> & Pick<LedgerRow, "kind" | "state">;
	/** The server's status word; undefined where it has no such transaction. */
	readonly status?: string;
	/** Of its slip, when that is not the till's own amount. */
	readonly more?: number;
	readonly isRefunded?: true;
	readonly kinds: readonly string[];
};

const payment = (state: LedgerRow["state"], status: string | undefined, kinds: readonly string[]): Case => ({
	row: { kind: "payment", state },
	...(status !== undefined && { status }),
	kinds,
});

const refund = (state: LedgerRow["state"], status: string | undefined, kinds: readonly string[]): Case => ({
	...payment(state, status, kinds),
	row: { kind: "refund", state },
});

/** What agrees. */
const agreeing: readonly Case[] = [
	payment("settled", "accepted", []),
	payment("refused", "rejected", []),
	payment("refused", "canceled", []),
	payment("refused", undefined, []),
	{ ...payment("settled", "partial_refunded", []), isRefunded: true },
	{ ...payment("refused", "refunded", []), row: elsewhere() },
	refund("settled", "accepted", []),
	refund("refused", "rejected", []),
];

/** What does not, each in one thing. */
export const differing: readonly Case[] = [
	payment("settled", "rejected", ["only-here"]),
	payment("settled", "canceled", ["only-here"]),
	payment("settled", "pending", ["open-there"]),
	payment("settled", undefined, ["not-known-there"]),
	payment("settled", "refunded", ["refunded-there"]),
	{ ...payment("settled", "accepted", ["amount-differs"]), more: 5 },
	payment("refused", "accepted", ["only-there"]),
	payment("refused", "partial_refunded", ["only-there"]),
	payment("unknown", "accepted", ["unknown-here"]),
	payment("unknown", "rejected", ["unknown-here"]),
	payment("in-progress", "pending", ["unknown-here"]),
	payment("unknown", undefined, ["not-known-there"]),
	refund("settled", "rejected", ["only-here"]),
	refund("settled", undefined, ["not-known-there"]),
	refund("refused", "accepted", ["only-there"]),
	refund("unknown", "new", ["unknown-here"]),
	{ ...refund("settled", "accepted", ["amount-differs"]), more: 1 },
];

function elsewhere(): Case["row"] {
	return { kind: "payment", state: "refused", fault: "payment-refunded-elsewhere" };
}

/** A journal and a server's book by chance, mostly in agreement. */
export const someCases = fc.array(
	fc.oneof(
		{ weight: 3, arbitrary: fc.constantFrom(...agreeing) },
		{ weight: 1, arbitrary: fc.constantFrom(...differing) },
	),
	{ maxLength: 25 },
);

/** The journal's row of a case. */
export function rowOf({ row }: Case, index: number): LedgerRow {
	const ids = { paymentTransactionId: `payment ${index}`, requestId: `request ${index}` };
	const own = row.kind === "refund" && { refundTransactionId: `refund ${index}` };
	return { at: index, amount: kopecks(100 + index), orderId: `${index}`, ...ids, ...own, slip: {}, ...row };
}

/** What the server answers about a case. */
export function answerOf({ row, status, more = 0 }: Case, index: number): object {
	const totalAmount = 100 + index + more;
	if (status === undefined) return { status: "" };
	const slip = status === "accepted" ? { slip: { totalAmount } } : {};
	const payment = { transactionId: `payment ${index}` };
	if (row.kind === "payment") return { ...payment, status, ...slip };
	return { ...payment, refTransactionId: `refund ${index}`, status: "accepted", refStatus: status, ...slip };
}

import fc from "fast-check";
import { expect, test } from "vitest";
import { openLedger } from "../../src/journal/ledger.ts";
import { readJournal } from "../../src/journal/read-journal.ts";
import { kopecks } from "../../src/model/money.ts";
import { intentOf, refundOf, refused, settled } from "./intents.ts";
import { opened, temporaryFolder } from "./kit.ts";

type Journal = ReturnType<typeof opened>;

/** A payment that began at a moment; by this way to pay, or refused. Some slips never come. */
function pay(journal: Journal, name: string, startedAt: number, amount: number, type?: string): void {
	const { operation, ...intent } = intentOf(name);
	const purchase = { ...operation.wish.purchase, totalAmount: kopecks(amount) };
	journal.begin({ ...intent, operation: { ...operation, startedAt, wish: { ...operation.wish, purchase } } });
	const paid = { kind: "settled", transactionId: `transaction ${name}` } as const;
	const facts = { paymentType: type ?? "", qrcId: `qrc ${name}`, kzo: `kzo ${name}` };
	const slip = { ...settled.slip, ...facts, totalAmount: kopecks(amount) };
	const outcome = type === undefined ? refused : type === "" ? paid : { ...paid, slip };
	journal.finish(`operation ${name}`, outcome, { eventBody: {} });
}

test("a shift has what was begun in it and settled, with the columns of the checklist, and sums by way to pay", () => {
	const journal = opened();
	pay(journal, "before", 99, 1_000, "SBP");
	pay(journal, "a", 100, 85_900, "SBP");
	pay(journal, "refused", 110, 5_000);
	pay(journal, "b", 120, 100, "DOLYAME");
	pay(journal, "c", 130, 200, "SBP");
	const { operation, ...intent } = refundOf("transaction a", "back", 300);
	journal.begin({ ...intent, operation: { ...operation, startedAt: 140 } });
	const back = { kind: "settled", transactionId: "transaction a", refTransactionId: "refund 1" } as const;
	journal.finish(
		"operation back",
		{ ...back, slip: { paymentType: "SBP", unlisted: {} } },
		{ eventBody: {} },
	);
	pay(journal, "after", 200, 1_000, "SBP");
	const { totals, rows, ...facts } = journal.shiftReport({ from: 100, to: 200 });
	expect(facts).toEqual({ from: 100, to: 200, unknown: 0 });
	expect(totals).toEqual([
		{ kind: "payment", paymentType: "SBP", count: 2, sum: 86_100 },
		{ kind: "payment", paymentType: "DOLYAME", count: 1, sum: 100 },
		{ kind: "refund", paymentType: "SBP", count: 1, sum: 300 },
	]);
	expect(rows.map(({ orderId }) => orderId)).toEqual(["order a", "order b", "order c", "order of a refund"]);
	expect(rows[0]).toEqual({
		...{ kind: "payment", at: 100, amount: 85_900, orderId: "order a", requestId: "request a" },
		...{ paymentTransactionId: "transaction a", paymentType: "SBP", qrcId: "qrc a", kzo: "kzo a" },
	});
	expect(rows[3]).toEqual({
		...{ kind: "refund", at: 140, amount: 300, orderId: "order of a refund", requestId: "request back" },
		...{ paymentTransactionId: "transaction a", refundTransactionId: "refund 1", paymentType: "SBP" },
	});
});

test("operations whose end is not known are counted and not summed", () => {
	const journal = opened();
	journal.begin(intentOf("a"));
	journal.tell("operation a", { kind: "unknown", fault: "server-silent" }, {});
	journal.begin(refundOf("of another till", "r"));
	expect(journal.shiftReport({ from: 0, to: Number.MAX_SAFE_INTEGER })).toMatchObject({
		totals: [],
		rows: [],
		unknown: 2,
	});
	expect(journal.shiftReport({ from: 0, to: 1 })).toMatchObject({ unknown: 0 });
});

test("whatever was paid, the sums of all shifts together are the money that moved, to the kopeck", () => {
	const payment = fc.record({
		at: fc.integer({ min: 0, max: 99 }),
		amount: fc.integer({ min: 1, max: 9_999_999 }),
		type: fc.constantFrom("SBP", "DOLYAME", "", undefined),
	});
	fc.assert(
		fc.property(fc.array(payment, { maxLength: 12 }), fc.integer({ min: 1, max: 99 }), (payments, cut) => {
			const journal = opened();
			for (const [index, { at, amount, type }] of payments.entries())
				pay(journal, `${index}`, at, amount, type);
			const shifts = [journal.shiftReport({ from: 0, to: cut }), journal.shiftReport({ from: cut, to: 100 })];
			const sum = shifts.flatMap(({ totals }) => totals).reduce((all, total) => all + total.sum, 0);
			const moved = payments.filter(({ type }) => type !== undefined);
			expect(sum).toBe(moved.reduce((all, { amount }) => all + amount, 0));
			expect(shifts.flatMap(({ rows }) => rows)).toHaveLength(moved.length);
			journal.close();
		}),
		{ numRuns: 30 },
	);
});

test("a sum may have more digits than an amount", () => {
	const journal = opened();
	for (const name of ["a", "b"]) pay(journal, name, 100, 9_999_999_999, "SBP");
	expect(journal.shiftReport({ from: 0, to: 200 }).totals).toMatchObject([{ count: 2, sum: 19_999_999_998 }]);
});

test("the ledger has what came of each payment and refund, and its slip, read beside the journal that writes it", () => {
	const folder = temporaryFolder();
	const journal = opened(folder);
	pay(journal, "paid", 100, 85_900, "SBP");
	pay(journal, "refused", 110, 5_000);
	const { operation, ...intent } = intentOf("silent");
	journal.begin({ ...intent, operation: { ...operation, startedAt: 120 } });
	journal.tell("operation silent", { kind: "unknown", fault: "server-silent" }, {});
	const back = refundOf("of another till", "back", 300);
	journal.begin({ ...back, operation: { ...back.operation, startedAt: 130 } });
	const reader = readJournal(folder);
	const rows = openLedger(reader).between({ from: 100, to: 140 });
	reader.close();
	const slip = {
		...settled.slip,
		paymentType: "SBP",
		qrcId: "qrc paid",
		kzo: "kzo paid",
		totalAmount: 85_900,
	};
	const { unlisted: _, ...documented } = slip;
	expect(rows).toMatchObject([
		{ kind: "payment", at: 100, amount: 85_900, state: "settled", requestId: "request paid" },
		{ kind: "payment", at: 110, amount: 5_000, state: "refused", fault: "payment-timed-out" },
		{ kind: "payment", at: 120, state: "unknown", fault: "server-silent" },
		{ kind: "refund", at: 130, amount: 300, state: "in-progress", paymentTransactionId: "of another till" },
	]);
	expect(rows.map((row) => row.slip)).toEqual([documented, {}, {}, {}]);
});

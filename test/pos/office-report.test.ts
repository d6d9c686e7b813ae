import fc from "fast-check";
import { expect, test } from "vitest";
import { kopecks } from "../../src/model/money.ts";
import type { Totals } from "../../src/model/shift-report.ts";
import { reportView } from "../../src/pos/office-report.ts";
import { reportResult } from "../../src/pos/office-results.ts";

type Row = Parameters<typeof reportView>[0]["rows"][number];

const about = { from: 0, to: 1_000, storeId: "store 1", head: { number: 7, link: "00ff" } };

function rowOf(number: number, more: Partial<Row> = {}): Row {
	const ids = { orderId: `order ${number}`, requestId: `request ${number}` };
	const facts = { kind: "payment", state: "settled", amount: kopecks(100), slip: {} } as const;
	return { number, at: number, ...ids, ...facts, ...more };
}

const rowsOf = (count: number, more?: Partial<Row>) =>
	Array.from({ length: count }, (_, index) => rowOf(index + 1, more));

test("a row has what the journal knows of it, and its slip", () => {
	const slip = { paymentType: "SBP", qrcId: "q", kzo: "k", totalAmount: kopecks(100), merchantId: "m" };
	const { rows, head } = reportView({ ...about, rows: [rowOf(1, { slip, terminal: "t", shift: 3 })] }, 5);
	const checklist = { paymentType: "SBP", qrcId: "q", kzo: "k", terminalId: "t", shift: 3 };
	expect(rows).toMatchObject([{ time: "1970-01-01T00:00:00.001Z", orderId: "order 1", ...checklist, slip }]);
	expect(rows[0]).not.toHaveProperty("number");
	expect(head).toBe("7:00ff");
});

test("more rows than are asked for are told of by the number to go on from", () => {
	const view = (count: number) => reportView({ ...about, rows: rowsOf(count) }, 3);
	expect(view(3)).toMatchObject({ rows: { length: 3 } });
	expect(view(3)).not.toHaveProperty("next");
	expect(view(4)).toMatchObject({ rows: { length: 3 }, next: 3 });
});

test("whatever a bank says, an answer is less than a client may leave unread, and something is in it", () => {
	const word = fc.string({ unit: "binary", minLength: 200, maxLength: 600 });
	const totals = fc.array(fc.record({ paymentType: word, count: fc.nat(), sum: fc.nat() }), {
		maxLength: 60,
	});
	fc.assert(
		fc.property(word, totals, fc.integer({ min: 1, max: 1_000 }), (said, all, limit) => {
			const fields = ["id", "paymentType", "storeId", "terminalId", "orderId", "merchantId", "qrcId", "kzo"];
			const slip = Object.fromEntries(fields.map((field) => [field, said]));
			const sums = {
				totals: all.map((total) => ({ kind: "payment" as const, ...total })),
				...{ unknown: 0, refused: 0, differing: 0 },
			};
			const view = reportView({ ...about, sums, rows: rowsOf(150, { slip }) }, limit);
			expect(Buffer.byteLength(JSON.stringify(view))).toBeLessThan(262_144);
			expect(view.rows.length).toBeGreaterThan(0);
			expect(reportResult.parse(view)).toEqual(view);
			const { net = 0, totals: told = [] } = view.sums ?? {};
			expect(net).toBe(all.reduce((sum, total) => sum + total.sum, 0));
			expect(told.reduce((sum, total) => sum + total.sum, 0)).toBe(net);
		}),
		{ numRuns: 15 },
	);
});

test("what one bank makes up does not hide the kinds: further ways to pay are one total for each", () => {
	const made = (kind: "payment" | "refund"): Totals =>
		Array.from({ length: 20 }, (_, index) => ({ kind, paymentType: `${index}`, count: 1, sum: 5 }));
	const sums = { totals: [...made("payment"), ...made("refund")], unknown: 0, refused: 0, differing: 0 };
	const view = reportView({ ...about, sums, rows: [] }, 5);
	expect(view.sums?.totals).toHaveLength(33);
	expect(view.sums?.totals.at(-1)).toEqual({ kind: "refund", paymentType: "*", count: 8, sum: 40 });
	expect(view.sums?.net).toBe(0);
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { readReport, reportOf, type Scope } from "../../src/cli/report-day.ts";
import { opened, temporaryFolder } from "../journal/kit.ts";
import { type Sale, salesOf, sell, slipOf } from "./report-kit.ts";

const [from, to] = [1_000, 2_000];
const store = { storeId: "00000000-0000-4000-8000-00000000000a", terminalId: "till-1" };
const everything: Scope = { from, to, store };

test("whatever was sold, the totals of any time and till are those of its slips, to the kopeck", () => {
	const folder = temporaryFolder();
	const journal = opened(folder);
	const sales = salesOf(120, from, to);
	for (const [index, sale] of sales.entries()) sell(journal, sale, `${index}`);
	const cut = fc.integer({ min: from, max: to });
	const till = fc.constantFrom("till-1", "till-2", undefined);
	fc.assert(
		fc.property(cut, cut, till, (one, other, terminalId) => {
			const [begin, end] = [Math.min(one, other), Math.max(one, other)];
			const scope = { ...everything, from: begin, to: end, ...(terminalId && { terminalId }) };
			const report = readReport(folder, scope);
			const wanted = sales.filter((sale) => sale.at >= begin && sale.at < end && isOf(sale, terminalId));
			const settled = wanted.filter((sale) => sale.end === "settled");
			for (const kind of ["payment", "refund"] as const) {
				for (const type of ["SBP", "DOLYAME", "Карта", undefined]) {
					const slips = settled.filter((sale) => sale.kind === kind && sale.type === type);
					const total = report.totals.find((one) => one.kind === kind && one.paymentType === type);
					const sum = slips.reduce((all, sale) => all + (slipOf(sale, "")?.totalAmount ?? sale.amount), 0);
					expect([total?.count ?? 0, total?.sum ?? 0]).toEqual([slips.length, sum]);
				}
			}
			const ends = { refused: wanted.filter((sale) => sale.end === "refused").length };
			expect(report).toMatchObject({
				...ends,
				differing: [],
				unknown: wanted.length - settled.length - ends.refused,
			});
			expect(report.rows).toHaveLength(wanted.length);
		}),
		{ numRuns: 60 },
	);
});

/** Without a slip it is of the till that the journal belongs to. */
function isOf(sale: Sale, terminalId: string | undefined): boolean {
	const own = sale.end === "settled" && sale.type !== undefined ? sale.terminalId : store.terminalId;
	return terminalId === undefined || terminalId === own;
}

test("what was given back is taken off the net, which may fall below 0", () => {
	const row = {
		at: from,
		orderId: "1",
		requestId: "r",
		state: "settled",
		slip: { paymentType: "SBP" },
	} as const;
	const paid = { ...row, kind: "payment", amount: 100 } as never;
	const back = { ...row, kind: "refund", amount: 250 } as never;
	expect(reportOf([paid, back], everything).net).toBe(-150);
});

test("a slip that says another amount than the till asked for is told", () => {
	const row = { kind: "payment", at: from, orderId: "1", requestId: "r", state: "settled" } as const;
	const rows = [
		{ ...row, amount: 100, slip: { totalAmount: 99 } },
		{ ...row, amount: 100, slip: { totalAmount: 100 } },
		{ ...row, amount: 100, slip: {} },
		{ ...row, amount: 100, state: "refused", slip: { totalAmount: 99 } },
	] as never;
	expect(reportOf(rows, everything).differing).toMatchObject([{ slip: { totalAmount: 99 } }]);
});

test("a store is its GUID in either case, and another one has nothing", () => {
	const row = {
		kind: "payment",
		at: from,
		orderId: "1",
		requestId: "r",
		state: "settled",
		amount: 1,
	} as const;
	const rows = [
		{ ...row, slip: { storeId: store.storeId.toUpperCase() } },
		{ ...row, slip: {} },
	] as never;
	expect(reportOf(rows, { ...everything, storeId: store.storeId }).rows).toHaveLength(2);
	expect(reportOf(rows, { ...everything, storeId: "another" }).rows).toEqual([]);
});

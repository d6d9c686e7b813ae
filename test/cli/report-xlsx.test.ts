import { expect, test } from "vitest";
import { reportOf } from "../../src/cli/report-day.ts";
import { xlsxMark, xlsxOf } from "../../src/cli/report-xlsx.ts";
import type { LedgerRow } from "../../src/model/shift-report.ts";
import { sheetsOf } from "./workbook.ts";

const at = new Date(2026, 10, 28, 18, 42, 30).getTime();
const paid = {
	...{ kind: "payment", at, amount: 123_457, orderId: "Заказ №7 <&>", requestId: "r", state: "settled" },
	slip: { paymentType: "SBP", kzo: "=1+1", totalAmount: 123_457 },
} as unknown as LedgerRow;
const back = { ...paid, kind: "refund", amount: 223_458, slip: {} } as unknown as LedgerRow;
const scope = { from: at, to: at + 1, store: { storeId: "store", terminalId: "till-1" } };
const sheets = async (...rows: LedgerRow[]) => sheetsOf(await xlsxOf(reportOf(rows, scope)));

/** Days since 1899-12-30, as Excel counts them, of what a clock at the till shows. */
const serial = (Date.UTC(2026, 10, 28, 18, 42, 30) - Date.UTC(1899, 11, 30)) / 86_400_000;

test("amounts are numbers, times are dates as the till's clock shows them, and everything else is text", async () => {
	const operations = (await sheets(paid)).get("operations");
	const [time, amount] = [operations?.get("A2"), operations?.get("D2")];
	expect(time).toEqual({ number: expect.closeTo(serial, 8), format: "dd.mm.yyyy hh:mm:ss" });
	expect(amount).toEqual({ number: 1_234.57, format: "#,##0.00" });
	expect(["B2", "C2", "E2", "F2", "K2"].map((cell) => operations?.get(cell))).toEqual([
		...["payment", "settled", "SBP", "Заказ №7 <&>"],
		"=1+1",
	]);
	expect(["A1", "F1", "K1", "W1"].map((cell) => operations?.get(cell))).toEqual([
		...["time", "orderId", "kzo", "slip.totalAmount"],
	]);
	expect(operations?.get("W2")).toEqual({ number: 1_234.57, format: "#,##0.00" });
});

test("a second sheet has the totals and the net, below 0 too", async () => {
	const totals = (await sheets(paid, back)).get("totals");
	expect(["A2", "B2", "A3", "B3", "A4"].map((cell) => totals?.get(cell))).toEqual([
		...["payment", "SBP", "refund", undefined, "net"],
	]);
	expect(totals?.get("C2")).toMatchObject({ number: 1 });
	expect(["D2", "D3", "D4"].map((cell) => totals?.get(cell))).toEqual(
		[1_234.57, 2_234.58, -1_000.01].map((number) => ({ number, format: "#,##0.00" })),
	);
});

test("a file begins with its mark, also without a row, and what XML cannot hold does no harm", async () => {
	const empty = await xlsxOf(reportOf([], scope));
	expect(empty.toString("latin1", 0, 4)).toBe(xlsxMark);
	expect(sheetsOf(empty).get("totals")?.get("A2")).toBe("net");
	const odd = { ...paid, orderId: `a\u0001b\uD800c${"ж".repeat(40_000)}` };
	const text = (await sheets(odd)).get("operations")?.get("F2");
	expect(text).toMatch(/^abcж+$/);
	expect((text as string).length).toBeLessThanOrEqual(32_767);
});

test("more rows than a sheet holds are refused with what to do", async () => {
	const report = { ...reportOf([], scope), rows: Array(1_048_576).fill(paid) };
	await expect(xlsxOf(report)).rejects.toThrow("choose a shorter time");
});

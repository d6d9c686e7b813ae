import fc from "fast-check";
import { expect, test } from "vitest";
import { csvMark, csvOf } from "../../src/cli/report-csv.ts";
import type { LedgerRow } from "../../src/model/shift-report.ts";
import { readCsv } from "../../src/stores/csv.ts";

const at = new Date(2026, 10, 28, 9, 5, 7).getTime();
const row = {
	kind: "payment",
	at,
	amount: 123_456,
	orderId: "17",
	requestId: "r",
	state: "settled",
	slip: {},
} as LedgerRow;

/** A spreadsheet's view of a file, the head left out. */
function opened(csv: string): readonly (readonly string[])[] {
	const records = readCsv(csv.slice(1), ";");
	if (!Array.isArray(records)) throw new TypeError(records.text);
	return records.slice(1).map(({ cells }) => cells);
}
const column = (name: string) => csvMark.slice(1).trimEnd().split(";").indexOf(name);

test("a file is UTF-8 with a mark, semicolons and CR LF, and the checklist's columns are there", () => {
	const csv = csvOf({ rows: [row] });
	expect(csv).toMatch(/^\uFEFFtime;kind;state;amount;paymentType;orderId;[^\n]*\r\n[^\n]*\r\n$/);
	for (const name of "orderId paymentTransactionId refundTransactionId requestId paymentType qrcId kzo".split(
		" ",
	)) {
		expect(column(name)).toBeGreaterThanOrEqual(0);
	}
});

test("money has a decimal comma, and a time is a Russian one", () => {
	const [cells] = opened(csvOf({ rows: [{ ...row, slip: { totalAmount: 5 as never } }] }));
	expect(cells?.[column("amount")]).toBe("1234,56");
	expect(cells?.[column("slip.totalAmount")]).toBe("0,05");
	expect(cells?.[column("time")]).toBe("28.11.2026 09:05:07");
});

test.each(["=1+1", "+7 495", "-2", "@SUM(A1)", "\tx", "\rx", '=HYPERLINK("http://example.org";"чек")'])(
	"%j is no formula any more",
	(orderId) => {
		const [cells] = opened(csvOf({ rows: [{ ...row, orderId }] }));
		expect(cells?.[column("orderId")]).toBe(`'${orderId}`);
	},
);

test("whatever stands in a field, it is read back whole", () => {
	const text = fc.string({
		unit: fc.constantFrom(";", '"', "\r", "\n", ",", "ж", "Ё", "№", "a", " ", "=", "😀"),
	});
	fc.assert(
		fc.property(text, (qrcId) => {
			const [cells] = opened(csvOf({ rows: [{ ...row, slip: { qrcId } }] }));
			expect(cells?.[column("qrcId")]).toBe(/^[=\r]/.test(qrcId) ? `'${qrcId}` : qrcId);
		}),
	);
});

import { expect, test } from "vitest";
import { reportOf } from "../../src/cli/report-day.ts";
import { tableOf } from "../../src/cli/report-table.ts";
import type { LedgerRow } from "../../src/model/shift-report.ts";

const at = new Date(2026, 10, 28, 18, 42, 30).getTime();
const scope = { from: at, to: at + 60_000, store: { storeId: "store", terminalId: "till-1" } };
const row = {
	...{ kind: "payment", at, amount: 123_456, orderId: "Заказ 7", requestId: "request", state: "settled" },
	slip: { paymentType: "SBP", qrcId: "AD10", kzo: "KZO" },
} as unknown as LedgerRow;
const unknown: LedgerRow = { ...row, state: "unknown", slip: {} };
const table = (rows: readonly LedgerRow[], width?: number) =>
	tableOf(reportOf(rows, scope), width).split("\n");

test("a report for people: the time, the totals, what is in no sum, and each row", () => {
	expect(table([row, unknown, { ...unknown, state: "refused" }])).toEqual([
		"kassad report: 28.11.2026 18:42:30 to 28.11.2026 18:43:30, store store, terminal till-1",
		"┌─────────┬─────────────┬───────┬──────────┐",
		"│ kind    │ paymentType │ count │ sum      │",
		"├─────────┼─────────────┼───────┼──────────┤",
		"│ payment │ SBP         │ 1     │ 1 234,56 │",
		"└─────────┴─────────────┴───────┴──────────┘",
		"Paid less given back: 1 234,56 roubles.",
		"No known end yet, and in no sum: 1. kassad finds out; report again later.",
		"Refused, and in no sum: 1.",
		expect.stringMatching(/^┌/),
		expect.stringMatching(
			/time .*orderId .*paymentTransactionId .*refundTransactionId .*requestId .*qrcId .*kzo/,
		),
		expect.stringMatching(/^├/),
		expect.stringMatching(
			/28\.11\.2026 18:42:30 │ payment │ settled │ 1 234,56 │ SBP .*│ Заказ 7 .*request .*AD10/,
		),
		expect.stringMatching(/unknown/),
		expect.stringMatching(/refused/),
		expect.stringMatching(/^└/),
		"",
	]);
});

test("on a terminal that is too narrow the ids are left out, and it says where they are", () => {
	const lines = table([row], 120);
	expect(lines.every((line) => line.length <= 120)).toBe(true);
	expect(lines.join("\n")).not.toContain("requestId");
	expect(lines.at(-2)).toContain("--format csv, xlsx and json have all of them");
});

test("a time without anything says so", () => {
	expect(table([]).slice(1)).toEqual(["No money moved.", ""]);
});

test("a slip with another amount is shouted", () => {
	const lines = table([{ ...row, slip: { totalAmount: 5 as never } }]);
	expect(lines).toContainEqual("ATTENTION: payment of order Заказ 7 is 1 234,56, and its slip says 0,05.");
});

test("nothing that a field says moves the cursor", () => {
	expect(table([{ ...row, orderId: "a\u001b[2Jb\r\nc" }]).join("\n")).toContain("│ a [2Jb c ");
});

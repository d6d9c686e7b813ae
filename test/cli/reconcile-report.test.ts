import { expect, test } from "vitest";
import { differencesOf } from "../../src/cli/reconcile-compare.ts";
import { reconcileCsv, reconcileTable } from "../../src/cli/reconcile-report.ts";
import { differing, rowOf } from "./reconcile-kit.ts";

const [one] = differing;
const why = `server-unreachable: ${"connect ECONNREFUSED ".repeat(9)}\u001b[2J`;

/** A time in which one payment was rejected there, and two could not be asked. */
function made() {
	const rows = [0, 1, 2].map((index) =>
		rowOf(one ?? { row: { kind: "payment", state: "settled" }, kinds: [] }, index),
	);
	const compared = rows.map((row, index) => ({
		row: { ...row, at: new Date(2026, 10, 28, 18, index).getTime() },
		verdict:
			index === 0 ? ({ says: "rejected", word: "rejected" } as const) : ({ says: "nothing", why } as const),
	}));
	const differences = compared.flatMap((each) => differencesOf(each, false));
	const [from, to] = [new Date(2026, 10, 28).getTime(), new Date(2026, 10, 29).getTime()];
	return { from, to, storeId: "store", compared, differences };
}

test("a table for people fits their terminal, with each reason once below it", () => {
	const lines = reconcileTable(made(), 120).split("\n");
	expect(lines.slice(0, 2)).toEqual([
		"kassad reconcile: 28.11.2026 00:00:00 to 29.11.2026 00:00:00, store store",
		"The server answered for 1 of 3 payments and refunds.",
	]);
	expect(lines).toContainEqual(
		expect.stringMatching(
			/^│ 28\.11\.2026 18:00:00 │ payment │ settled here, not there │ settled │ rejected │ 1,00 /,
		),
	);
	expect(lines.at(-3)).toContain("The ids do not fit here");
	expect(lines.at(-2)).toMatch(/^Could not be asked \(2\): server-unreachable: connect/);
	expect(lines.slice(0, -2).every((line) => line.length <= 120)).toBe(true);
	expect(lines.join("\n")).not.toContain("\u001b");
});

test("without a terminal the ids are there, and a file has the reasons beside them", () => {
	expect(reconcileTable(made(), undefined)).toContain(" paymentTransactionId ");
	const [, , second] = reconcileCsv(made()).split("\r\n");
	expect(second).toContain(";payment;could not be asked;settled;server-unreachable: connect");
	expect(second).toMatch(/;payment 1;;request 1;/);
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { isOpen, totalsOf } from "../../src/journal/shift-reports.ts";
import { type Sale, salesOf, sell } from "../cli/report-kit.ts";
import { opened } from "./kit.ts";

const [from, to, own] = [1_000, 2_000, "till-1"];

/** A journal with a day of sales in it. */
function sold(sales: readonly Sale[]) {
	const journal = opened();
	for (const [index, sale] of sales.entries()) sell(journal, sale, `${index}`);
	return journal.ledger;
}

test("the sums of any period and till are those of its rows, to the kopeck", () => {
	const ledger = sold(salesOf(120, from, to));
	const cut = fc.integer({ min: from, max: to });
	fc.assert(
		fc.property(cut, cut, fc.constantFrom("till-1", "till-2", undefined), (one, other, terminal) => {
			const period = { from: Math.min(one, other), to: Math.max(one, other), own };
			const asked = { ...period, ...(terminal !== undefined && { terminal }) };
			const rows = ledger.between(asked);
			const settled = rows.filter(({ state }) => state === "settled");
			const paid = settled.map(({ slip: { paymentType }, ...row }) => ({
				...row,
				...(paymentType !== undefined && { paymentType }),
			}));
			expect(ledger.sums(asked)).toEqual({
				totals: totalsOf(paid),
				unknown: rows.filter(isOpen).length,
				refused: rows.filter(({ state }) => state === "refused").length,
				differing: 0,
			});
			const whole = ledger.between(period);
			const wanted = whole.filter((row) => terminal === undefined || (row.terminal ?? own) === terminal);
			expect(rows).toEqual(wanted);
		}),
		{ numRuns: 60 },
	);
});

test("a period comes whole in parts of any size", () => {
	const ledger = sold(salesOf(40, from, to));
	const whole = ledger.between({ from, to }).toSorted((one, other) => one.at - other.at);
	fc.assert(
		fc.property(fc.integer({ min: 1, max: 50 }), (most) => {
			const parts: object[] = [];
			for (let after = 0; ; ) {
				const page = ledger.page({ from, to }, after, most);
				expect(page.length).toBeLessThanOrEqual(most);
				parts.push(...page.map(({ number: _, ...row }) => row));
				const last = page.at(-1);
				if (last === undefined) break;
				after = last.number;
			}
			expect(parts).toEqual(whole);
		}),
	);
});

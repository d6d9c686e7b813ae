import { expect, test } from "vitest";
import { reportFilling } from "../../../src/print/documents/report-filling.ts";

const report = {
	...{ from: 0, to: 1_000, storeId: "store", terminalId: "till-1", rows: [], unknown: 0 },
	totals: [
		{ kind: "payment", paymentType: "SBP", count: 2, sum: 300 },
		{ kind: "refund", paymentType: "SBP", count: 1, sum: 500 },
	],
} as const;
const filling = (more: object = {}) => reportFilling({ ...report, ...more }, {}, { kinds: {} }).holes;

test("the report of a shift names it, and that of a time leaves its line empty", () => {
	expect([filling({ shift: 12 }).shift, filling().shift]).toEqual(["12", undefined]);
});

test("more given back than taken is a sum below 0", () => {
	expect(filling()).toMatchObject({ paid: "3,00", paidCount: "2", refunded: "5,00", sum: "-2,00" });
});

import { expect, test } from "vitest";
import { type EarlierPrint, markAfter } from "../../src/journal/print-marks.ts";

const not: EarlierPrint = { id: 1, state: "not-printed" };
const unknown: EarlierPrint = { id: 2, state: "unknown" };
const printed: EarlierPrint = { id: 3, state: "printed" };
const cancelled: EarlierPrint = { id: 4, state: "cancelled" };

test.each<[string, readonly EarlierPrint[], string]>([
	["nothing", [], "original"],
	["what is not on paper", [not, cancelled], "original"],
	["what the cashier found not to be on paper", [{ ...unknown, resolved: "not-on-paper" }], "original"],
	["what may be on paper", [not, unknown], "repeat"],
	["what is on paper", [printed], "copy"],
	["what is on paper by now", [not, unknown, printed, not], "copy"],
	["what the cashier found on paper", [{ ...unknown, resolved: "on-paper" }], "copy"],
])("after %s it is marked", (_, earlier, mark) => {
	expect(markAfter(earlier)).toBe(mark);
});

test.each(["queued", "printing"] as const)("beside one that is %s there is no other", (state) => {
	expect(() => markAfter([printed, { id: 9, state }])).toThrow(`print-unfinished: print 9 is ${state}`);
});

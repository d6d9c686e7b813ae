import { expect, test } from "vitest";
import { isoWithOffset, plainRoubles } from "../../src/cli/report-words.ts";

test("roubles for a program have a decimal comma and nothing between the thousands", () => {
	expect([0, 5, 123_456, 19_999_999_998, -150].map(plainRoubles)).toEqual([
		...["0,00", "0,05", "1234,56", "199999999,98", "-1,50"],
	]);
});

test("a time with its offset is the same time", () => {
	const at = Date.parse("2026-11-28T18:42:30.123Z");
	expect(isoWithOffset(at)).toMatch(/^2026-11-2\dT\d\d:\d\d:30\.123[+-]\d\d:\d\d$/);
	expect(Date.parse(isoWithOffset(at))).toBe(at);
});

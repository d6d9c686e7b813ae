import { expect, test } from "vitest";
import { drawTable } from "../../src/config/table.ts";

test("columns are as wide as their widest cell, the head's too", () => {
	expect(drawTable([["1", "Москва"]], ["number", "city"])).toBe(
		[
			"┌────────┬────────┐",
			"│ number │ city   │",
			"├────────┼────────┤",
			"│ 1      │ Москва │",
			"└────────┴────────┘",
		].join("\n"),
	);
});

test("without a head there is no line under one", () => {
	expect(drawTable([["a"], ["bb"]])).toBe(["┌────┐", "│ a  │", "│ bb │", "└────┘"].join("\n"));
});

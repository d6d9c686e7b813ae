import { expect, test } from "vitest";
import { symbolCommand } from "../../../../drivers/printers/symbols/command.ts";

test("the length counts what follows it, low byte first", () => {
	expect(symbolCommand(0x31, 81, [0x30]).toString("hex")).toBe("1d286b0300315130");
	expect(symbolCommand(0x31, 80, Array(300).fill(0x41)).subarray(0, 7).toString("hex")).toBe(
		"1d286b2e013150",
	);
});

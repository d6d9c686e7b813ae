import { expect, test } from "vitest";
import { wedgeLimits } from "../../src/ports/inhibit-words.ts";

test("every system but Linux has its limits told in words", () => {
	expect(wedgeLimits("linux")).toBeUndefined();
	expect(wedgeLimits("win32")).toMatch(
		/^Windows .* cannot read a scanner in keyboard mode .*HID POS.*USB COM/,
	);
	expect(wedgeLimits("darwin")).toMatch(/^macOS .* Input Monitoring .*HID POS.*USB COM/);
	expect(wedgeLimits("freebsd")).toMatch(/^On freebsd .*HID POS/);
});

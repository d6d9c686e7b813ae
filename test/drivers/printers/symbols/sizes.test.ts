import { expect, test } from "vitest";
import { moduleDots } from "../../../../drivers/printers/symbols/sizes.ts";

test("a module is as large as fits with its quiet zone, within limits", () => {
	// 29 modules and 4 on each side are 37.
	expect(moduleDots("qr", 29, 384)).toBe(6);
	expect(moduleDots("qr", 57, 384)).toBe(5);
	expect(moduleDots("qr", 120, 384)).toBe(3);
	expect(moduleDots("qr", 121, 384)).toBeUndefined();
	expect(moduleDots("code128", 108, 384)).toBe(3);
	expect(moduleDots("code128", 172, 384)).toBe(2);
	expect(moduleDots("code128", 173, 384)).toBeUndefined();
});

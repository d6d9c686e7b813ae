import fc from "fast-check";
import { expect, test } from "vitest";
import { qrCode } from "../../../../drivers/printers/symbols/qr.ts";

/** Any characters at all, halves of surrogate pairs too. */
const anyText = fc.array(fc.nat(0x10ffff)).map((points) => String.fromCodePoint(...points));

test("the QR code of a transaction id is these bytes and no others", () => {
	const id = "5c2b1f0e-9d1c-4f43-8a7e-9b1d0c2f3a4b";
	expect(Buffer.from(qrCode(id, 384)?.bytes ?? []).toString("hex")).toBe(
		[
			"1d286b 0400 31 41 32 00", // GS ( k, 4 bytes follow, cn 31h, function 65: model 2
			"1d286b 0300 31 43 06", // function 67: a module is 6 dots
			"1d286b 0300 31 45 31", // function 69: level M
			"1d286b 2700 31 50 30", // function 80: 27h = 36 + 3 bytes follow
			Buffer.from(id, "latin1").toString("hex"),
			"1d286b 0300 31 51 30", // function 81: print
		]
			.join("")
			.replaceAll(" ", ""),
	);
});

test("longer data has smaller modules, and too long data is no code", () => {
	const size = (data: string) => qrCode(data, 384)?.bytes[16];
	// Version 10, 57 modules and 8 of quiet zone, holds 213 bytes at level M.
	expect(size("x".repeat(152))).toBe(6);
	expect(size("x".repeat(213))).toBe(5);
	// Version 25, 117 modules, is the last one that fits with 3 dots each.
	expect(size("x".repeat(997))).toBe(3);
	expect(size("x".repeat(998))).toBeUndefined();
	expect(qrCode("x".repeat(2_331), 576)).toBeDefined();
	expect(qrCode("x".repeat(2_332), 9_999)).toBeUndefined();
});

test("letters count by their bytes", () => {
	expect(qrCode("ы".repeat(498), 384)).toBeDefined();
	expect(qrCode("ы".repeat(499), 384)).toBeUndefined();
});

test("the length of the stored data is right for every data", () => {
	fc.assert(
		fc.property(anyText, (data) => {
			const bytes = qrCode(data, 576)?.bytes;
			if (bytes === undefined) return;
			const store = Buffer.from(bytes).subarray(25, -8);
			expect(store.subarray(0, 3).toString("hex")).toBe("1d286b");
			expect(store.readUInt16LE(3)).toBe(store.length - 5);
		}),
	);
});

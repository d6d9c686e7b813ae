import fc from "fast-check";
import { expect, test } from "vitest";
import { qrCode } from "../../../drivers/printers/qr.ts";

/** Any characters at all, halves of surrogate pairs too. */
const anyText = fc.array(fc.nat(0x10ffff)).map((points) => String.fromCodePoint(...points));

test("the QR code of a transaction id is these bytes and no others", () => {
	const id = "5c2b1f0e-9d1c-4f43-8a7e-9b1d0c2f3a4b";
	expect(qrCode(id)?.toString("hex")).toBe(
		[
			"1d286b 0400 31 41 32 00", // GS ( k, 4 bytes follow: cn 31h, function 65: model 2
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

test("a code of 213 bytes still fits, one of 214 does not", () => {
	expect(qrCode("x".repeat(213))).toBeDefined();
	expect(qrCode("x".repeat(214))).toBeUndefined();
	expect(qrCode("ы".repeat(107))).toBeUndefined();
	expect(qrCode("")).toBeUndefined();
});

test("the length of the stored data is right for every data, and no control character is in it", () => {
	fc.assert(
		fc.property(anyText, (data) => {
			const code = qrCode(data);
			if (code === undefined) return;
			const store = code.subarray(25, -8);
			expect(store.subarray(0, 3).toString("hex")).toBe("1d286b");
			expect(store.readUInt16LE(3)).toBe(store.length - 5);
			expect(store.subarray(8).filter((byte) => byte < 0x20 || byte === 0x7f)).toHaveLength(0);
		}),
	);
});

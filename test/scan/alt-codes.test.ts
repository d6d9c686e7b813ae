import fc from "fast-check";
import iconv from "iconv-lite";
import { expect, test } from "vitest";
import { AltCode } from "../../src/scan/alt-codes.ts";

const code = new AltCode({ ansi: "windows-1251", oem: "ibm866" });

function typed(digits: string): string {
	for (const digit of digits) code.add(digit);
	return code.end();
}

test.each([
	["029", "\x1d"],
	["29", "\x1d"],
	["0029", "\x1d"],
	["65", "A"],
	["0", "\0"],
	["127", "\x7f"],
	["0192", "А"],
	["0185", "№"],
	["128", "А"],
	["252", "№"],
	["0255", "я"],
	["255", "\u00a0"],
	["1041", "Б"],
	["01041", "Б"],
	["128512", "😀"],
])("ALT %s is one character", (digits, character) => {
	expect(typed(digits)).toBe(character);
});

test("numbers of no character type nothing", () => {
	for (const digits of ["", "55296", "57343", "1114112", "999999999", "00000000065"])
		expect(typed(digits)).toBe("");
});

test("every byte of both code pages is the character that iconv-lite has for it", () => {
	const bytes = Array.from({ length: 128 }, (_, index) => 128 + index);
	// The one byte that Windows 1251 leaves undefined.
	for (const byte of bytes.filter((byte) => byte !== 0x98))
		expect(typed(`0${byte}`)).toBe(iconv.decode(Buffer.of(byte), "win1251"));
	for (const byte of bytes) expect(typed(`${byte}`)).toBe(iconv.decode(Buffer.of(byte), "cp866"));
});

test("digits of one code are no part of the next", () => {
	expect([typed("999999999"), typed("65"), typed("66")]).toEqual(["", "A", "B"]);
});

test("any number of digits is at most one character", () => {
	fc.assert(
		fc.property(fc.array(fc.nat({ max: 9 }), { maxLength: 40 }), (digits) => {
			expect([...typed(digits.join(""))].length).toBeLessThanOrEqual(1);
		}),
	);
});

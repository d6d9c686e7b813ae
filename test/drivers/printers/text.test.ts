import fc from "fast-check";
import iconv from "iconv-lite";
import { expect, test } from "vitest";
import { printable as printableOn } from "../../../drivers/printers/text.ts";
import { codePageEncodings } from "../../../src/model/printer.ts";

const printable = (text: string) => printableOn(text, "cp866");

/** Any characters at all, halves of surrogate pairs too. */
const anyText = fc.array(fc.nat(0x10ffff)).map((points) => String.fromCodePoint(...points));

test("what a cash register has no character for is written as people write it", () => {
	expect(printable("5\u00a0₽ — «Ёлка» ’s… 2×2 co\u00adop №7")).toEqual({
		text: `5 руб. - "Ёлка" 's... 2x2 coop №7`,
		unmapped: 0,
	});
});

test("a character that has no substitute becomes a question mark and is counted", () => {
	expect(printable("Қазақ ✓")).toEqual({ text: "?аза? ?", unmapped: 3 });
});

test("a character outside the basic plane counts once", () => {
	expect(printable("🧾")).toEqual({ text: "?", unmapped: 1 });
});

test("a letter written as two characters is one", () => {
	expect(printable("и\u0306е\u0308")).toEqual({ text: "йё", unmapped: 0 });
});

test("control characters become spaces", () => {
	expect(printable("a\x1b@\x10\x04\x01\x7fb").text).toBe("a @    b");
});

test("an invisible mark is not printed, and a separator of lines is a space", () => {
	expect(printable("a\u200eb\u2060c\u2028d")).toEqual({ text: "abc d", unmapped: 0 });
});

test("characters that a page has are printed as they are, and drawn lines as dashes where it has none", () => {
	expect(printableOn("«Ёж» — №7 … ─│", "cp1251")).toEqual({ text: "«Ёж» — №7 … -|", unmapped: 0 });
	expect(printableOn("Ґанок", "cp1125")).toEqual({ text: "Ґанок", unmapped: 0 });
	expect(printableOn("Ґанок", "cp866")).toEqual({ text: "?анок", unmapped: 1 });
	expect(printableOn("Қазақ ӘҒҢӨҰҮҺ", "rk1048")).toEqual({ text: "Қазақ ӘҒҢӨҰҮҺ", unmapped: 0 });
	expect(printableOn("Ћирилица ─│", "cp855")).toEqual({ text: "Ћирилица ─│", unmapped: 0 });
});

/** The bytes of ЁЖёж№ in each page, from the pages' tables (Unicode's CP866, CP855, CP1251; RFC-registered KZ-1048). */
test.each([
	["cp866", "f086f1a6fc"],
	["cp1251", "a8c6b8e6b9"],
	["cp855", "85ea84e9ef"],
	["cp1125", "f086f1a6fc"],
	["rk1048", "a8c6b8e6b9"],
] as const)("letters in %s are the bytes %s", (encoding, bytes) => {
	expect(iconv.encode("ЁЖёж№", encoding).toString("hex")).toBe(bytes);
	expect(printableOn("ЁЖёж№", encoding)).toEqual({ text: "ЁЖёж№", unmapped: 0 });
});

test("every letter of the Russian alphabet is in every page", () => {
	const letters = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя";
	for (const encoding of codePageEncodings)
		expect(printableOn(letters, encoding)).toEqual({ text: letters, unmapped: 0 });
});

test.each(codePageEncodings)(
	"every printable text is the same in %s and back, without a control character",
	(encoding) => {
		fc.assert(
			fc.property(fc.oneof(anyText, fc.string({ unit: "binary" })), (anything) => {
				const bytes = iconv.encode(printableOn(anything, encoding).text, encoding);
				expect(iconv.decode(bytes, encoding)).toBe(printableOn(anything, encoding).text);
				expect(bytes.filter((byte) => byte < 0x20 || byte === 0x7f)).toHaveLength(0);
			}),
		);
	},
);

test("a printable text is printable as it is", () => {
	fc.assert(
		fc.property(anyText, fc.constantFrom(...codePageEncodings), (anything, encoding) => {
			const { text } = printableOn(anything, encoding);
			expect(printableOn(text, encoding)).toEqual({ text, unmapped: 0 });
		}),
	);
});

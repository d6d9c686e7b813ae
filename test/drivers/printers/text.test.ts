import fc from "fast-check";
import iconv from "iconv-lite";
import { expect, test } from "vitest";
import { printable } from "../../../drivers/printers/text.ts";

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

test("every printable text is the same in code page 866 and back", () => {
	fc.assert(
		fc.property(anyText, (anything) => {
			const { text } = printable(anything);
			expect(iconv.decode(iconv.encode(text, "cp866"), "cp866")).toBe(text);
		}),
	);
});

test("a printable text is printable as it is", () => {
	fc.assert(
		fc.property(anyText, (anything) => {
			const { text } = printable(anything);
			expect(printable(text)).toEqual({ text, unmapped: 0 });
		}),
	);
});

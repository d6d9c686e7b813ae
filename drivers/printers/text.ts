import iconv from "iconv-lite";
import type { CodePageEncoding } from "../../src/model/printer.ts";

/** What a cash register writes for characters that a code page lacks. */
const substitutes: ReadonlyMap<string, string> = new Map(
	Object.entries({
		"₽": "руб.",
		"№": "N",
		"‐‑‒–—―−─━": "-",
		"═": "=",
		"│║": "|",
		"•·∙": "*",
		"«»„“”‟": '"',
		"‘’‚‛′": "'",
		"…": "...",
		"×": "x",
		// No-break, figure, thin and narrow spaces, line and paragraph separators.
		"\u00a0\u2007\u2009\u202f\u2028\u2029": " ",
		// Soft hyphen, zero-width space and joiners, marks of direction, byte-order mark: nothing to see.
		"\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff": "",
	}).flatMap(([characters, written]) => [...characters].map((character) => [character, written] as const)),
);

/**
 * Any character that a page lacks. It has those that leave a mark: of the bytes 20h to FFh all but 7Fh and those that
 * no character has.
 */
function strangersTo(encoding: CodePageEncoding): RegExp {
	const bytes = Buffer.from(Array.from({ length: 0x100 - 0x20 }, (_, index) => 0x20 + index));
	const marks = iconv.decode(bytes, encoding).replace(/[\p{Cc}\p{Cf}\u00a0\ufffd]/gu, "");
	return new RegExp(`[^${marks.replace(/[\\\]^-]/g, "\\$&")}]`, "gu");
}

const strangers: Readonly<Record<CodePageEncoding, RegExp>> = Object.freeze({
	cp866: strangersTo("cp866"),
	cp1251: strangersTo("cp1251"),
	cp855: strangersTo("cp855"),
	cp1125: strangersTo("cp1125"),
	rk1048: strangersTo("rk1048"),
});

/**
 * Text as a printer with a code page can show it. Control characters, in which a product's name could hold a printer
 * command, become spaces; what the page lacks is substituted, or becomes `?` and is counted.
 */
export function printable(
	text: string,
	encoding: CodePageEncoding,
): { readonly text: string; readonly unmapped: number } {
	let unmapped = 0;
	const shown = text.normalize("NFC").replace(strangers[encoding], (character) => {
		if (/\p{Cc}/u.test(character)) return " ";
		const substitute = substitutes.get(character);
		if (substitute === undefined) unmapped += 1;
		return substitute ?? "?";
	});
	return { text: shown, unmapped };
}

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

/** Every character of a page that leaves a mark: bytes 20h to FFh but 7Fh and those that no character has. */
function marksOf(encoding: CodePageEncoding): ReadonlySet<string> {
	const bytes = Uint8Array.from({ length: 0x100 - 0x20 }, (_, index) => 0x20 + index);
	return new Set(
		[...iconv.decode(Buffer.from(bytes), encoding)].filter(
			(mark) => !/[\p{Cc}\p{Cf}\u00a0\ufffd]/u.test(mark),
		),
	);
}

const known = new Map<CodePageEncoding, ReadonlySet<string>>();

function marks(encoding: CodePageEncoding): ReadonlySet<string> {
	const found = known.get(encoding) ?? marksOf(encoding);
	known.set(encoding, found);
	return found;
}

/**
 * Text as a printer with a code page can show it. Control characters, in which a product's name could hold a printer
 * command, become spaces; what the page lacks is substituted, or becomes `?` and is counted.
 */
export function printable(
	text: string,
	encoding: CodePageEncoding,
): { readonly text: string; readonly unmapped: number } {
	const page = marks(encoding);
	let unmapped = 0;
	const shown = Array.from(text.normalize("NFC"), (character) => {
		if (page.has(character)) return character;
		if (/\p{Cc}/u.test(character)) return " ";
		const substitute = substitutes.get(character);
		if (substitute === undefined) unmapped += 1;
		return substitute ?? "?";
	});
	return { text: shown.join(""), unmapped };
}

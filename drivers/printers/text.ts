/** What a cash register writes for characters that code page 866 lacks. */
const substitutes: ReadonlyMap<string, string> = new Map(
	Object.entries({
		"₽": "руб.",
		"‐‑‒–—―−": "-",
		"«»„“”‟": '"',
		"‘’‚‛′": "'",
		"…": "...",
		"×": "x",
		// No-break, figure, thin and narrow spaces.
		"\u00a0\u2007\u2009\u202f": " ",
		// Soft hyphen, zero-width space and joiners, byte-order mark: nothing to see.
		"\u00ad\u200b\u200c\u200d\ufeff": "",
	}).flatMap(([characters, written]) => [...characters].map((character) => [character, written] as const)),
);

/** Every character of code page 866 that leaves a mark: bytes 20h to FEh without 7Fh. */
const codePage = new Set(
	new TextDecoder("ibm866").decode(
		Uint8Array.from({ length: 0xff - 0x20 }, (_, index) => 0x20 + index).filter((byte) => byte !== 0x7f),
	),
);

/**
 * Text as a printer with code page 866 can show it. Control characters, in which a product's name could hold
 * a printer command, become spaces; what the page lacks is substituted, or becomes `?` and is counted.
 */
export function printable(text: string): { readonly text: string; readonly unmapped: number } {
	let unmapped = 0;
	const shown = Array.from(text.normalize("NFC"), (character) => {
		if (codePage.has(character)) return character;
		if (/\p{Cc}/u.test(character)) return " ";
		const substitute = substitutes.get(character);
		if (substitute === undefined) unmapped += 1;
		return substitute ?? "?";
	});
	return { text: shown.join(""), unmapped };
}

import iconv from "iconv-lite";

/** Encodings, by their names in iconv-lite, and the numbers by which ESC t chooses them. */
type CodePages = Readonly<Record<number, string>>;

const western = { 0: "cp437", 2: "cp850", 3: "cp860", 4: "cp863", 5: "cp865" } as const;

/** Epson printers and faithful copies (TM-T88V and later). */
export const epsonPages: CodePages = {
	...western,
	14: "cp737",
	15: "iso88597",
	16: "cp1252",
	17: "cp866",
	18: "cp852",
	19: "cp858",
	32: "cp720",
	33: "cp775",
	34: "cp855",
	36: "cp862",
	44: "cp1125",
	45: "cp1250",
	46: "cp1251",
	47: "cp1253",
	48: "cp1254",
	53: "rk1048",
};

/**
 * Numbers as the profiles of github.com/receipt-print-hq/escpos-printer-db and the mappings of
 * github.com/NielsLeenheer/CodepageEncoder have them for the makers.
 */
export const bixolonPages: CodePages = {
	...western,
	16: "cp1252",
	17: "cp866",
	18: "cp852",
	19: "cp858",
	28: "cp1251",
	// Where an Epson has 1251.
	46: "cp866",
};
export const citizenPages: CodePages = {
	...western,
	7: "cp866",
	9: "cp1252",
	16: "cp1252",
	17: "cp866",
	18: "cp852",
	19: "cp858",
	34: "cp855",
	44: "cp1125",
	46: "cp1251",
	53: "rk1048",
};
export const xprinterPages: CodePages = {
	...western,
	6: "iso88591",
	16: "cp1252",
	17: "cp866",
	18: "cp852",
	19: "cp858",
	23: "cp1251",
};
export const pos5890Pages: CodePages = {
	...xprinterPages,
	59: "cp866",
	60: "cp855",
	73: "cp1251",
};
/** Page 17, which is 866 nearly everywhere, is Greek here. */
export const rongtaPages: CodePages = {
	...western,
	6: "cp1251",
	7: "cp866",
	16: "cp1252",
	17: "cp1253",
	28: "cp855",
};

/** Shown for a byte that the code page does not define. */
const undefinedCharacter = "\uFFFD";

/** The character of a byte from 20h on. */
export function characterOf(byte: number, encoding: string): string {
	return iconv.decode(Buffer.of(byte), encoding);
}

const gbk = new TextDecoder("gbk");

/** The character of two bytes in a printer's Chinese mode. */
export function wideCharacterOf(lead: number, trail: number): string {
	return [...gbk.decode(Uint8Array.of(lead, trail))][0] ?? undefinedCharacter;
}

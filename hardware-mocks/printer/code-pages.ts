import iconv from "iconv-lite";

/** Numbers of ESC t on Epson printers and faithful copies. */
const pages: Readonly<Record<number, string>> = {
	0: "cp437",
	2: "cp850",
	16: "cp1252",
	17: "cp866",
	18: "cp852",
	19: "cp858",
	34: "cp855",
	44: "cp1125",
	46: "cp1251",
};

/** Shown for a byte that the code page does not define. */
const undefinedCharacter = "\uFFFD";

/** Whether the printer has a page of that number. */
export function hasPage(number: number): boolean {
	return pages[number] !== undefined;
}

/** The character of a byte from 20h on. */
export function characterOf(byte: number, page: number): string {
	return iconv.decode(Buffer.of(byte), pages[page] ?? "cp437");
}

const gbk = new TextDecoder("gbk");

/** The character of two bytes in a printer's Chinese mode. */
export function wideCharacterOf(lead: number, trail: number): string {
	return [...gbk.decode(Uint8Array.of(lead, trail))][0] ?? undefinedCharacter;
}

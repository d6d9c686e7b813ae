import type { Block } from "../model/block.ts";
import { type CodePage, codePageEncodings } from "../model/printer.ts";
import type { PrinterDriver } from "../model/printer-driver.ts";
import { text, wrap } from "./documents/layout.ts";

/** Both cases of every Russian letter, and the signs that a receipt needs. */
const pangram =
	"Съешь же ещё этих мягких французских булок, да выпей чаю. ЭЙ, ЖЛОБ! ГДЕ ТУЗ? ПРЯЧЬ ЮНЫХ СЪЁМЩИЦ В ШКАФ. №";

/** What is on the strip under one number. */
export type Candidate = { readonly at: number; readonly codePage: CodePage };

/**
 * One strip with the same sentence under each code page that a model may have, and a barcode beside each: the technician
 * reads the line that makes sense. Every part begins from the printer's known state, two-byte characters off.
 */
export function codePageStrip(driver: PrinterDriver): {
	readonly bytes: Uint8Array;
	readonly candidates: readonly Candidate[];
} {
	const candidates = driver.codePages.map((codePage, index) => ({ at: index + 1, codePage }));
	const parts = candidates.map((candidate) => {
		const { codePage } = candidate;
		const last = candidate.at === candidates.length;
		return driver.tuned({ codePage }).encode(partOf(candidate, driver.columns, last));
	});
	return { bytes: Buffer.concat(parts), candidates };
}

/** The head is in letters that every page has. */
function partOf({ at, codePage }: Candidate, columns: number, last: boolean): Block {
	return [
		text(`${at}. ${codePage.encoding}, page ${codePage.number}`, { bold: true }),
		...wrap(pangram, columns).map((line) => text(line)),
		{ kind: "symbol", symbol: "code128", data: markOf(codePage) },
		{ kind: "feed", lines: 1 },
		...(last ? [{ kind: "cut" as const }] : []),
	];
}

/** Short, so that the narrowest paper has room for it: `KP1-46` is page 46 in the second of the known encodings. */
function markOf({ encoding, number }: CodePage): string {
	return `KP${codePageEncodings.indexOf(encoding)}-${number}`;
}

/** The page that a barcode of the strip stands for, or undefined when it is another barcode. */
export function pageOfMark(content: string): CodePage | undefined {
	const [, index, number] = /^KP(\d)-(\d{1,3})$/.exec(content) ?? [];
	const encoding = codePageEncodings[Number(index)];
	const page = Number(number);
	return encoding === undefined || page > 255 ? undefined : { encoding, number: page };
}

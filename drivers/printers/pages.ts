import type { CodePage } from "../../src/model/printer.ts";

/** Epson's numbers of Cyrillic pages (ESC t), which faithful clones keep: TM-T20III, TM-T88V, TM-m30III. */
export const epsonPages: readonly [CodePage, ...CodePage[]] = [
	{ encoding: "cp866", number: 17 },
	{ encoding: "cp1251", number: 46 },
	{ encoding: "cp855", number: 34 },
	{ encoding: "cp1125", number: 44 },
	{ encoding: "rk1048", number: 53 },
];

/** Rongta RP326 and its likes, by its manual (escpos-printer-db issue 51): page 17 is Greek there. */
export const rongtaPages: readonly [CodePage, ...CodePage[]] = [
	{ encoding: "cp866", number: 7 },
	{ encoding: "cp1251", number: 6 },
	{ encoding: "cp855", number: 28 },
];

/** Zjiang POS-5890 and POS-8360, also sold as Netum and others (ReceiptPrinterEncoder, mapping pos-5890). */
export const zjiangPages: readonly [CodePage, ...CodePage[]] = [
	{ encoding: "cp866", number: 17 },
	{ encoding: "cp1251", number: 23 },
	{ encoding: "cp866", number: 59 },
	{ encoding: "cp1251", number: 73 },
	{ encoding: "cp855", number: 60 },
];

/** Every pair that any family is known to have: what a printer of an unknown family may understand. */
export const anyPages: readonly [CodePage, ...CodePage[]] = [
	...epsonPages,
	{ encoding: "cp1251", number: 23 },
	{ encoding: "cp1251", number: 28 },
	{ encoding: "cp866", number: 7 },
	{ encoding: "cp1251", number: 6 },
	{ encoding: "cp866", number: 59 },
	{ encoding: "cp1251", number: 73 },
	{ encoding: "cp855", number: 28 },
	{ encoding: "cp855", number: 60 },
	// Kefar KR-306, and HP A779 with its page for Kazakh.
	{ encoding: "cp866", number: 12 },
	{ encoding: "cp1251", number: 13 },
	{ encoding: "rk1048", number: 15 },
];

import { escpos } from "./escpos.ts";
import type { PrinterModel } from "./model.ts";
import { epsonPages } from "./pages.ts";

const facts: PrinterModel = {
	id: "epson-tm-t20iii",
	title: "Epson TM-T20III",
	dpi: 203,
	dots: 576,
	columns: { a: 48, b: 64 },
	codePages: epsonPages,
	pageBefore: null,
	cut: "partial",
	symbols: ["code128", "pdf417", "qr"],
	status: true,
	automaticStatus: true,
	confirms: "process-id",
	// Unverified of this model: printers of Epson print what they hold after a reload.
	resumes: true,
	// Unverified: of the Epson serial interfaces in the field. DTR goes to the host's CTS in the usual cable.
	line: { baudRate: 38_400, dataBits: 8, parity: "none", stopBits: 1, flow: "rts-cts" },
	// Unverified: far below the 250 mm/s of the data sheet.
	slowestMmPerSecond: 80,
};

/** 80 mm paper at 203 dpi. Epson's list of ESC/POS commands for TM-T20III, and the numbers of its pages. */
export const epsonTmT20iii = escpos(facts);

/** The same printer with the switch or memory switch "42 columns": narrower, for receipts laid out for older models. */
export const epsonTmT20iii42 = escpos({
	...facts,
	id: "epson-tm-t20iii-42",
	title: "Epson TM-T20III, 42 columns",
	// As the TM-T20II in this mode (escpos-printer-db, TM-T20II-42col); unverified of the TM-T20III.
	dots: 546,
	columns: { a: 42, b: 60 },
});

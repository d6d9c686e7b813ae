import { escpos } from "./escpos.ts";
import type { PrinterModel } from "./model.ts";
import { anyPages } from "./pages.ts";

const facts: PrinterModel = {
	id: "generic-80mm",
	title: "ESC/POS printer, 80 mm",
	dpi: 203,
	dots: 576,
	columns: { a: 48, b: 64 },
	codePages: anyPages,
	pageBefore: null,
	cut: "partial",
	symbols: ["code128", "qr"],
	status: true,
	automaticStatus: false,
	confirms: "paper-barrier",
	resumes: false,
	line: { baudRate: 9_600, dataBits: 8, parity: "none", stopBits: 1, flow: "rts-cts" },
	slowestMmPerSecond: 50,
};

/** 80 mm paper at 203 dpi with Epson's number for code page 866; Xprinter, Bixolon and Star keep to it too. */
export const generic80mm = escpos(facts);

/** The same behind a line on which nothing comes back: many network boards of clones, a spooler, a file. */
export const generic80mmOneWay = escpos({
	...facts,
	id: "generic-80mm-one-way",
	title: "ESC/POS printer, 80 mm, that answers nothing",
	status: false,
	confirms: "none",
});

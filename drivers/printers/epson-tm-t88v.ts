import { escpos } from "./escpos.ts";
import { epsonPages } from "./pages.ts";

/**
 * 80 mm paper at 180 dpi: fewer dots and fewer columns than other 80 mm printers. Of Epson's lists of commands.
 */
export const epsonTmT88v = escpos({
	id: "epson-tm-t88v",
	title: "Epson TM-T88V",
	dpi: 180,
	dots: 512,
	columns: { a: 42, b: 56 },
	codePages: epsonPages,
	pageBefore: null,
	cut: "partial",
	symbols: ["code128", "pdf417", "qr"],
	status: true,
	automaticStatus: true,
	// Unverified: GS ( H 48 by Epson's lists.
	confirms: "process-id",
	// Unverified of this model: printers of Epson print what they hold after a reload.
	resumes: true,
	// Unverified: as its DIP switches leave the factory. DTR goes to the host's CTS in the usual cable.
	line: { baudRate: 38_400, dataBits: 8, parity: "none", stopBits: 1, flow: "rts-cts" },
	// Unverified: far below the 300 mm/s of the data sheet.
	slowestMmPerSecond: 80,
});

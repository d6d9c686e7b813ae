import { escpos } from "./escpos.ts";
import { epsonPages } from "./pages.ts";

/**
 * 80 mm paper at 180 dpi (ReceiptPrinterEncoder, epson-tm-t88vi). One of the few that draw Data Matrix; the TM-T88VII
 * is like it.
 */
export const epsonTmT88vi = escpos({
	id: "epson-tm-t88vi",
	title: "Epson TM-T88VI",
	dpi: 180,
	dots: 512,
	columns: { a: 42, b: 56 },
	codePages: epsonPages,
	pageBefore: null,
	cut: "partial",
	// Unverified: Data Matrix, GS ( k with cn 54, by Epson's lists.
	symbols: ["code128", "pdf417", "datamatrix", "qr"],
	status: true,
	automaticStatus: true,
	// Unverified: GS ( H 48 by Epson's lists.
	confirms: "process-id",
	// Unverified of this model: printers of Epson print what they hold after a reload.
	resumes: true,
	// Unverified: of the Epson serial interfaces in the field. DTR goes to the host's CTS in the usual cable.
	line: { baudRate: 38_400, dataBits: 8, parity: "none", stopBits: 1, flow: "rts-cts" },
	// Unverified: far below the 350 mm/s of the data sheet.
	slowestMmPerSecond: 80,
});

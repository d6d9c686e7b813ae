import { escpos } from "./escpos.ts";
import { epsonPages } from "./pages.ts";

/**
 * 80 mm paper at 203 dpi, USB and network. Widths and pages by its technical reference guide (escpos-printer-db,
 * TM-m30III).
 */
export const epsonTmM30iii = escpos({
	id: "epson-tm-m30iii",
	title: "Epson TM-m30III",
	dpi: 203,
	dots: 576,
	columns: { a: 48, b: 57 },
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
	line: null,
	// Unverified: far below the 300 mm/s of the data sheet.
	slowestMmPerSecond: 80,
});

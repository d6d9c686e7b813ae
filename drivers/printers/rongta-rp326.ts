import { escpos } from "./escpos.ts";
import { rongtaPages } from "./pages.ts";

/**
 * 80 mm paper at 203 dpi. Its code pages are numbered otherwise than Epson's: 17, Epson's 866, is Greek here
 * (escpos-printer-db, RP326 and issue 51). MPT-II and Youku 58T have the same numbers.
 */
export const rongtaRp326 = escpos({
	id: "rongta-rp326",
	title: "Rongta RP326",
	dpi: 203,
	dots: 576,
	columns: { a: 48, b: 64 },
	codePages: rongtaPages,
	pageBefore: null,
	cut: "partial",
	// Unverified: PDF417 is left out.
	symbols: ["code128", "qr"],
	// Unverified: that it answers DLE EOT; that it keeps GS a is left out.
	status: true,
	automaticStatus: false,
	// Unverified: whether GS r waits for the paper, or is answered on reading.
	confirms: "paper-barrier",
	resumes: false,
	// Unverified.
	line: { baudRate: 19_200, dataBits: 8, parity: "none", stopBits: 1, flow: "rts-cts" },
	// Unverified.
	slowestMmPerSecond: 50,
});

import { escpos } from "./escpos.ts";

/**
 * Star printers switched to ESC/POS mode, 80 mm paper at 203 dpi. In Star's own mode they speak another language.
 */
export const starEscpos = escpos({
	id: "star-escpos",
	title: "Star in ESC/POS mode",
	dpi: 203,
	dots: 576,
	columns: { a: 48, b: 64 },
	codePages: [{ encoding: "cp866", number: 17 }],
	pageBefore: null,
	cut: "partial",
	// Unverified.
	symbols: ["code128", "pdf417", "qr"],
	// Unverified in this mode, as the next two.
	status: true,
	automaticStatus: true,
	confirms: "paper-barrier",
	resumes: false,
	// Unverified of this mode.
	line: { baudRate: 9_600, dataBits: 8, parity: "none", stopBits: 1, flow: "rts-cts" },
	// Unverified.
	slowestMmPerSecond: 60,
});

import { escpos } from "./escpos.ts";
import { rongtaPages } from "./pages.ts";

/**
 * Dapper-Geyi Q583P, 80 mm paper: of the cutting commands it knows only ESC i (escpos-php issue 296). Its pages are
 * Rongta's.
 */
export const q583p = escpos({
	id: "q583p",
	title: "Q583P",
	dpi: 203,
	dots: 576,
	columns: { a: 48, b: 64 },
	codePages: rongtaPages,
	pageBefore: null,
	cut: "esc-i",
	// Unverified: whether it draws QR codes, so they are pictures.
	symbols: ["code128"],
	// Unverified.
	status: true,
	automaticStatus: false,
	// Unverified: whether GS r waits for the paper, or is answered on reading.
	confirms: "paper-barrier",
	resumes: false,
	// Unverified.
	line: { baudRate: 9_600, dataBits: 8, parity: "none", stopBits: 1, flow: "rts-cts" },
	// Unverified.
	slowestMmPerSecond: 50,
});

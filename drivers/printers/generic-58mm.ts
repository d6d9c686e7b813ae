import { escpos } from "./escpos.ts";
import { anyPages } from "./pages.ts";

/**
 * 58 mm paper at 203 dpi. Most have no blade: the paper is torn off some way above the head. Where one answers nothing,
 * tell so in the settings, or take `pos-5890`.
 */
export const generic58mm = escpos({
	id: "generic-58mm",
	title: "ESC/POS printer, 58 mm",
	dpi: 203,
	dots: 384,
	columns: { a: 32, b: 42 },
	codePages: anyPages,
	pageBefore: null,
	cut: "none",
	// QR codes are pictures: older printers of this kind print the command's bytes as text.
	symbols: ["code128"],
	status: true,
	automaticStatus: false,
	confirms: "paper-barrier",
	resumes: false,
	line: { baudRate: 9_600, dataBits: 8, parity: "none", stopBits: 1, flow: "rts-cts" },
	slowestMmPerSecond: 40,
});

import { escpos } from "./escpos.ts";

/**
 * 80 mm paper at 203 dpi (ReceiptPrinterEncoder, xprinter-xp-t80q; XP-300, XP-T80A and their likes). It wakes up in
 * Chinese mode, so that Cyrillic comes out as Chinese until FS . (ESCPOS-ThermalPrinter-Android issue 185).
 */
export const xprinter = escpos({
	id: "xprinter",
	title: "Xprinter, 80 mm",
	dpi: 203,
	dots: 576,
	columns: { a: 48, b: 64 },
	codePages: [
		{ encoding: "cp866", number: 17 },
		{ encoding: "cp1251", number: 23 },
	],
	// Unverified of this maker: some Chinese firmware obeys only a second ESC t (EscPosEncoder issue 32).
	pageBefore: 0,
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

import { escpos } from "./escpos.ts";
import { zjiangPages } from "./pages.ts";

/**
 * 58 mm paper at 203 dpi: Zjiang ZJ-5890, Netum and many other names. Its guide has no chapter on status (escpos-php
 * issue 43), so nothing proves what is on paper; where one answers after all, tell so in the settings.
 */
export const pos5890 = escpos({
	id: "pos-5890",
	title: "POS-5890, 58 mm",
	dpi: 203,
	dots: 384,
	columns: { a: 32, b: 42 },
	codePages: zjiangPages,
	pageBefore: null,
	cut: "none",
	// QR codes are pictures: older ones print the command's bytes as text.
	symbols: ["code128"],
	status: false,
	automaticStatus: false,
	confirms: "none",
	resumes: false,
	// Unverified.
	line: { baudRate: 9_600, dataBits: 8, parity: "none", stopBits: 1, flow: "rts-cts" },
	// Unverified.
	slowestMmPerSecond: 40,
});

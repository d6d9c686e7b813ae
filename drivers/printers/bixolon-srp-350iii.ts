import { escpos } from "./escpos.ts";

/**
 * 80 mm paper at 180 dpi (ReceiptPrinterEncoder, bixolon-srp350iii). Its page 46 is a second one like 866, which is
 * the number that Epson gives to 1251. Status and automatic status by the pages of the SRP-350.
 */
export const bixolonSrp350iii = escpos({
	id: "bixolon-srp-350iii",
	title: "Bixolon SRP-350III",
	dpi: 180,
	dots: 512,
	columns: { a: 42, b: 56 },
	codePages: [
		{ encoding: "cp866", number: 17 },
		{ encoding: "cp1251", number: 28 },
	],
	pageBefore: null,
	cut: "partial",
	// Unverified.
	symbols: ["code128", "pdf417", "qr"],
	status: true,
	automaticStatus: true,
	// Unverified: whether GS r waits for the paper, or is answered on reading.
	confirms: "paper-barrier",
	resumes: false,
	// Unverified.
	line: { baudRate: 9_600, dataBits: 8, parity: "none", stopBits: 1, flow: "rts-cts" },
	// Unverified: far below the 250 mm/s of the data sheet.
	slowestMmPerSecond: 60,
});

import { escpos } from "./escpos.ts";

/**
 * 80 mm paper at 203 dpi (ReceiptPrinterEncoder, citizen-ct-s310ii). Status by Citizen's tables for CBM1000 and CT-S310.
 */
export const citizenCtS310ii = escpos({
	id: "citizen-ct-s310ii",
	title: "Citizen CT-S310II",
	dpi: 203,
	dots: 576,
	columns: { a: 48, b: 64 },
	// Those above 7 are of the CT-S651 (escpos-printer-db) and unverified of this one.
	codePages: [
		{ encoding: "cp866", number: 7 },
		{ encoding: "cp866", number: 17 },
		{ encoding: "cp1251", number: 46 },
		{ encoding: "cp855", number: 34 },
		{ encoding: "cp1125", number: 44 },
		{ encoding: "rk1048", number: 53 },
	],
	pageBefore: null,
	cut: "partial",
	// Of the CT-S651 (escpos-printer-db); unverified of this one.
	symbols: ["code128", "pdf417", "qr"],
	status: true,
	automaticStatus: true,
	// Unverified: whether GS r waits for the paper, or is answered on reading.
	confirms: "paper-barrier",
	resumes: false,
	// Unverified.
	line: { baudRate: 9_600, dataBits: 8, parity: "none", stopBits: 1, flow: "rts-cts" },
	// Unverified.
	slowestMmPerSecond: 60,
});

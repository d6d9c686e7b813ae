import { escpos } from "./escpos.ts";

/**
 * Sunmi V2 and its likes: a terminal with a printer for 58 mm paper in it, without a blade (escpos-printer-db, Sunmi-V2).
 * It is reached as if over Bluetooth, and nothing comes back that is known of.
 */
export const sunmi = escpos({
	id: "sunmi",
	title: "Sunmi V2",
	// 384 dots on 48 mm; the profile says 170 dpi of the paper's whole width.
	dpi: 203,
	dots: 384,
	columns: { a: 32, b: 42 },
	codePages: [
		{ encoding: "cp866", number: 17 },
		{ encoding: "cp855", number: 34 },
		{ encoding: "cp855", number: 254 },
	],
	pageBefore: null,
	cut: "none",
	// Unverified.
	symbols: ["code128", "qr"],
	// Unverified: whether it could be asked.
	status: false,
	automaticStatus: false,
	confirms: "none",
	resumes: false,
	line: null,
	// Unverified.
	slowestMmPerSecond: 40,
});

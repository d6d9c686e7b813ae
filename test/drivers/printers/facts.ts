import type { PrinterModel } from "../../../drivers/printers/model.ts";
import type { Line } from "../../../src/model/block.ts";

/** A printer of 80 mm that can everything; what is to be otherwise is given. */
export const model = (facts: Partial<PrinterModel> = {}): PrinterModel => ({
	id: "some-printer",
	title: "Some printer",
	dpi: 203,
	dots: 576,
	columns: { a: 48, b: 64 },
	codePages: [{ encoding: "cp866", number: 17 }],
	pageBefore: null,
	cut: "partial",
	symbols: ["code128", "pdf417", "datamatrix", "qr"],
	status: true,
	automaticStatus: false,
	confirms: "process-id",
	resumes: false,
	line: null,
	slowestMmPerSecond: 100,
	...facts,
});

export const line = (text: string, style: Partial<Extract<Line, { kind: "text" }>> = {}): Line => ({
	kind: "text",
	text,
	align: "left",
	bold: false,
	size: 1,
	...style,
});

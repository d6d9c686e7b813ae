import type { PrinterDriver } from "../../src/model/device.ts";
import { type Dialect, encodeBlock } from "./encode.ts";
import { statusInquiry } from "./status.ts";
import { printable } from "./text.ts";

/** The facts of one printer model that speaks ESC/POS. */
type Model = Pick<PrinterDriver, "id" | "title" | "columns" | "dots" | "confirmation"> & Dialect;

/** Gives a model the language. */
export function escpos(model: Model): PrinterDriver {
	const { id, title, columns, dots, confirmation } = model;
	return Object.freeze<PrinterDriver>({
		kind: "printer",
		id,
		title,
		columns,
		dots,
		encode: (block) => encodeBlock(block, model),
		unmapped: (block) =>
			block
				.map((line) => (line.kind === "text" ? printable(line.text).unmapped : 0))
				.reduce((sum, count) => sum + count, 0),
		status: statusInquiry,
		confirmation,
	});
}

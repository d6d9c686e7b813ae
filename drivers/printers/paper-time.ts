import type { Block, Line } from "../../src/model/block.ts";
import { cuts, dataLines } from "./encode.ts";
import type { PrinterModel } from "./model.ts";
import { symbolFor } from "./symbols/symbol.ts";
import { printable } from "./text.ts";

/** The way from head to blade, which GS V feeds, is at most 20 mm. */
const bladeMm = 20;

/** A cut, and a printer that has to wake up and warm its head, ms. Generous: this bounds a wait. */
const [cutMs, wakeMs] = [1_000, 1_000];

/**
 * How long a block takes on paper at the model's slowest, ms: its length by its speed, its cuts, and a start. The
 * time that its bytes need on a slow line is not in it.
 */
export function paperMs(block: Block, model: PrinterModel): number {
	const dots = block.reduce((sum, line) => sum + heightOf(line, model), 0);
	const made = model.cut === "none" ? 0 : block.filter(({ kind }) => kind === "cut").length;
	const mm = (dots / model.dpi) * 25.4 + made * bladeMm;
	return Math.ceil(wakeMs + (mm / model.slowestMmPerSecond) * 1_000 + made * cutMs);
}

/** Dots of paper that a line takes at most. */
function heightOf(line: Line, model: PrinterModel): number {
	// The default line spacing is 1/6 inch; letters of twice the size take at most twice as much.
	const spacing = Math.ceil(model.dpi / 6);
	const { encoding } = model.codePages[0];
	switch (line.kind) {
		case "text": {
			const letters = printable(line.text, encoding).text.length * line.size;
			return spacing * line.size * Math.max(1, Math.ceil(letters / model.columns.a));
		}
		case "symbol":
			return (
				symbolFor(line, model)?.height ?? spacing * dataLines(line.data, model.columns.a, encoding).length
			);
		case "picture":
			return line.picture.height;
		case "feed":
			return spacing * 2 * Math.max(0, line.lines);
		case "cut":
			return spacing * 2 * cuts[model.cut].feed;
	}
}

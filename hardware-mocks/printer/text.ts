import type { Cell, Placed } from "./paper.ts";

/** The lines as printed; double width is not shown, blank lines above and below are left out. */
export function textOf(marks: readonly Placed[]): string {
	return marks.map(lineOf).join("\n").replace(/^\n+/, "").trimEnd();
}

function lineOf(mark: Placed): string {
	switch (mark.kind) {
		case "text":
			return rowOf(mark.cells, false);
		case "qr":
			return `[QR ${Buffer.from(mark.data).toString("utf8")}]`;
		case "barcode":
			return `[Code 128 ${mark.data}]`;
		case "raster":
			return `[picture ${mark.picture.width} x ${mark.picture.height}]`;
		case "blank":
			return "";
	}
}

/** Cells as a row of characters, gaps between them as spaces; `spaced` gives wide letters the room they take. */
export function rowOf(cells: readonly Cell[], spaced: boolean): string {
	let row = "";
	let at = 0;
	for (const { character, left, width, font, timesWide } of cells) {
		row += " ".repeat(Math.max(0, Math.round((left - at) / font.width))) + character;
		if (spaced) row += " ".repeat(timesWide - 1);
		at = left + width;
	}
	return row.trimEnd();
}

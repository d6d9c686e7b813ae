import type { Cell, Placed } from "./paper.ts";

/**
 * The lines as printed; double width is not shown, blank lines above and below are left out. What is not whole on
 * this paper is named without what it would say: nobody can read half a line.
 */
export function textOf(marks: readonly Placed[]): string {
	return marks.map(lineOf).join("\n").replace(/^\n+/, "").trimEnd();
}

const titles = { qr: "QR", pdf417: "PDF417", datamatrix: "DataMatrix" } as const;

function lineOf(mark: Placed): string {
	const { part, height } = mark;
	if (part !== undefined) return `[${part.to - part.from} of ${height} rows of dots: ${mark.kind}]`;
	switch (mark.kind) {
		case "text":
			return rowOf(mark.cells, false);
		case "qr":
		case "pdf417":
		case "datamatrix":
			return `[${titles[mark.kind]} ${Buffer.from(mark.data).toString("utf8")}]`;
		case "barcode":
			return `[${mark.symbology} ${mark.data}]`;
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

import { type Bitmap, isBlack } from "./bitmap.ts";
import type { Edge, Placed } from "./paper.ts";
import type { PrintedReceipt } from "./receipt.ts";
import { rowOf, textOf } from "./text.ts";

/** Modules of white that a reader wants around a QR code. */
const quietZone = 4;

/** The receipt as it looks on paper, for a terminal: a paper edge around, letters of double width spaced. */
export function terminalView({ marks, columns, dots, edge }: PrintedReceipt): string {
	const symbols = marks.map((mark) => ("modules" in mark ? mark.modules.width + 2 * quietZone : 0));
	// A terminal's character is coarser than a printer's dots: a QR code may need wider paper here.
	const margin = Math.ceil(Math.max(0, ...symbols.map((width) => width - columns)) / 2);
	const width = columns + 2 * margin;
	const rows = marks.flatMap((mark) => rowsOf(mark, dots, columns, margin));
	const framed = [...rows, ""].map(
		(row) => `│ ${row}${" ".repeat(Math.max(0, width - displayWidth(row)))} │`,
	);
	return [`┌${"─".repeat(width + 2)}┐`, ...framed, lowerEdge(edge, width + 2)].join("\n");
}

function rowsOf(mark: Placed, dots: number, columns: number, margin: number): string[] {
	const column = (dot: number) => margin + Math.round((dot / dots) * columns);
	if (mark.part !== undefined) return [`${" ".repeat(margin)}${textOf([mark])}`];
	switch (mark.kind) {
		case "text":
			return [" ".repeat(margin) + rowOf(mark.cells, true)];
		case "qr":
		case "pdf417":
		case "datamatrix": {
			const middle = column(mark.left + (mark.modules.width * mark.moduleDots) / 2);
			const left = Math.max(0, middle - Math.floor(mark.modules.width / 2) - quietZone);
			return halfBlocks(mark.modules).map((row) => " ".repeat(left) + row);
		}
		case "barcode":
			return [`${" ".repeat(column(mark.left))}║▌│║ ${mark.data} ║▌│║`];
		case "raster":
			return [`${" ".repeat(column(mark.left))}▒▒ ${mark.picture.width} x ${mark.picture.height} ▒▒`];
		case "blank":
			return [""];
	}
}

/** Two rows of modules a line. White is drawn and black left out: terminals are dark. */
function halfBlocks(modules: Bitmap): string[] {
	const [width, height] = [modules.width + 2 * quietZone, modules.height + 2 * quietZone];
	const isWhite = (x: number, y: number) => !isBlack(modules, x - quietZone, y - quietZone) && y < height;
	return Array.from({ length: Math.ceil(height / 2) }, (_, row) =>
		Array.from({ length: width }, (_, x) => {
			const [upper, lower] = [isWhite(x, row * 2), isWhite(x, row * 2 + 1)];
			return upper && lower ? "█" : upper ? "▀" : lower ? "▄" : " ";
		}).join(""),
	);
}

function lowerEdge(edge: Edge, width: number): string {
	const [left, right] = edge === "torn" ? ["╵", "╵"] : ["└", "┘"];
	const pattern = { cut: "─", partial: "╌", torn: "╲╱", end: "═" }[edge];
	return left + pattern.repeat(width).slice(0, width) + right;
}

/** Columns that a terminal gives to a row: two for each Chinese character. */
function displayWidth(row: string): number {
	return [...row].reduce((sum, character) => sum + (/\p{Script=Han}/u.test(character) ? 2 : 1), 0);
}

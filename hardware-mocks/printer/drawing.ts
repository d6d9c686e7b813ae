import { type Bitmap, blankBitmap, fill, inverted, stamp } from "./bitmap.ts";
import { baseline, glyph } from "./fonts.ts";
import type { Cell, Mark, Piece, Placed } from "./paper.ts";

/** The printable strip of a piece of paper, dot by dot. */
export function drawReceipt({ marks, height }: Piece, dots: number): Bitmap {
	const strip = blankBitmap(dots, height);
	for (const mark of marks) drawMark(strip, mark);
	return strip;
}

function drawMark(strip: Bitmap, mark: Placed): void {
	const { part, top, height } = mark;
	if (part === undefined) drawWhole(strip, mark, top);
	else {
		const whole = blankBitmap(strip.width, height);
		drawWhole(whole, mark, 0);
		const { width } = strip;
		const rows = whole.dots.subarray(part.from * width, part.to * width);
		stamp(strip, { width, height: part.to - part.from, dots: rows }, 0, top + part.from);
	}
}

function drawWhole(strip: Bitmap, mark: Mark, top: number): void {
	if (mark.kind === "text") drawLine(strip, mark.cells, top);
	else if ("modules" in mark) stamp(strip, mark.modules, mark.left, top, mark.moduleDots, mark.moduleHeight);
	else if (mark.kind !== "blank") stamp(strip, mark.picture, mark.left, top);
}

/** Letters of different sizes stand on one line. */
function drawLine(strip: Bitmap, cells: readonly Cell[], top: number): void {
	const above = Math.max(...cells.map(({ font, timesHigh }) => baseline(font) * timesHigh));
	for (const cell of cells) drawCell(strip, cell, top + above - baseline(cell.font) * cell.timesHigh);
}

function drawCell(strip: Bitmap, cell: Cell, top: number): void {
	const { character, font, bold, wide, width, timesWide, timesHigh, underline } = cell;
	const letter = blankBitmap(Math.ceil(width / timesWide), font.height);
	stamp(letter, glyph(character, font, bold, wide), 0, 0);
	if (underline > 0) fill(letter, 0, font.height - underline, letter.width, underline);
	stamp(strip, cell.inverse ? inverted(letter) : letter, cell.left, top, timesWide, timesHigh);
}

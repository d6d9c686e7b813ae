import { createRequire } from "node:module";
import { createCanvas, GlobalFonts } from "@napi-rs/canvas";
import { type Bitmap, blankBitmap, fill } from "./bitmap.ts";

/** A fixed cell of dots and where in it the letters stand. */
export type Font = { readonly name: "A" | "B"; readonly width: number; readonly height: number };

export const fontA: Font = { name: "A", width: 12, height: 24 };
export const fontB: Font = { name: "B", width: 9, height: 17 };

/** Dots from the top of a cell to the line on which letters stand. */
export function baseline(font: Font): number {
	return Math.round(font.height * shape.ascent);
}

/** Proportions of DejaVu Sans Mono, in widths and heights of a character. */
const shape = { emsPerWidth: 0.60205, ascent: 0.7972, ascentEms: 0.92822, heightEms: 1.16408 } as const;

/** How dark a pixel must be drawn to become a black dot, of 255. */
const darkEnough = 80;

const families = { plain: "Receipt", bold: "Receipt Bold" } as const;
const fontFile = createRequire(import.meta.url).resolve;
GlobalFonts.registerFromPath(fontFile("dejavu-fonts-ttf/ttf/DejaVuSansMono.ttf"), families.plain);
GlobalFonts.registerFromPath(fontFile("dejavu-fonts-ttf/ttf/DejaVuSansMono-Bold.ttf"), families.bold);

const drawn = new Map<string, Bitmap>();

/** The dots of a character, exactly one cell large; a wide (Chinese) one fills two cells. */
export function glyph(character: string, font: Font, bold: boolean, wide: boolean): Bitmap {
	const key = `${font.name}${bold}${character}`;
	const known = drawn.get(key) ?? (wide ? emptyBox(font) : drawGlyph(character, font, bold));
	drawn.set(key, known);
	return known;
}

function drawGlyph(character: string, font: Font, bold: boolean): Bitmap {
	const { width, height } = font;
	const canvas = createCanvas(width, height);
	const context = canvas.getContext("2d");
	const size = width / shape.emsPerWidth;
	context.font = `${size}px "${bold ? families.bold : families.plain}"`;
	// The font's own line box is stretched to the cell, so that frames of box drawing characters join.
	context.scale(1, height / (size * shape.heightEms));
	context.fillText(character, 0, size * shape.ascentEms);
	const { data } = context.getImageData(0, 0, width, height);
	const dots = Uint8Array.from({ length: width * height }, (_, at) =>
		(data[at * 4 + 3] ?? 0) >= darkEnough ? 1 : 0,
	);
	return { width, height, dots };
}

/** The printer's Chinese characters are not in the font: a frame stands for each. */
function emptyBox({ width, height }: Font): Bitmap {
	const box = blankBitmap(width * 2, height);
	const [right, bottom] = [box.width - 4, height - 4];
	fill(box, 2, 2, right, 2);
	fill(box, 2, bottom, right, 2);
	fill(box, 2, 2, 2, bottom);
	fill(box, right, 2, 2, bottom);
	return box;
}

import { createRequire } from "node:module";
import { createCanvas, GlobalFonts } from "@napi-rs/canvas";
import { type Bitmap, blankBitmap, fill, isBlack, stamp } from "./bitmap.ts";

/** A fixed cell of dots and where in it the letters stand. */
export type Font = {
	readonly name: "A" | "B";
	readonly width: number;
	readonly height: number;
	/** How dark a pixel must be drawn to become a black dot, of 255. */
	readonly darkEnough: number;
};

export const fontA: Font = { name: "A", width: 12, height: 24, darkEnough: 80 };
export const fontB: Font = { name: "B", width: 9, height: 17, darkEnough: 70 };

/** Dots from the top of a cell to the line on which letters stand. */
export function baseline(font: Font): number {
	return Math.round((font.height * ems.ascent) / ems.height);
}

/**
 * Proportions of DejaVu Sans Mono, in ems. The height is a little more than the font's own, so that the breve of
 * `Й` and the underscore keep inside the cell, and a little less than that of box drawing characters, which join.
 */
const ems = { width: 0.60205, ascent: 0.94, height: 1.2 } as const;

const family = "Receipt";
const fontFile = createRequire(import.meta.url).resolve("dejavu-fonts-ttf/ttf/DejaVuSansMono.ttf");
GlobalFonts.registerFromPath(fontFile, family);

const drawn = new Map<string, Bitmap>();

/** The dots of a character, exactly one cell large; a wide (Chinese) one fills two cells. */
export function glyph(character: string, font: Font, bold: boolean, wide: boolean): Bitmap {
	const key = `${font.name}${bold}${character}`;
	const known = drawn.get(key) ?? drawGlyph(character, font, bold, wide);
	drawn.set(key, known);
	return known;
}

function drawGlyph(character: string, font: Font, bold: boolean, wide: boolean): Bitmap {
	const plain = wide ? emptyBox(font) : drawLetter(character, font);
	if (!bold) return plain;
	return struckTwice(plain);
}

/** As a printer does it: each dot is burnt once more beside itself. A gap of one dot stays, as in `Ё`. */
function struckTwice(plain: Bitmap): Bitmap {
	const bold = blankBitmap(plain.width, plain.height);
	stamp(bold, plain, 0, 0);
	for (let y = 0; y < plain.height; y++)
		for (let x = 0; x < plain.width; x++)
			if (isBlack(plain, x, y) && !isBlack(plain, x + 2, y)) fill(bold, x + 1, y, 1, 1);
	return bold;
}

function drawLetter(character: string, font: Font): Bitmap {
	const { width, height, darkEnough } = font;
	const canvas = createCanvas(width, height);
	const context = canvas.getContext("2d");
	const size = width / ems.width;
	context.font = `${size}px "${family}"`;
	context.scale(1, height / (size * ems.height));
	context.fillText(character, 0, size * ems.ascent);
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

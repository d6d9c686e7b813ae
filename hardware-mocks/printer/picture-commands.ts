import { type Bitmap, bitmapOfBits, blankBitmap, fill, stamp } from "./bitmap.ts";
import { word } from "./commands.ts";
import { type Machine, typeOut } from "./machine.ts";
import { place, preparedPicture } from "./place.ts";
import type { Deed } from "./text-commands.ts";

/** Modes of ESC *: bytes a column, and how many dots of paper a dot is wide and high. */
const columnModes: Readonly<Record<number, { bytes: number; wide: number; high: number }>> = {
	0: { bytes: 1, wide: 2, high: 3 },
	1: { bytes: 1, wide: 1, high: 3 },
	32: { bytes: 3, wide: 2, high: 1 },
	33: { bytes: 3, wide: 1, high: 1 },
};

/** Commands about pictures (Epson ESC/POS). */
export const pictureCommands: Readonly<Record<string, Deed>> = {
	"GS v": (machine, _zero, parameters) => {
		const [mode = 0, low, high] = parameters.subarray(1);
		const bits = bitmapOfBits(parameters.subarray(6), word(low, high));
		place(machine, "GS v 0", preparedPicture(magnified(bits, mode & 1 ? 2 : 1, mode & 2 ? 2 : 1)));
	},
	"ESC *": (machine, mode, parameters) => {
		const kind = columnModes[mode];
		if (kind === undefined) {
			machine.signals.mistake(`ESC * ${mode}: no mode of that number is drawn`);
			return;
		}
		const picture = magnified(columns(parameters.subarray(3), kind.bytes), kind.wide, kind.high);
		const { line, pen } = machine;
		if (line.at + picture.width > pen.areaWidth) machine.signals.mistake("ESC *: wider than the line");
		else {
			line.strips.push({ left: line.at, picture });
			line.at += picture.width;
		}
	},
	"GS ( L": (machine, _m, parameters, bytes) => graphics(machine, parameters, bytes),
	"GS 8": (machine, _letter, parameters, bytes) => graphics(machine, parameters.subarray(5), bytes),
};

/** Functions 112 (store) and 50 (print) of GS ( L and GS 8 L. */
function graphics(machine: Machine, parameters: Uint8Array, bytes: Uint8Array): void {
	const { pen, facts, signals } = machine;
	const [m, fn] = parameters;
	if (!facts.graphics) typeOut(machine, bytes.subarray(2));
	else if (m === 0x30 && fn === 0x70) pen.graphics = stored(machine, parameters.subarray(2));
	else if (m !== 0x30 || (fn !== 0x32 && fn !== 2)) signals.mistake(`GS ( L fn ${fn} is not drawn`);
	else if (pen.graphics === undefined) signals.mistake("GS ( L fn 50: nothing is stored by fn 112");
	else {
		place(machine, "GS ( L", preparedPicture(pen.graphics));
		pen.graphics = undefined;
	}
}

/** `a bx by c xL xH yL yH` and the rows. */
function stored({ signals }: Machine, parameters: Uint8Array): Bitmap | undefined {
	const [a, wide = 1, high = 1, , xLow, xHigh, yLow, yHigh] = parameters;
	const [width, height, rows] = [word(xLow, xHigh), word(yLow, yHigh), parameters.subarray(8)];
	const bytesInRow = Math.ceil(width / 8);
	if (a === 0x30 && wide <= 2 && high <= 2 && rows.length === bytesInRow * height && width > 0)
		return magnified(bitmapOfBits(rows, bytesInRow), Math.max(1, wide), Math.max(1, high));
	signals.mistake(`GS ( L fn 112: ${rows.length} bytes are not a picture of ${width} x ${height} dots`);
	return undefined;
}

/** A bitmap whose bytes run down its columns, bit 7 above. */
function columns(bytes: Uint8Array, bytesInColumn: number): Bitmap {
	const picture = blankBitmap(bytes.length / bytesInColumn, bytesInColumn * 8);
	for (const [at, byte] of bytes.entries())
		for (let bit = 0; bit < 8; bit++)
			if (byte & (0x80 >> bit))
				fill(picture, Math.floor(at / bytesInColumn), (at % bytesInColumn) * 8 + bit, 1, 1);
	return picture;
}

function magnified(bits: Bitmap, wide: number, high: number): Bitmap {
	const large = blankBitmap(bits.width * wide, bits.height * high);
	stamp(large, bits, 0, 0, wide, high);
	return large;
}

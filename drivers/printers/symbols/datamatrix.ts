import { symbolCommand } from "./command.ts";
import { moduleDots } from "./sizes.ts";
import type { PrintedSymbol } from "./symbol.ts";

const cn = 0x36;
const square = 0x30;

/** Codewords that square symbols hold, and how many modules a side of each has (ISO/IEC 16022, table 7). */
const held: readonly number[] = [
	3, 5, 8, 12, 18, 22, 30, 36, 44, 62, 86, 114, 144, 174, 204, 280, 368, 456, 576, 696, 816, 1050, 1304, 1558,
];
const sides: readonly number[] = [
	10, 12, 14, 16, 18, 20, 22, 24, 26, 32, 36, 40, 44, 48, 52, 64, 72, 80, 88, 96, 104, 120, 132, 144,
];

/**
 * The commands that draw a square Data Matrix of the smallest size that holds the data (GS ( k, cn 54, functions 66,
 * 67, 80, 81; newer Epson printers only), or undefined when the data is too long for the paper.
 */
export function dataMatrix(data: string, dots: number): PrintedSymbol | undefined {
	const bytes = new TextEncoder().encode(data);
	const needed = codewords(bytes);
	const modules = sides[held.findIndex((most) => needed <= most)];
	const size = modules === undefined ? undefined : moduleDots("datamatrix", modules, dots);
	if (modules === undefined || size === undefined) return undefined;
	return {
		bytes: Buffer.concat([
			symbolCommand(cn, 66, [square, 0, 0]),
			symbolCommand(cn, 67, [size]),
			symbolCommand(cn, 80, [0x30, ...bytes]),
			symbolCommand(cn, 81, [0x30]),
		]),
		height: modules * size,
	};
}

/** Codewords of the plainest encoding: one for a byte, two above 7Fh. Printers that pack better need fewer. */
function codewords(bytes: Uint8Array): number {
	return bytes.reduce((sum, byte) => sum + (byte > 0x7f ? 2 : 1), 0);
}

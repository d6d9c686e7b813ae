import { expect, test } from "vitest";
import type { Bitmap } from "../../../hardware-mocks/printer/bitmap.ts";
import { bytes, cut, lf, printed } from "./loose.ts";

const rowsOf = ({ width, dots }: Bitmap) =>
	Array.from({ length: dots.length / width }, (_, y) =>
		[...dots.subarray(y * width, (y + 1) * width)].join(""),
	);

function picturesOf(...parts: Parameters<typeof bytes>) {
	const { pieces, mistakes } = printed(bytes(...parts, cut));
	const marks = pieces.flatMap((piece) => piece.marks);
	return {
		mistakes,
		pictures: marks.flatMap((mark) =>
			mark.kind === "raster" ? [{ left: mark.left, rows: rowsOf(mark.picture) }] : [],
		),
	};
}

test("GS v 0 doubles its dots as its mode says", () => {
	const raster = (mode: number) => [0x1d, 0x76, 0x30, mode, 1, 0, 1, 0, 0b10100000];
	expect(picturesOf(raster(0)).pictures[0]?.rows).toEqual(["10100000"]);
	expect(picturesOf(raster(1)).pictures[0]?.rows).toEqual(["1100110000000000"]);
	expect(picturesOf(raster(2)).pictures[0]?.rows).toEqual(["10100000", "10100000"]);
	expect(picturesOf(raster(3)).pictures[0]?.rows).toEqual(["1100110000000000", "1100110000000000"]);
});

/** GS ( L fn 112: 10 dots, two rows of two bytes. */
const store = (wide: number, high: number) => [
	0x30,
	0x70,
	0x30,
	wide,
	high,
	0x31,
	10,
	0,
	2,
	0,
	0x80,
	0x40,
	0x40,
	0,
];
const print = [0x1d, 0x28, 0x4c, 2, 0, 0x30, 0x32];

test("GS ( L stores a picture and prints it once", () => {
	const stored = [0x1d, 0x28, 0x4c, 14, 0, ...store(1, 1)];
	expect(picturesOf(stored).pictures).toEqual([]);
	const { pictures, mistakes } = picturesOf([0x1b, 0x61, 2], stored, print, print);
	expect(pictures).toEqual([{ left: 576 - 16, rows: ["1000000001000000", "0100000000000000"] }]);
	expect(mistakes).toEqual(["GS ( L fn 50: nothing is stored by fn 112"]);
});

test("GS 8 L is the same with a longer length, and doubles", () => {
	const [row] = picturesOf([0x1d, 0x38, 0x4c, 14, 0, 0, 0, ...store(2, 1)], print).pictures;
	expect(row?.rows[0]).toBe("11000000000000000011000000000000");
});

test("GS ( L whose bytes are no picture of its size is a mistake", () => {
	expect(picturesOf([0x1d, 0x28, 0x4c, 13, 0, ...store(1, 1).slice(0, -1)], lf).mistakes).toEqual([
		"GS ( L fn 112: 3 bytes are not a picture of 10 x 2 dots",
	]);
});

test("ESC * in 24 dots stands in its line, bit 7 above, and one strip beside the other", () => {
	const strip = [0x1b, 0x2a, 33, 2, 0, 0x80, 0, 0x01, 0, 0x80, 0];
	const { pictures } = picturesOf([0x1b, 0x33, 24], strip, strip, lf);
	expect(pictures).toHaveLength(1);
	const rows = pictures[0]?.rows ?? [];
	expect(rows).toHaveLength(24);
	expect([rows[0], rows[8], rows[23], rows[1]]).toEqual(["1010", "0101", "1010", "0000"]);
});

test("ESC * in 8 dots is three times as high, and in single density twice as wide", () => {
	const [single] = picturesOf([0x1b, 0x2a, 0, 1, 0, 0xc0], lf).pictures;
	expect(single?.rows.slice(0, 7)).toEqual([...Array(6).fill("11"), "00"]);
	const [double] = picturesOf([0x1b, 0x2a, 1, 1, 0, 0x80], lf).pictures;
	expect(double?.rows.slice(0, 4)).toEqual(["1", "1", "1", "0"]);
});

test("strips with a line spacing of their height leave no white between them, with the usual one they do", () => {
	const strip = bytes([0x1b, 0x2a, 33, 1, 0, 0xff, 0xff, 0xff], lf);
	const tops = (spacing: number[]) =>
		printed(bytes(spacing, strip, strip, cut)).pieces.flatMap(({ marks }) => marks.map(({ top }) => top));
	const [first = 0, second = 0] = tops([0x1b, 0x33, 24]);
	expect(second - first).toBe(24);
	const [upper = 0, lower = 0] = tops([]);
	expect(lower - upper).toBe(30);
});

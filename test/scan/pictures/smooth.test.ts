import { expect, test } from "vitest";
import { doubled } from "../../../src/scan/pictures/doubled.ts";
import type { Grey } from "../../../src/scan/pictures/grey.ts";
import { smoothed } from "../../../src/scan/pictures/smooth.ts";
import { turned } from "../../../src/scan/pictures/turn.ts";

const grey = (width: number, ...pixels: number[]): Grey => ({
	pixels: Uint8Array.from(pixels),
	width,
	height: pixels.length / width,
});

test("smoothing makes a pixel the mean of its square, and leaves the rim", () => {
	const dot = grey(4, 9, 0, 0, 0, 0, 90, 0, 0, 0, 0, 0, 9);
	expect(smoothed(dot)).toEqual(grey(4, 9, 0, 0, 0, 0, 11, 11, 0, 0, 0, 0, 9));
	expect(smoothed(grey(1, 7))).toEqual(grey(1, 7));
});

test("doubling puts means between the pixels", () => {
	expect(doubled(grey(2, 0, 100, 200, 50))).toEqual(
		grey(4, 0, 50, 100, 100, 100, 87, 75, 75, 200, 125, 50, 50, 200, 125, 50, 50),
	);
});

test("turning brings the first column, from below, into the first row", () => {
	const picture = grey(3, 1, 2, 3, 4, 5, 6);
	expect(turned(picture)).toEqual(grey(2, 4, 1, 5, 2, 6, 3));
	expect(turned(turned(turned(turned(picture))))).toEqual(picture);
});

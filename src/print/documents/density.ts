import type { Picture } from "../../model/block.ts";

/** Heights in dots. */
const [barHeight, stepHeight, combHeight, gap] = [16, 40, 24, 8] as const;

/** An ordered dither (Bayer's matrix of 4 by 4): how dark, of 16, a step must be to blacken the dot. */
const thresholds = [
	[0, 8, 2, 10],
	[12, 4, 14, 6],
	[3, 11, 1, 9],
	[15, 7, 13, 5],
] as const;

/** Greys of the steps, of 16. */
const greys = [1, 2, 4, 6, 8, 10, 12, 16] as const;

/** Widths of lines and gaps in dots. */
const combs = [1, 2, 3, 4] as const;

type Ink = (x: number, y: number) => boolean;

/**
 * A picture that shows what a print head can do, as wide as the paper: a black bar (dead dots are white lines in it),
 * steps from light to black, upright lines of 1 to 4 dots, and lying ones; an edge of one dot at either side.
 * Pictures travel in bytes of eight dots: a last one that is wider than the paper is more than some printers bear.
 */
export function density(paperDots: number): Picture {
	const width = paperDots - (paperDots % 8);
	const edge: Ink = (x) => x === 0 || x === width - 1;
	const step: Ink = (x, y) => {
		const grey = greys[Math.trunc((x * greys.length) / width)] ?? 0;
		return (thresholds[y % 4]?.[x % 4] ?? 16) < grey;
	};
	const upright: Ink = (x) => {
		const thick = combs[Math.trunc((x * combs.length) / width)] ?? 1;
		return Math.trunc(x / thick) % 2 === 0;
	};
	const lying: Ink = (x, y) => {
		const thick = combs[Math.trunc((x * combs.length) / width)] ?? 1;
		return Math.trunc(y / thick) % 2 === 0;
	};
	const bands: readonly (readonly [number, Ink])[] = [
		[barHeight, () => true],
		[gap, edge],
		[stepHeight, (x, y) => edge(x, y) || step(x, y)],
		[gap, edge],
		[combHeight, (x, y) => edge(x, y) || upright(x, y)],
		[gap, edge],
		[combHeight, (x, y) => edge(x, y) || lying(x, y)],
		[gap, edge],
	];
	const rows = bands.flatMap(([height, ink]) =>
		Array.from({ length: height }, (_, y) => Array.from({ length: width }, (_, x) => (ink(x, y) ? 1 : 0))),
	);
	return { width, height: rows.length, dots: Uint8Array.from(rows.flat()) };
}

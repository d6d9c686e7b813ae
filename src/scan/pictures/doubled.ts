import type { Grey } from "./grey.ts";

/** Twice as wide and high, the pixels between being means of their neighbours: thin bars get a width to measure. */
export function doubled({ pixels, width, height }: Grey): Grey {
	const [wide, high] = [width * 2, height * 2];
	const out = new Uint8Array(wide * high);
	const row = new Uint8Array(wide);
	for (let y = 0; y < height; y += 1) {
		for (let x = 0; x < width; x += 1) {
			const at = y * width + x;
			const here = pixels[at] ?? 0;
			row[2 * x] = here;
			row[2 * x + 1] = (here + (x + 1 < width ? (pixels[at + 1] ?? 0) : here)) >> 1;
		}
		out.set(row, 2 * y * wide);
	}
	for (let at = wide; at < out.length; at += 2 * wide) {
		for (let x = at; x < at + wide; x += 1) {
			const above = out[x - wide] ?? 0;
			out[x] = (above + (x + wide < out.length ? (out[x + wide] ?? 0) : above)) >> 1;
		}
	}
	return { pixels: out, width: wide, height: high };
}

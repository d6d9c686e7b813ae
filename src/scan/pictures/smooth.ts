import type { Grey } from "./grey.ts";

/** Each pixel the mean of itself and its eight neighbours: noise goes, edges stay. The rim is copied as it is. */
export function smoothed({ pixels, width, height }: Grey): Grey {
	const sums = new Uint16Array(pixels.length);
	for (let at = 1; at < pixels.length - 1; at += 1) {
		sums[at] = (pixels[at - 1] ?? 0) + (pixels[at] ?? 0) + (pixels[at + 1] ?? 0);
	}
	const out = Uint8Array.from(pixels);
	for (let y = 1; y < height - 1; y += 1) {
		for (let at = y * width + 1; at < (y + 1) * width - 1; at += 1) {
			out[at] = ((sums[at - width] ?? 0) + (sums[at] ?? 0) + (sums[at + width] ?? 0)) / 9;
		}
	}
	return { pixels: out, width, height };
}

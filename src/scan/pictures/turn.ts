import type { Grey } from "./grey.ts";

/** Turned clockwise by a quarter. */
export function turned({ pixels, width, height }: Grey): Grey {
	const out = new Uint8Array(pixels.length);
	for (let y = 0, from = 0; y < height; y += 1) {
		for (let at = height - 1 - y; at < out.length; at += height, from += 1) out[at] = pixels[from] ?? 0;
	}
	return { pixels: out, width: height, height: width };
}

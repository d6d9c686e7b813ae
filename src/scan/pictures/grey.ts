import { PictureRefused } from "./refused.ts";

/** One byte a pixel from black to white, the top row first. */
export type Grey = { readonly pixels: Uint8Array; readonly width: number; readonly height: number };

/** ITU-R BT.601's shares of red, green and blue in brightness, in 256ths. */
export function brightness(red: number, green: number, blue: number): number {
	return (red * 77 + green * 150 + blue * 29) >> 8;
}

/** Pixels of three or four bytes each, red first. */
export function greyOfColours(
	{ data, width, height }: { data: Uint8Array | Uint8ClampedArray; width: number; height: number },
	bytesPerPixel: 3 | 4,
): Grey {
	const pixels = new Uint8Array(width * height);
	for (let at = 0, from = 0; at < pixels.length; at += 1, from += bytesPerPixel) {
		pixels[at] = brightness(data[from] ?? 0, data[from + 1] ?? 0, data[from + 2] ?? 0);
	}
	return { pixels, width, height };
}

/**
 * The dimensions that a picture's header claims, checked before anything of its size is made.
 * @throws {PictureRefused} when there are no pixels, or more than `mostPixels`.
 */
export function checkedSize(width: number, height: number, mostPixels: number): void {
	if (!(width > 0 && height > 0)) throw new PictureRefused("unreadable", "the picture has no pixels");
	if (width * height > mostPixels) throw new PictureRefused("too-large", "the picture has too many pixels");
}

export function unreadable(detail: string): PictureRefused {
	return new PictureRefused("unreadable", detail);
}

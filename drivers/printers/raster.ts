import type { Picture } from "../../src/model/block.ts";
import { withoutRealTime } from "./real-time.ts";

/** Cheap printers have small buffers, and lose what comes while a higher or longer band is printed. */
const [mostRows, mostBytes] = [256, 4_096];
const headerBytes = 8;

/** The longest command that a picture is sent in. */
export const longestBandBytes = headerBytes + mostBytes;

/**
 * A picture as raster bit images (Epson ESC/POS GS v 0), the most widely understood of the ways to send one: the
 * bytes in a row in two bytes, the rows in two bytes, then the dots, the left one in bit 7. It goes in bands that
 * print without a gap. Dots beyond `mostDots`, the width of the paper, are left out: some printers take them for
 * commands.
 */
export function raster(picture: Picture, mostDots: number): Uint8Array {
	const width = Math.min(picture.width, mostDots);
	const stride = Math.ceil(width / 8);
	if (stride === 0) return new Uint8Array();
	const rows = Math.min(mostRows, Math.max(1, Math.floor(mostBytes / stride)));
	const bands = Array.from({ length: Math.ceil(picture.height / rows) }, (_, band) => {
		const from = band * rows;
		const height = Math.min(rows, picture.height - from);
		const header = Buffer.of(0x1d, 0x76, 0x30, 0, stride & 0xff, stride >> 8, height & 0xff, height >> 8);
		return Buffer.concat([header, withoutRealTime(packed(picture, { from, height, width, stride }))]);
	});
	return Buffer.concat(bands);
}

function packed(
	{ width: pitch, dots }: Picture,
	band: { from: number; height: number; width: number; stride: number },
): Uint8Array {
	const data = new Uint8Array(band.stride * band.height);
	for (let y = 0; y < band.height; y++)
		for (let x = 0; x < band.width; x++)
			if (dots[(band.from + y) * pitch + x] === 1) {
				const at = y * band.stride + (x >> 3);
				data[at] = (data[at] ?? 0) | (0x80 >> (x & 7));
			}
	return data;
}

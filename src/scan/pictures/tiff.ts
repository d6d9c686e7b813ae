import { bitsAt, evenShades } from "./bits.ts";
import { brightness, checkedSize, type Grey, unreadable } from "./grey.ts";
import { type TiffTags, tag, tiffTags } from "./tiff-tags.ts";

/** Writes what it unpacks from `at` on, and never beyond the end of `to`. */
type Unpack = (strip: Uint8Array, to: Uint8Array, at: number) => void;

/** By the tag Compression. Neither the fax codings (2 to 4) nor LZW nor JPEG inside TIFF is read. */
const unpackers: Readonly<Record<number, Unpack>> = Object.freeze({
	1: (strip, to, at) => to.set(strip.subarray(0, to.length - at), at),
	32773: unpackBits,
});

/** The tag PhotometricInterpretation. */
const whiteIsZero = 0;

type Layout = { width: number; height: number; bits: number; samples: number; rowBytes: number };

/**
 * The first picture of a TIFF in strips: 1, 2, 4 or 8 bits of grey, or 8 bits each of red, green and blue;
 * uncompressed or PackBits.
 * @throws {PictureRefused}
 */
export function greyOfTiff(bytes: Uint8Array, mostPixels: number): Grey {
	const tags = tiffTags(bytes);
	const layout = layoutOf(tags, mostPixels);
	const data = unpacked(bytes, tags, layout);
	const { width, height, bits, samples, rowBytes } = layout;
	const shades = evenShades(bits);
	if (one(tags, tag.photometric, whiteIsZero) === whiteIsZero) shades.reverse();
	const pixels = new Uint8Array(width * height);
	for (let at = 0, y = 0; y < height; y += 1) {
		const row = y * rowBytes;
		for (let x = 0; x < width; x += 1, at += 1) {
			const from = row + x * samples;
			pixels[at] =
				samples >= 3
					? brightness(data[from] ?? 0, data[from + 1] ?? 0, data[from + 2] ?? 0)
					: (shades[bitsAt(data, row, x * samples, bits)] ?? 0);
		}
	}
	return { pixels, width, height };
}

function one(tags: TiffTags, name: number, otherwise: number): number {
	return tags.get(name)?.[0] ?? otherwise;
}

function layoutOf(tags: TiffTags, mostPixels: number): Layout {
	const [width, height] = [one(tags, tag.width, 0), one(tags, tag.height, 0)];
	checkedSize(width, height, mostPixels);
	const [bits, samples] = [one(tags, tag.bits, 1), one(tags, tag.samples, 1)];
	const known = samples === 1 ? [1, 2, 4, 8].includes(bits) : bits === 8 && (samples === 3 || samples === 4);
	if (!known || one(tags, tag.planar, 1) !== 1) throw unreadable("the TIFF's kind of pixels is not read");
	return { width, height, bits, samples, rowBytes: (width * bits * samples + 7) >> 3 };
}

function unpacked(bytes: Uint8Array, tags: TiffTags, { height, rowBytes }: Layout): Uint8Array {
	const unpack = unpackers[one(tags, tag.compression, 1)];
	if (unpack === undefined) throw unreadable("the TIFF's compression is not read");
	const offsets = tags.get(tag.stripOffsets);
	if (offsets === undefined) throw unreadable("the TIFF has no strips");
	const rows = Math.min(one(tags, tag.rowsPerStrip, height), height);
	const lengths = tags.get(tag.stripBytes) ?? [];
	const data = new Uint8Array(rowBytes * height);
	for (const [index, offset] of offsets.entries()) {
		const at = index * rows * rowBytes;
		if (at >= data.length) break;
		const length = lengths[index] ?? bytes.length - offset;
		if (offset + length > bytes.length) throw unreadable("the TIFF's pixels are not whole");
		unpack(bytes.subarray(offset, offset + length), data.subarray(0, at + rows * rowBytes), at);
	}
	return data;
}

/** Packed by runs (TIFF 6.0, section 9): a signed byte, then that many and one more, or one to be repeated. */
function unpackBits(strip: Uint8Array, to: Uint8Array, begin: number): void {
	let at = begin;
	for (let from = 0; from < strip.length && at < to.length; ) {
		const head = strip[from] ?? 0;
		const count = Math.min(head < 128 ? head + 1 : 257 - head, to.length - at);
		if (head < 128) to.set(strip.subarray(from + 1, from + 1 + count), at);
		else if (head > 128) to.fill(strip[from + 1] ?? 0, at, at + count);
		at += head === 128 ? 0 : count;
		from += head < 128 ? head + 2 : head === 128 ? 1 : 2;
	}
}

import { unreadable } from "./grey.ts";
import { PictureRefused } from "./refused.ts";

/** Values of the first directory's tags, by tag. */
export type TiffTags = ReadonlyMap<number, readonly number[]>;

/** The tags that are read here (TIFF 6.0, part 1). */
export const tag = Object.freeze({
	width: 256,
	height: 257,
	bits: 258,
	compression: 259,
	photometric: 262,
	stripOffsets: 273,
	samples: 277,
	rowsPerStrip: 278,
	stripBytes: 279,
	planar: 284,
});

const wanted: ReadonlySet<number> = new Set(Object.values(tag));

/** By type: BYTE, SHORT, LONG. Others are of tags that are not read. */
const bytesOf: Readonly<Record<number, 1 | 2 | 4>> = Object.freeze({ 1: 1, 3: 2, 4: 4 });

/** A picture has a strip for each row at most; nothing longer is believed. */
const mostValues = 65_536;

/** More than there are tags of a still picture. */
const mostEntries = 256;

/**
 * The tags of the first directory of a TIFF, which is the only one that is looked at.
 * @throws {PictureRefused} when a count or an offset points beyond the file.
 */
export function tiffTags(bytes: Uint8Array): TiffTags {
	const order = Buffer.from(bytes.subarray(0, 2)).toString("latin1");
	if (order !== "II" && order !== "MM") throw unreadable("the TIFF does not begin as one");
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const little = order === "II";
	try {
		return directory(view, view.getUint32(4, little), little);
	} catch (error) {
		if (error instanceof PictureRefused) throw error;
		throw unreadable("the TIFF's directory is not whole");
	}
}

function directory(view: DataView, from: number, little: boolean): TiffTags {
	const tags = new Map<number, number[]>();
	const entries = view.getUint16(from, little);
	if (entries > mostEntries) throw unreadable("the TIFF's directory is too long");
	for (let entry = 0; entry < entries; entry += 1) {
		const at = from + 2 + entry * 12;
		const name = view.getUint16(at, little);
		const size = bytesOf[view.getUint16(at + 2, little)];
		const count = view.getUint32(at + 4, little);
		if (!wanted.has(name) || size === undefined) continue;
		if (count > mostValues) throw unreadable("a tag of the TIFF has too many values");
		// Up to four bytes stand in the entry itself.
		const values = size * count <= 4 ? at + 8 : view.getUint32(at + 8, little);
		tags.set(
			name,
			Array.from({ length: count }, (_, index) => valueAt(view, values + index * size, size, little)),
		);
	}
	return tags;
}

function valueAt(view: DataView, at: number, size: 1 | 2 | 4, little: boolean): number {
	if (size === 1) return view.getUint8(at);
	return size === 2 ? view.getUint16(at, little) : view.getUint32(at, little);
}

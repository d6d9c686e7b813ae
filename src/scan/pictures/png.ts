import { inflateSync } from "node:zlib";
import { bitsAt, evenShades } from "./bits.ts";
import { brightness, checkedSize, type Grey, unreadable } from "./grey.ts";
import { unfilter } from "./png-filters.ts";

/** By colour type (PNG specification, third edition, 11.2.1): the samples of a pixel. */
const samplesOf: Readonly<Record<number, number>> = Object.freeze({ 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 });

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

type Header = { width: number; height: number; bits: number; colour: number; samples: number };

/**
 * A PNG without interlace, of any colour type; transparency is not looked at. Checksums are not either: a damaged
 * picture is the code's checksum's business. What the pixels inflate to is bounded by the dimensions.
 * @throws {PictureRefused}
 */
export function greyOfPng(bytes: Uint8Array, mostPixels: number): Grey {
	const { header, palette, data } = partsOf(bytes, mostPixels);
	const { width, height, bits, samples } = header;
	const rowBytes = (width * bits * samples + 7) >> 3;
	const rows = inflated(data, (rowBytes + 1) * height);
	if (!unfilter(rows, rowBytes, height, Math.max(1, (bits * samples) >> 3))) {
		throw unreadable("the PNG has an unknown filter");
	}
	const shade = shadeOf(header, palette, rows);
	const pixels = new Uint8Array(width * height);
	for (let y = 0; y < height; y += 1) {
		const row = y * (rowBytes + 1) + 1;
		for (let x = 0; x < width; x += 1) pixels[y * width + x] = shade(row, x);
	}
	return { pixels, width, height };
}

type Parts = { header: Header; palette: Uint8Array; data: readonly Uint8Array[] };

function partsOf(bytes: Uint8Array, mostPixels: number): Parts {
	if (bytes.length < 33 || signature.some((byte, place) => bytes[place] !== byte)) {
		throw unreadable("the PNG header is not whole");
	}
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const header = headerOf(view, mostPixels);
	let palette = new Uint8Array(0);
	const data: Uint8Array[] = [];
	for (let from = 33; from + 12 <= bytes.length; from += 12 + view.getUint32(from)) {
		const type = Buffer.from(bytes.subarray(from + 4, from + 8)).toString("latin1");
		const chunk = bytes.subarray(from + 8, from + 8 + view.getUint32(from));
		if (type === "PLTE") palette = Uint8Array.from(chunk);
		if (type === "IDAT") data.push(chunk);
		if (type === "IEND") break;
	}
	return { header, palette, data };
}

function headerOf(view: DataView, mostPixels: number): Header {
	const [width, height] = [view.getUint32(16), view.getUint32(20)];
	const [bits, colour, interlace] = [view.getUint8(24), view.getUint8(25), view.getUint8(28)];
	checkedSize(width, height, mostPixels);
	const samples = samplesOf[colour];
	if (samples === undefined || ![1, 2, 4, 8, 16].includes(bits) || (samples > 1 && bits < 8)) {
		throw unreadable("the PNG's kind of pixels is unknown");
	}
	if (interlace !== 0) throw unreadable("an interlaced PNG is not read");
	return { width, height, bits, colour, samples };
}

/** Exactly `length` bytes; a stream that is longer or shorter is refused. */
function inflated(data: readonly Uint8Array[], length: number): Uint8Array {
	try {
		const rows = inflateSync(Buffer.concat(data), { maxOutputLength: length });
		if (rows.length === length) return rows;
	} catch {
		// Told below, without the library's words.
	}
	throw unreadable("the PNG's pixels cannot be unpacked");
}

function shadeOf({ bits, colour, samples }: Header, palette: Uint8Array, rows: Uint8Array) {
	if (colour === 3) {
		return (row: number, x: number) => {
			const from = bitsAt(rows, row, x, Math.min(bits, 8)) * 3;
			return brightness(palette[from] ?? 0, palette[from + 1] ?? 0, palette[from + 2] ?? 0);
		};
	}
	if (bits < 8) {
		const shades = evenShades(bits);
		return (row: number, x: number) => shades[bitsAt(rows, row, x, bits)] ?? 0;
	}
	// Of 16 bits the high byte comes first.
	const sample = bits >> 3;
	if (samples < 3) return (row: number, x: number) => rows[row + x * sample * samples] ?? 0;
	return (row: number, x: number) => {
		const from = row + x * sample * samples;
		return brightness(rows[from] ?? 0, rows[from + sample] ?? 0, rows[from + 2 * sample] ?? 0);
	};
}

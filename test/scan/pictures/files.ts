import type { Grey } from "../../../src/scan/pictures/grey.ts";

/** A BMP as scanners write it: BITMAPINFOHEADER, no compression, a palette for up to 8 bits. */
export function bmpOf(grey: Grey, bits: 1 | 4 | 8 | 24 | 32, topDown = false): Buffer {
	const { width, height } = grey;
	const colours = bits <= 8 ? 1 << bits : 0;
	const rowBytes = Math.ceil((width * bits) / 32) * 4;
	const offset = 54 + colours * 4;
	const file = Buffer.alloc(offset + rowBytes * height);
	file.write("BM");
	file.writeUInt32LE(file.length, 2);
	file.writeUInt32LE(offset, 10);
	file.writeUInt32LE(40, 14);
	file.writeInt32LE(width, 18);
	file.writeInt32LE(topDown ? -height : height, 22);
	file.writeUInt16LE(1, 26);
	file.writeUInt16LE(bits, 28);
	for (let colour = 0; colour < colours; colour += 1) {
		file.fill((colour * 255) / (colours - 1), 54 + colour * 4, 57 + colour * 4);
	}
	for (let y = 0; y < height; y += 1) {
		const row = offset + rowBytes * (topDown ? y : height - 1 - y);
		for (let x = 0; x < width; x += 1) put(file, row, x, bits, grey.pixels[y * width + x] ?? 0);
	}
	return file;
}

/** A TIFF of one strip for every 50 rows. */
export function tiffOf(
	grey: Grey,
	kind: { order: "II" | "MM"; bits: 1 | 8 | 24; whiteIsZero?: boolean; packed?: boolean },
): Buffer {
	const { width, height, pixels } = grey;
	const shown = kind.whiteIsZero ? pixels.map((shade) => 255 - shade) : pixels;
	const strips: Buffer[] = [];
	for (let top = 0; top < height; top += 50) {
		const rows = Math.min(50, height - top);
		const rowBytes = Math.ceil((width * kind.bits) / 8);
		const strip = Buffer.alloc(rowBytes * rows);
		for (let y = 0; y < rows; y += 1) {
			for (let x = 0; x < width; x += 1) {
				put(strip, y * rowBytes, x, kind.bits, shown[(top + y) * width + x] ?? 0);
			}
		}
		strips.push(kind.packed ? packBits(strip) : strip);
	}
	return tiffFile(width, height, kind, strips);
}

function tiffFile(
	width: number,
	height: number,
	kind: Parameters<typeof tiffOf>[1],
	strips: readonly Buffer[],
): Buffer {
	const little = kind.order === "II";
	const [short, long] = [3, 4];
	const count = strips.length;
	const listsAt = 8 + 2 + 9 * 12 + 4;
	const dataAt = listsAt + count * 8;
	const photometric = kind.bits === 24 ? 2 : kind.whiteIsZero ? 0 : 1;
	const entries: readonly (readonly [number, number, number, number])[] = [
		[256, long, 1, width],
		[257, long, 1, height],
		[258, short, 1, kind.bits === 24 ? 8 : kind.bits],
		[259, short, 1, kind.packed ? 32_773 : 1],
		[262, short, 1, photometric],
		[273, long, count, count === 1 ? dataAt : listsAt],
		[277, short, 1, kind.bits === 24 ? 3 : 1],
		[278, short, 1, 50],
		[279, long, count, count === 1 ? (strips[0]?.length ?? 0) : listsAt + count * 4],
	];
	const file = Buffer.alloc(dataAt);
	const { word, long: number } = writers(file, little);
	file.write(kind.order);
	word(42, 2);
	number(8, 4);
	word(entries.length, 8);
	for (const [index, [tag, type, values, value]] of entries.entries()) {
		const at = 10 + index * 12;
		word(tag, at);
		word(type, at + 2);
		number(values, at + 4);
		(type === short ? word : number)(value, at + 8);
	}
	let at = dataAt;
	for (const [index, strip] of strips.entries()) {
		number(at, listsAt + index * 4);
		number(strip.length, listsAt + count * 4 + index * 4);
		at += strip.length;
	}
	return Buffer.concat([file, ...strips]);
}

function writers(file: Buffer, little: boolean) {
	return {
		word: (value: number, at: number) =>
			little ? file.writeUInt16LE(value, at) : file.writeUInt16BE(value, at),
		long: (value: number, at: number) =>
			little ? file.writeUInt32LE(value, at) : file.writeUInt32BE(value, at),
	};
}

/** Runs where a byte repeats, literal bytes one by one elsewhere. */
function packBits(bytes: Buffer): Buffer {
	const out: number[] = [0x80];
	for (let at = 0; at < bytes.length; ) {
		let run = 1;
		while (run < 128 && bytes[at + run] === bytes[at]) run += 1;
		out.push(run === 1 ? 0 : 257 - run, bytes[at] ?? 0);
		at += run;
	}
	return Buffer.from(out);
}

function put(file: Buffer, row: number, x: number, bits: number, shade: number): void {
	if (bits >= 8) {
		file.fill(shade, row + (x * bits) / 8, row + ((x + 1) * bits) / 8);
		return;
	}
	const at = row + ((x * bits) >> 3);
	file[at] = (file[at] ?? 0) | ((shade >> (8 - bits)) << (8 - bits - ((x * bits) & 7)));
}

import { crc32, deflateSync, inflateSync } from "node:zlib";
import type { Picture } from "../../../src/model/block.ts";

const signature = Buffer.from("89504e470d0a1a0a", "hex");

/** A picture of dots as a PNG of one bit a dot (PNG specification, colour type 0): small enough to be kept. */
export function pngOf({ width, height, dots }: Picture): Buffer {
	const rowBytes = Math.ceil(width / 8);
	const rows = Buffer.alloc((rowBytes + 1) * height);
	for (let y = 0; y < height; y++)
		for (let x = 0; x < width; x++) {
			// In a PNG 0 is black; each row has the number of its filter in front.
			const white = dots[y * width + x] === 1 ? 0 : 0x80 >> (x & 7);
			const at = y * (rowBytes + 1) + 1 + (x >> 3);
			rows[at] = (rows[at] ?? 0) | white;
		}
	const header = Buffer.alloc(13);
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	header[8] = 1;
	const data = deflateSync(rows, { level: 9 });
	return Buffer.concat([
		signature,
		chunk("IHDR", header),
		chunk("IDAT", data),
		chunk("IEND", Buffer.alloc(0)),
	]);
}

/** The dots of a PNG that `pngOf` made. How zlib packed them may differ from machine to machine; they may not. */
export function dotsOf(png: Buffer): Picture {
	const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
	const rows = inflateSync(png.subarray(41, 41 + png.readUInt32BE(33)));
	const rowBytes = Math.ceil(width / 8);
	const dots = Uint8Array.from({ length: width * height }, (_, at) => {
		const [x, y] = [at % width, Math.floor(at / width)];
		return ((rows[y * (rowBytes + 1) + 1 + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) === 0 ? 1 : 0;
	});
	return { width, height, dots };
}

function chunk(type: string, data: Buffer): Buffer {
	const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
	const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
	length.writeUInt32BE(data.length);
	check.writeUInt32BE(crc32(body));
	return Buffer.concat([length, body, check]);
}

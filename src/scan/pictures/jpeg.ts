import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import moduleFactory from "@jsquash/jpeg/codec/dec/mozjpeg_dec.js";
import { checkedSize, type Grey, greyOfColours, unreadable } from "./grey.ts";

/** What of Emscripten's module is used here. */
type Mozjpeg = {
	decode(bytes: Uint8Array, turn: boolean): { data: Uint8ClampedArray; width: number; height: number } | null;
};
type Factory = (overrides: { noInitialRun: boolean; wasmBinary: Uint8Array }) => Promise<Mozjpeg>;

/** The module makes one of a picture; Node has none of its own. */
class PlainImageData {
	readonly data: Uint8ClampedArray;
	readonly width: number;
	readonly height: number;

	constructor(data: Uint8ClampedArray, width: number, height: number) {
		this.data = data;
		this.width = width;
		this.height = height;
	}
}

/** Decodes JPEG by mozjpeg, from the package's own file; after a picture that breaks it, it begins anew. */
export async function openJpeg(): Promise<(bytes: Uint8Array, mostPixels: number) => Promise<Grey>> {
	const file = createRequire(import.meta.url).resolve("@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm");
	const wasmBinary = readFileSync(file);
	const begin = () => (moduleFactory as unknown as Factory)({ noInitialRun: true, wasmBinary });
	Object.assign(globalThis, { ImageData: PlainImageData });
	let mozjpeg: Mozjpeg | undefined = await begin();
	return async (bytes, mostPixels) => {
		const { width, height } = sizeOfJpeg(bytes);
		checkedSize(width, height, mostPixels);
		mozjpeg ??= await begin();
		try {
			const picture = mozjpeg.decode(bytes, false);
			if (picture !== null) return greyOfColours(picture, 4);
		} catch {
			mozjpeg = undefined;
		}
		throw unreadable("the JPEG cannot be decoded");
	};
}

/** Markers without a length behind them: TEM, RST0 to RST7, SOI (ITU-T T.81, table B.1). */
const isBare = (marker: number) => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
/** Start of frame; C4, C8 and CC lie between but are others. */
const isFrame = (marker: number) =>
	marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

/**
 * The dimensions in the first start of frame, by walking the markers (ITU-T T.81, annex B).
 * @throws {PictureRefused} when there is none.
 */
function sizeOfJpeg(bytes: Uint8Array): { width: number; height: number } {
	const word = (at: number) => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
	if (word(0) !== 0xffd8) throw unreadable("the JPEG does not begin as one");
	let at = 2;
	while (at + 9 < bytes.length) {
		const marker = bytes[at + 1] ?? 0;
		if (bytes[at] !== 0xff || marker === 0xff || marker === 0) at += 1;
		else if (isBare(marker)) at += 2;
		else if (isFrame(marker)) return { height: word(at + 5), width: word(at + 7) };
		else if (marker === 0xda || marker === 0xd9) break;
		else at += 2 + word(at + 2);
	}
	throw unreadable("the JPEG tells no dimensions");
}

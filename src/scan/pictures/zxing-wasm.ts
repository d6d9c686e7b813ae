import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { prepareZXingModule, type ZXingReaderModule } from "zxing-wasm/reader";
import type { Read } from "../../model/read.ts";
import type { Symbology } from "../../model/scan.ts";
import { symbologyOfAim } from "../aim.ts";
import { doubled } from "./doubled.ts";
import type { Engine } from "./engine.ts";
import type { Grey } from "./grey.ts";
import { smoothed } from "./smooth.ts";

/** Emscripten's part of the module, as far as it is used here. */
type Zxing = ZXingReaderModule & {
	readonly HEAPU8: Uint8Array;
	_malloc(bytes: number): number;
	_free(memory: number): void;
};
type Options = Parameters<ZXingReaderModule["readBarcodesFromPixmap"]>[3];

/** Numbers of zxing-cpp's enumerations, as its low-level call takes them. */
const binarizer = Object.freeze({ localAverage: 0, globalHistogram: 1 });
const asIs = Object.freeze({ eanAddOnSymbol: 0, textMode: 0, characterSet: 0 });

/**
 * What is looked for: cards and what a shop sells. Code 39 and ITF are left out: without a checksum of their own they
 * are seen in stripes that are none.
 */
const formats =
	"Code128,PDF417,MicroPDF417,DataMatrix,QRCode,MicroQRCode,Aztec,EAN13,EAN8,UPCA,UPCE,DataBar,DataBarExp";

const quick: Options = Object.freeze({
	...asIs,
	formats,
	tryHarder: false,
	tryRotate: true,
	tryInvert: false,
	tryDownscale: false,
	tryDenoise: false,
	binarizer: binarizer.localAverage,
	isPure: false,
	downscaleThreshold: 500,
	downscaleFactor: 3,
	minLineCount: 2,
	maxNumberOfSymbols: 1,
	validateOptionalChecksum: true,
	returnErrors: false,
	tryCode39ExtendedMode: false,
});
const hard: Options = Object.freeze({
	...quick,
	tryHarder: true,
	tryInvert: true,
	tryDownscale: true,
});
const quickGlobal: Options = Object.freeze({ ...quick, binarizer: binarizer.globalHistogram });
const hardGlobal: Options = Object.freeze({ ...hard, binarizer: binarizer.globalHistogram });

/** Copies of a picture on which a step may look. */
const looks = Object.freeze({ smoothed, doubled });

type Step = {
	readonly options: Options;
	readonly on?: keyof typeof looks;
	/** Whether it sees all that is to be seen. */
	readonly thorough: boolean;
};

/** In this order: a step that is dear comes after those that find most. */
const steps: readonly Step[] = Object.freeze([
	// Find most codes in a fraction of the time, but not all of several: neither what is tilted nor what is small.
	{ options: quickGlobal, thorough: false },
	{ options: quick, thorough: false },
	{ options: hard, thorough: true },
	{ options: hardGlobal, thorough: true },
	{ options: hard, on: "smoothed", thorough: true },
	{ options: hardGlobal, on: "smoothed", thorough: true },
	{ options: hardGlobal, on: "doubled", thorough: true },
]);

/** zxing-cpp built to wasm, from the package's own file: without `wasmBinary` the package would ask a server for it. */
export async function openZxingWasm(): Promise<Engine> {
	const file = createRequire(import.meta.url).resolve("zxing-wasm/reader/zxing_reader.wasm");
	const wasmBinary = Uint8Array.from(readFileSync(file)).buffer;
	const overrides = { wasmBinary };
	const zxing = (await prepareZXingModule({ overrides, fireImmediately: true })) as Zxing;
	return (grey, most) => chain(zxing, grey, most);
}

/**
 * Step after step until `most` codes are found. When fewer are, the search ends with the first thorough step that
 * leaves any: the later ones are for pictures in which nothing was seen.
 */
function chain(zxing: Zxing, grey: Grey, most: number): readonly Read[] {
	const found = new Map<string, Read>();
	const copies = new Map<keyof typeof looks, Grey>();
	for (const { options, on, thorough } of steps) {
		const copy = on && (copies.get(on) ?? looks[on](grey));
		if (on && copy) copies.set(on, copy);
		const reads = readsIn(zxing, copy ?? grey, { ...options, maxNumberOfSymbols: most });
		for (const read of reads) found.set(keyOf(read), read);
		if (found.size >= most || (thorough && found.size > 0)) break;
	}
	return [...found.values()].slice(0, most);
}

/** Twice the same content of the same kind is one code to a till. */
function keyOf({ symbology, bytes }: Read): string {
	return `${symbology} ${Buffer.from(bytes).toString("latin1")}`;
}

function readsIn(zxing: Zxing, { pixels, width, height }: Grey, options: Options): Read[] {
	const memory = zxing._malloc(pixels.length);
	try {
		zxing.HEAPU8.set(pixels, memory);
		const results = zxing.readBarcodesFromPixmap(memory, width, height, options);
		return Array.from({ length: results.size() }, (_, index) => results.get(index))
			.filter((result) => result !== undefined)
			.filter(({ isValid }) => isValid)
			.map((result) => ({ bytes: Uint8Array.from(result.bytes), symbology: symbologyOf(result) }));
	} finally {
		zxing._free(memory);
	}
}

/** MicroPDF417 comes under the identifier of PDF417. */
function symbologyOf({
	format,
	symbologyIdentifier,
}: {
	format: string;
	symbologyIdentifier: string;
}): Symbology {
	if (format === "MicroPDF417") return "micropdf417";
	return symbologyOfAim(symbologyIdentifier.charAt(1), symbologyIdentifier.charAt(2));
}

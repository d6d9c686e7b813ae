/**
 * Decoding a frame: kassad's decoder, the way to its thread and back included, beside the bare call of zxing-wasm on
 * this thread. `node test/bench/decode.ts 200` runs it alone.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { prepareZXingModule, type ZXingReaderModule } from "zxing-wasm/reader";
import type { Picture } from "../../src/model/read.ts";
import { openDecoder } from "../../src/scan/pictures/decoder.ts";
import type { Grey } from "../../src/scan/pictures/grey.ts";
import * as drawing from "../scan/pictures/drawing.ts";
import { type Row, table } from "./table.ts";

const sizes = [
	{ width: 640, height: 480 },
	{ width: 1280, height: 800 },
] as const;
const scales = { code128: 2, pdf417: 2, datamatrix: 4, qrcode: 4 } as const;
const warmUp = 10;

/** Emscripten's part of the module. */
type Memory = {
	readonly HEAPU8: Uint8Array;
	_malloc(bytes: number): number;
	_free(memory: number): void;
};

/** Everything that helps is on, and it stops at the first code: what a program would do that calls it plainly. */
const options = {
	formats: "Code128,PDF417,DataMatrix,QRCode",
	tryHarder: true,
	tryRotate: true,
	tryInvert: true,
	tryDownscale: true,
	tryDenoise: false,
	binarizer: 0,
	isPure: false,
	downscaleThreshold: 500,
	downscaleFactor: 3,
	minLineCount: 2,
	maxNumberOfSymbols: 1,
	validateOptionalChecksum: false,
	returnErrors: false,
	eanAddOnSymbol: 0,
	textMode: 0,
	characterSet: 0,
	tryCode39ExtendedMode: false,
};

/** Decode time per frame, for four symbologies in two sizes: a symbol upright in light noise, the same every time. */
export async function decodeRows(runs: number): Promise<Row[]> {
	const decoder = openDecoder({
		engine: "zxing-wasm",
		deadlineMs: 10_000,
		mostBytes: 2_000_000,
		mostPixels: 2_000_000,
		mostSymbols: 1,
	});
	const bare = await bareCall();
	const rows: Row[] = [];
	for (const { width, height } of sizes) {
		for (const kind of drawing.kinds) {
			const frame = await frameOf(kind, width, height);
			const { pixels, ...size } = frame;
			const picture: Picture = { form: "grey", bytes: pixels, ...size };
			const row = {
				name: `decode ${kind} ${width}x${height}`,
				kassad: [] as number[],
				bare: [] as number[],
				hasGoal: false,
			};
			for (let run = 0; run < warmUp + runs; run += 1) {
				const own = await timed(() => decoder.decode(picture));
				const least = await timed(async () => bare(frame));
				if (run < warmUp) continue;
				row.kassad.push(own);
				row.bare.push(least);
			}
			rows.push(row);
		}
	}
	await decoder.close();
	return rows;
}

async function frameOf(kind: drawing.Kind, width: number, height: number): Promise<Grey> {
	const symbol = await drawing.greyOf(await drawing.symbolPng(kind, drawing.content, scales[kind]));
	const random = drawing.randomFrom(1);
	return drawing.noise(drawing.framed(symbol, width, height, random), 6, random);
}

/** A run that reads nothing would be fast and mean nothing. */
async function timed(decode: () => Promise<{ readonly length: number }>): Promise<number> {
	const from = performance.now();
	const { length } = await decode();
	if (length !== 1) throw new Error(`read ${length} codes where there is one`);
	return performance.now() - from;
}

async function bareCall(): Promise<(frame: Grey) => { readonly length: number }> {
	const file = createRequire(import.meta.url).resolve("zxing-wasm/reader/zxing_reader.wasm");
	const wasmBinary = Uint8Array.from(readFileSync(file)).buffer;
	const overrides = { wasmBinary };
	const zxing = (await prepareZXingModule({ overrides, fireImmediately: true })) as ZXingReaderModule &
		Memory;
	return ({ pixels, width, height }) => {
		const memory = zxing._malloc(pixels.length);
		try {
			zxing.HEAPU8.set(pixels, memory);
			const results = zxing.readBarcodesFromPixmap(memory, width, height, options);
			return { length: results.size() };
		} finally {
			zxing._free(memory);
		}
	};
}

if (import.meta.main) process.stdout.write(`${table(await decodeRows(Number(process.argv[2] ?? 100)))}\n`);

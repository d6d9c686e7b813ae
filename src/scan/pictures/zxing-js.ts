import {
	BarcodeFormat,
	BinaryBitmap,
	DecodeHintType,
	GlobalHistogramBinarizer,
	HybridBinarizer,
	type LuminanceSource,
	MultiFormatReader,
	type Result,
	RGBLuminanceSource,
} from "@zxing/library";
import type { Read } from "../../model/read.ts";
import type { Symbology } from "../../model/scan.ts";
import type { Engine } from "./engine.ts";
import type { Grey } from "./grey.ts";
import { turned } from "./turn.ts";

/** What is looked for, and what it is. The library tells GS1 of Code 128 only. */
const symbologies: ReadonlyMap<BarcodeFormat, Symbology> = new Map([
	[BarcodeFormat.CODE_128, "code128"],
	[BarcodeFormat.PDF_417, "pdf417"],
	[BarcodeFormat.DATA_MATRIX, "datamatrix"],
	[BarcodeFormat.QR_CODE, "qr"],
	[BarcodeFormat.AZTEC, "aztec"],
	[BarcodeFormat.EAN_13, "ean13"],
	[BarcodeFormat.EAN_8, "ean8"],
	[BarcodeFormat.UPC_A, "ean13"],
]);

const hints = new Map<DecodeHintType, unknown>([
	[DecodeHintType.POSSIBLE_FORMATS, [...symbologies.keys()]],
	[DecodeHintType.TRY_HARDER, true],
	// Bytes of a code come as characters of the same numbers.
	[DecodeHintType.CHARACTER_SET, "ISO-8859-1"],
	[DecodeHintType.ASSUME_GS1, true],
]);

const gs1Prefix = "]C1";

/**
 * `@zxing/library`, the port of ZXing to JavaScript: for machines on which wasm does not run, and as a second opinion.
 * It finds one code in a picture, and less often than the other engine: of Data Matrix next to nothing.
 */
export function openZxingJs(): Engine {
	const reader = new MultiFormatReader();
	reader.setHints(hints);
	return (grey, most) => (most < 1 ? [] : quietly(() => firstOf(reader, grey)));
}

/** Each way to tell black from white; the turned picture is for what stands on its side. */
function firstOf(reader: MultiFormatReader, grey: Grey): Read[] {
	for (const picture of [grey, turned(grey)]) {
		for (const Binarizer of [HybridBinarizer, GlobalHistogramBinarizer]) {
			const read = readWith(reader, new BinaryBitmap(new Binarizer(sourceOf(picture))));
			if (read !== undefined) return [read];
		}
	}
	return [];
}

function readWith(reader: MultiFormatReader, bitmap: BinaryBitmap): Read | undefined {
	try {
		return readOf(reader.decodeWithState(bitmap));
	} catch {
		// It throws when it finds nothing, and some of its readers throw at noise.
		return undefined;
	} finally {
		reader.reset();
	}
}

function sourceOf({ pixels, width, height }: Grey): LuminanceSource {
	const { buffer, byteOffset, length } = pixels;
	return new RGBLuminanceSource(new Uint8ClampedArray(buffer, byteOffset, length), width, height);
}

function readOf(result: Result): Read | undefined {
	const symbology = symbologies.get(result.getBarcodeFormat());
	const text = result.getText();
	if (symbology === undefined || text === "") return undefined;
	if (symbology === "code128" && text.startsWith(gs1Prefix)) {
		return { symbology: "gs1-128", bytes: bytesOf(text.slice(gs1Prefix.length)) };
	}
	return { symbology, bytes: bytesOf(text) };
}

/** The bytes by their characters: what goes by the name ISO-8859-1 in `TextDecoder` is windows-1252. */
const byteOf: ReadonlyMap<string, number> = new Map(
	Array.from({ length: 256 }, (_, byte) => [new TextDecoder("latin1").decode(Uint8Array.of(byte)), byte]),
);

/** Characters beyond these come of an ECI or of Kanji; UTF-8 is what a scanner would send of them. */
function bytesOf(text: string): Uint8Array {
	const bytes = [...text].map((character) => byteOf.get(character));
	const fit = bytes.filter((byte) => byte !== undefined);
	return Uint8Array.from(fit.length === bytes.length ? fit : Buffer.from(text));
}

/** The library warns, with a stack, of every reader that finds nothing. */
function quietly<T>(run: () => T): T {
	const { warn } = console;
	console.warn = () => undefined;
	try {
		return run();
	} finally {
		console.warn = warn;
	}
}

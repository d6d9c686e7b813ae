import bwip from "bwip-js";
import { type Bitmap, blankBitmap, fill } from "./bitmap.ts";
import { code128Words } from "./code128.ts";

export type QrLevel = "L" | "M" | "Q" | "H";

type Options = Readonly<Record<string, string | number | boolean>>;

/** The modules of a QR code of model 2, one dot a module, no quiet zone; undefined when the data does not fit. */
export function qrModules(data: Uint8Array, level: QrLevel): Bitmap | undefined {
	// Without `fixedeclevel` a symbol with room to spare gets a better level than was asked for.
	return matrix("qrcode", data, { eclevel: level, fixedeclevel: true });
}

/**
 * The modules of a PDF417, one dot a module and a row; undefined when the data does not fit.
 * @param columns 0 for any number, as `rows`.
 * @param level of error correction, 0 to 8, or undefined for what suits the data.
 */
export function pdf417Modules(
	data: Uint8Array,
	columns: number,
	rows: number,
	level: number | undefined,
	truncated: boolean,
): Bitmap | undefined {
	return matrix(truncated ? "pdf417compact" : "pdf417", data, {
		rowmult: 1,
		...(columns > 0 && { columns }),
		...(rows > 0 && { rows }),
		...(level !== undefined && { eclevel: level }),
	});
}

/** The modules of a Data Matrix (ECC 200); undefined when the data does not fit. Without `size` the data decide it. */
export function dataMatrixModules(
	data: Uint8Array,
	shape: "square" | "rectangle",
	size: { readonly rows: number; readonly columns: number } | undefined,
): Bitmap | undefined {
	return matrix("datamatrix", data, {
		format: shape,
		...(size !== undefined && { version: `${size.rows}x${size.columns}` }),
	});
}

/** Bars of one row, one dot a module, and what they say. */
export type Bars = { readonly bars: Bitmap; readonly text: string };

/** The bars of GS k 73; undefined when the data is not as that command wants it. */
export function code128Bars(data: Uint8Array): Bars | undefined {
	const words = code128Words(data);
	if (words === undefined) return undefined;
	const coded = words.values.map((value) => `^${String(value).padStart(3, "0")}`).join("");
	const symbol = linearBars("code128", coded, { raw: true });
	return symbol && { bars: symbol.bars, text: words.text };
}

/**
 * The bars of another barcode; undefined when the data is none of its kind.
 * @param kind as bwip-js calls it.
 */
export function linearBars(kind: string, text: string, options: Options = {}): Bars | undefined {
	const symbol = rawSymbol(kind, text, options);
	return symbol !== undefined && "sbs" in symbol ? { bars: barsOf(symbol.sbs), text } : undefined;
}

function matrix(kind: string, data: Uint8Array, options: Options): Bitmap | undefined {
	// One character a byte: the bytes reach the symbol as they are.
	const text = Buffer.from(data).toString("latin1");
	const symbol = rawSymbol(kind, text, { ...options, binarytext: true });
	if (symbol === undefined || !("pixs" in symbol)) return undefined;
	return { width: symbol.pixx, height: symbol.pixy, dots: Uint8Array.from(symbol.pixs) };
}

/** Bars and gaps in turn, by their widths in modules. */
function barsOf(widths: readonly number[]): Bitmap {
	const bars = blankBitmap(
		widths.reduce((sum, width) => sum + width, 0),
		1,
	);
	let x = 0;
	widths.forEach((width, at) => {
		if (at % 2 === 0) fill(bars, x, 0, width, 1);
		x += width;
	});
	return bars;
}

/** bwip-js throws for whatever it cannot draw; a printer prints nothing then. */
function rawSymbol(kind: string, text: string, options: Options) {
	try {
		return bwip.raw(kind, text, options)[0];
	} catch {
		return undefined;
	}
}

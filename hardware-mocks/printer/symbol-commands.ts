import { type Bitmap, bitmapOfBits, blankBitmap, stamp } from "./bitmap.ts";
import { word } from "./commands.ts";
import { fontA, glyph } from "./fonts.ts";
import { atLineStart, type Machine } from "./machine.ts";
import type { Mark } from "./paper.ts";
import { aligned, type Pen } from "./pen.ts";
import { code128Bars, type QrLevel, qrModules } from "./symbols.ts";
import type { Deed } from "./text-commands.ts";

const levels: Readonly<Record<number, QrLevel>> = { 48: "L", 49: "M", 50: "Q", 51: "H" };
const code128 = 0x49;

/** Commands about QR codes, barcodes and pictures (Epson ESC/POS). */
export const symbolCommands: Readonly<Record<string, Deed>> = {
	"GS ( k": (machine, symbology, parameters) => {
		const deed = symbology === 0x31 ? qrFunctions[parameters[1] ?? 0] : undefined;
		if (deed !== undefined) deed(machine, parameters[2] ?? 0, parameters.subarray(3));
		else machine.signals.mistake(`GS ( k ${symbology} ${parameters[1]}: only QR codes (cn 49) are drawn`);
	},
	"GS h": ({ pen }, n) => {
		pen.barcode.height = Math.max(1, n);
	},
	"GS w": ({ pen, signals }, n) => {
		if (n >= 2 && n <= 6) pen.barcode.moduleDots = n;
		else signals.mistake(`GS w ${n}: a module is 2 to 6 dots`);
	},
	"GS H": ({ pen }, n) => {
		pen.barcode.textAbove = (n & 1) === 1;
		pen.barcode.textBelow = (n & 2) === 2;
	},
	"GS f": () => undefined,
	"GS k": (machine, kind, parameters) => {
		if (kind === code128)
			place(machine, "GS k", preparedBarcode(parameters.subarray(2), machine.pen.barcode));
		else machine.signals.mistake(`GS k ${kind}: only Code 128 (73) is drawn`);
	},
	"GS v": (machine, _zero, parameters) => place(machine, "GS v 0", preparedRaster(parameters)),
};

type QrDeed = (machine: Machine, n: number, data: Uint8Array) => void;

/** Functions 165 to 181 of the manual are 65 to 81 on the wire. */
const qrFunctions: Readonly<Record<number, QrDeed>> = {
	65: ({ pen }, n) => {
		pen.qr.model = n - 0x30;
	},
	67: ({ pen, signals }, n) => {
		if (n >= 1 && n <= 16) pen.qr.moduleDots = n;
		else signals.mistake(`GS ( k fn 67: ${n} dots a module, 1 to 16 are possible`);
	},
	69: ({ pen, signals }, n) => {
		const level = levels[n];
		if (level === undefined) signals.mistake(`GS ( k fn 69: ${n} is no level of correction`);
		else pen.qr.level = level;
	},
	80: ({ pen }, _n, data) => {
		pen.qr.data = data;
	},
	81: (machine) => place(machine, "GS ( k fn 81", preparedQr(machine.pen.qr)),
};

/** A symbol before it has its place, or why there is none. */
type Prepared = { readonly width: number; readonly height: number; at(left: number): Mark } | string;

function place(machine: Machine, command: string, prepared: Prepared): void {
	const { pen, signals, paper } = machine;
	if (typeof prepared === "string") signals.mistake(`${command}: ${prepared}`);
	else if (prepared.width > pen.areaWidth)
		signals.mistake(`${command}: ${prepared.width} dots are wider than the line`);
	else if (atLineStart(machine, command))
		paper.place(prepared.at(aligned(pen, prepared.width)), prepared.height);
}

function preparedQr({ model, data, level, moduleDots }: Pen["qr"]): Prepared {
	if (model !== 2) return `model ${model} is not drawn, set model 2 by fn 65`;
	if (data === undefined) return "no data is stored by fn 80";
	const modules = qrModules(data, level);
	if (modules === undefined) return `no symbol holds ${data.length} bytes at level ${level}`;
	const size = modules.width * moduleDots;
	return { width: size, height: size, at: (left) => ({ kind: "qr", data, left, modules, moduleDots }) };
}

function preparedBarcode(data: Uint8Array, look: Pen["barcode"]): Prepared {
	const symbol = code128Bars(data);
	if (symbol === undefined) return "the data is not Code 128 with {A, {B or {C in front";
	const { bars, text } = symbol;
	const picture = barcodePicture(bars, text, look);
	const { width, height } = picture;
	return { width, height, at: (left) => ({ kind: "barcode", data: text, left, picture }) };
}

function preparedRaster(parameters: Uint8Array): Prepared {
	const [mode = 0, low, high] = parameters.subarray(1);
	const bits = bitmapOfBits(parameters.subarray(6), word(low, high));
	const picture = magnified(bits, mode & 1 ? 2 : 1, mode & 2 ? 2 : 1);
	const { width, height } = picture;
	return { width, height, at: (left) => ({ kind: "raster", left, picture }) };
}

/** Bars, and the data in letters above or below them as GS H asks. */
function barcodePicture(bars: Bitmap, text: string, look: Pen["barcode"]): Bitmap {
	const letters = fontA.height;
	const above = look.textAbove ? letters : 0;
	const height = above + look.height + (look.textBelow ? letters : 0);
	const picture = blankBitmap(bars.width * look.moduleDots, height);
	stamp(picture, bars, 0, above, look.moduleDots, look.height);
	const left = Math.floor((picture.width - text.length * fontA.width) / 2);
	for (const top of [...(look.textAbove ? [0] : []), ...(look.textBelow ? [height - letters] : [])])
		[...text].forEach((letter, at) => {
			stamp(picture, glyph(letter, fontA, false, false), left + at * fontA.width, top);
		});
	return picture;
}

function magnified(bits: Bitmap, wide: number, high: number): Bitmap {
	const large = blankBitmap(bits.width * wide, bits.height * high);
	stamp(large, bits, 0, 0, wide, high);
	return large;
}

import { type Bitmap, blankBitmap, stamp } from "./bitmap.ts";
import { fontA, fontB, glyph } from "./fonts.ts";
import { typeOut } from "./machine.ts";
import type { Pen } from "./pen.ts";
import { type Prepared, place } from "./place.ts";
import { type Bars, code128Bars, linearBars } from "./symbols.ts";
import type { Deed } from "./text-commands.ts";

/** Barcodes by their number in form B of GS k; form A has the first seven, numbered from 0. */
type Kind = { readonly title: string; bars(data: Uint8Array): Bars | undefined };

const text = (data: Uint8Array) => Buffer.from(data).toString("latin1");
const linear = (title: string, kind: string, options = {}): Kind => ({
	title,
	bars: (data) => linearBars(kind, text(data), options),
});

const kinds: Readonly<Record<number, Kind>> = {
	65: linear("UPC-A", "upca"),
	66: linear("UPC-E", "upce"),
	67: linear("EAN-13", "ean13"),
	68: linear("EAN-8", "ean8"),
	69: linear("Code 39", "code39"),
	70: linear("ITF", "interleaved2of5"),
	71: linear("Codabar", "rationalizedCodabar"),
	72: linear("Code 93", "code93"),
	73: { title: "Code 128", bars: code128Bars },
	79: linear("Code 128", "code128"),
};

/** Commands about barcodes (Epson ESC/POS). */
export const barCommands: Readonly<Record<string, Deed>> = {
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
	"GS f": ({ pen }, n) => {
		pen.barcode.font = n === 1 || n === 0x31 ? fontB : fontA;
	},
	"GS k": (machine, m, parameters, bytes) => {
		const isFormA = m <= 6;
		const kind = kinds[isFormA ? m + 65 : m];
		const data = isFormA ? parameters.subarray(1, -1) : parameters.subarray(2);
		if (!machine.facts.symbols.includes("barcodes")) typeOut(machine, bytes.subarray(2));
		else if (kind === undefined) machine.signals.mistake(`GS k ${m}: no barcode of that number is drawn`);
		else place(machine, "GS k", preparedBarcode(kind, data, machine.pen.barcode));
	},
};

function preparedBarcode({ title, bars: draw }: Kind, data: Uint8Array, look: Pen["barcode"]): Prepared {
	const symbol = draw(data);
	if (symbol === undefined)
		return title === "Code 128"
			? "the data is not Code 128 with {A, {B or {C in front"
			: `the data is not ${title}`;
	const picture = barcodePicture(symbol.bars, symbol.text, look);
	const { width, height } = picture;
	return {
		width,
		height,
		at: (left) => ({ kind: "barcode", symbology: title, data: symbol.text, left, picture }),
	};
}

/** Bars, and the data in letters above or below them as GS H asks. */
function barcodePicture(bars: Bitmap, text: string, look: Pen["barcode"]): Bitmap {
	const { font, moduleDots, height: barHeight, textAbove, textBelow } = look;
	const above = textAbove ? font.height : 0;
	const height = above + barHeight + (textBelow ? font.height : 0);
	const picture = blankBitmap(bars.width * moduleDots, height);
	stamp(picture, bars, 0, above, moduleDots, barHeight);
	const left = Math.floor((picture.width - text.length * font.width) / 2);
	for (const top of [...(textAbove ? [0] : []), ...(textBelow ? [height - font.height] : [])])
		[...text].forEach((letter, at) => {
			stamp(picture, glyph(letter, font, false, false), left + at * font.width, top);
		});
	return picture;
}

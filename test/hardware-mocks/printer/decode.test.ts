import { beforeAll, expect, test } from "vitest";
import type { Placed } from "../../../hardware-mocks/printer/paper.ts";
import { receiptOf } from "../../../hardware-mocks/printer/receipt.ts";
import type { Engine } from "../../../src/scan/pictures/engine.ts";
import type { Grey } from "../../../src/scan/pictures/grey.ts";
import { openZxingJs } from "../../../src/scan/pictures/zxing-js.ts";
import { openZxingWasm } from "../../../src/scan/pictures/zxing-wasm.ts";
import { greyOf } from "../../scan/pictures/drawing.ts";
import { bytes, cut, lf, printed } from "./loose.ts";
import { commands } from "./sample.ts";

const engines: Record<string, Engine> = {};
beforeAll(async () => {
	Object.assign(engines, { "zxing-wasm": await openZxingWasm(), "zxing-js": openZxingJs() });
});

const card = "7712345678901234A1G97N967";
const link = "https://ex.test/чек?a=1";
const gsK = (...parameters: number[]) => [
	0x1d,
	0x28,
	0x6b,
	parameters.length & 0xff,
	parameters.length >> 8,
	...parameters,
];
const store = (cn: number, data: string) => gsK(cn, 0x50, 0x30, ...Buffer.from(data));
const ask = (cn: number) => gsK(cn, 0x51, 0x30);
const bars = (data: string | number[]) => [...Buffer.from(data as string)];
const code128 = (data: number[], width = 2) => [
	...[0x1d, 0x77, width, 0x1d, 0x68, 80, 0x1d, 0x48, 2],
	...[0x1d, 0x6b, 0x49, data.length, ...data],
];

/** Symbols as a till may ask for them, what they say, and the width of the paper. */
const symbols: readonly (readonly [string, number, number[] | Uint8Array, string])[] = [
	["a QR code", 384, commands.qr(link, 4, "M"), link],
	["a QR code of level H", 576, commands.qr(card, 6, "H"), card],
	["a Code 128 in set B", 576, code128([0x7b, 0x42, ...bars("K-123456")]), "K-123456"],
	[
		"a Code 128 in sets B and C",
		384,
		code128([0x7b, 0x42, ...bars("K-"), 0x7b, 0x43, 12, 34, 56]),
		"K-123456",
	],
	["a Code 128 of a whole card", 576, code128([0x7b, 0x42, ...bars(card.slice(0, 20))]), card.slice(0, 20)],
	["a Code 128 that sets itself", 576, [0x1d, 0x77, 2, 0x1d, 0x6b, 79, 8, ...bars("K-123456")], "K-123456"],
	["a PDF417 as the printer likes it", 576, [...store(0x30, card), ...ask(0x30)], card],
	[
		"a PDF417 of four columns and level 3",
		576,
		[
			...gsK(0x30, 0x41, 4),
			...gsK(0x30, 0x43, 3),
			...gsK(0x30, 0x45, 0x30, 0x33),
			...store(0x30, card),
			...ask(0x30),
		],
		card,
	],
	[
		"a PDF417 on narrow paper",
		384,
		[...gsK(0x30, 0x43, 2), ...store(0x30, card.repeat(3)), ...ask(0x30)],
		card.repeat(3),
	],
	["a Data Matrix", 576, [...gsK(0x36, 0x43, 4), ...store(0x36, card), ...ask(0x36)], card],
	[
		"a Data Matrix that is a rectangle",
		576,
		[...gsK(0x36, 0x42, 0x31, 0, 0), ...gsK(0x36, 0x43, 5), ...store(0x36, "K-123456"), ...ask(0x36)],
		"K-123456",
	],
	["an EAN-13", 576, [0x1d, 0x6b, 2, ...bars("4600000000015"), 0], "4600000000015"],
	["an EAN-13 of form B", 576, [0x1d, 0x6b, 67, 12, ...bars("460000000001")], "4600000000015"],
	["an EAN-8", 576, [0x1d, 0x6b, 3, ...bars("46000002"), 0], "46000002"],
];

/** White and table around the print in a picture, dots. */
const margin = 72;
const tableAbove = 40;

/** The part of a picture in which the symbol stands, with white around as readers want it. */
function around(grey: Grey, { top, height }: Placed): Grey {
	const quiet = 20;
	const [first, rows] = [tableAbove + top - quiet, height + 2 * quiet];
	const [left, width] = [margin - quiet, grey.width - 2 * (margin - quiet)];
	const pixels = Uint8Array.from(
		{ length: rows * width },
		(_, at) => grey.pixels[(first + Math.floor(at / width)) * grey.width + left + (at % width)] ?? 255,
	);
	return { pixels, width, height: rows };
}

const cases = symbols.flatMap(([what, dots, command, says]) =>
	["zxing-wasm", "zxing-js"].map((engine) => ({ what, dots, command, says, engine })),
);

test.each(cases)(
	"$what on $dots dots is read from its picture by $engine",
	async ({ dots, command, says, engine }) => {
		const sent = bytes([0x1b, 0x40, 0x1b, 0x61, 1], "Above\n\n", command, lf, lf, "Below\n", cut);
		const { pieces, mistakes } = printed(sent, { dots });
		expect(mistakes).toEqual([]);
		const [receipt] = pieces.map((piece) => receiptOf(piece, sent, { at: 0, dots, columns: 48 }));
		const symbol = receipt?.marks.find(({ kind }) => kind !== "text" && kind !== "blank");
		if (receipt === undefined || symbol === undefined) throw new RangeError("nothing came out");
		const whole = await greyOf(receipt.png);
		// The second reader looks for a symbol in the middle of a picture only.
		const seen = engine === "zxing-js" ? around(whole, symbol) : whole;
		const read = engines[engine]?.(seen, 1).map(({ bytes }) => Buffer.from(bytes).toString("utf8"));
		expect(read).toEqual([says]);
	},
);

test("other barcodes have the text of their data, and wrong data is a mistake", () => {
	const forms = [
		["UPC-A", 0, "01234567890"],
		["UPC-E", 1, "0123456"],
		["Code 39", 4, "ABC-1"],
		["ITF", 5, "123456"],
		["Codabar", 6, "A123A"],
	] as const;
	for (const [title, form, data] of forms) {
		const { texts, mistakes } = printed(bytes([0x1d, 0x6b, form], data, [0], lf, cut));
		expect([texts, mistakes]).toEqual([[`[${title} ${data}]`], []]);
	}
	expect(printed(bytes([0x1d, 0x6b, 72, 3], "ABC", lf, cut)).texts).toEqual(["[Code 93 ABC]"]);
	expect(printed(bytes([0x1d, 0x6b, 2], "12AB", [0], lf, cut)).mistakes).toEqual([
		"GS k: the data is not EAN-13",
	]);
	expect(printed(bytes([0x1d, 0x6b, 74, 2], "AB", lf, cut)).mistakes).toHaveLength(1);
});

test("a symbol keeps its modules and rows as they were asked for", () => {
	const settings = [
		...gsK(0x30, 0x41, 3),
		...gsK(0x30, 0x42, 12),
		...gsK(0x30, 0x43, 2),
		...gsK(0x30, 0x44, 4),
	];
	const { pieces } = printed(bytes(settings, store(0x30, "abc"), ask(0x30), cut));
	const [mark] = pieces[0]?.marks ?? [];
	// 17 modules for each of three columns and the four of the frame, and one; twelve rows of 2 x 4 dots.
	expect(mark).toMatchObject({
		kind: "pdf417",
		modules: { width: 120, height: 12 },
		moduleDots: 2,
		moduleHeight: 8,
	});
	expect(mark?.height).toBe(96);
});

test("what no symbol holds, and settings that are none, are mistakes", () => {
	expect(printed(bytes(ask(0x30), lf, cut)).mistakes).toEqual([
		"GS ( k cn 48 fn 81: no data is stored by fn 80",
	]);
	expect(printed(bytes(ask(0x36), lf, cut)).mistakes).toEqual([
		"GS ( k cn 54 fn 81: no data is stored by fn 80",
	]);
	const tooMuch = bytes(gsK(0x36, 0x42, 0x30, 10, 10), store(0x36, card), ask(0x36), cut);
	expect(printed(tooMuch).mistakes).toEqual([`GS ( k cn 54 fn 81: no symbol holds ${card.length} bytes so`]);
	for (const wrong of [
		gsK(0x30, 0x41, 31),
		gsK(0x30, 0x43, 9),
		gsK(0x36, 0x43, 1),
		gsK(0x36, 0x42, 0x32, 0, 0),
	])
		expect(printed(bytes(wrong, cut)).mistakes).toHaveLength(1);
	expect(printed(bytes(gsK(0x35, 0x51, 0x30), cut)).mistakes).toHaveLength(1);
});

import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { drawn } from "../../../../drivers/printers/symbols/drawn.ts";
import type { Picture, SymbolKind } from "../../../../src/model/block.ts";
import type { Engine } from "../../../../src/scan/pictures/engine.ts";
import { openZxingWasm } from "../../../../src/scan/pictures/zxing-wasm.ts";

let engine: Engine;
beforeAll(async () => {
	engine = await openZxingWasm();
});

const kinds: readonly SymbolKind[] = ["code128", "pdf417", "datamatrix", "qr"];

/** The picture in the middle of white paper, and what a scanner reads of it. */
function read(picture: Picture, dots: number): string[] {
	const [width, height] = [dots, picture.height + 100];
	const left = Math.floor((dots - picture.width) / 2);
	const pixels = new Uint8Array(width * height).fill(255);
	for (let y = 0; y < picture.height; y++)
		for (let x = 0; x < picture.width; x++)
			if (picture.dots[y * picture.width + x] === 1) pixels[(y + 50) * width + left + x] = 0;
	return engine({ pixels, width, height }, 1).map(({ bytes }) => Buffer.from(bytes).toString("utf8"));
}

test.each(kinds.flatMap((kind) => [384, 512, 576].map((dots) => ({ kind, dots }))))(
	"a $kind on $dots dots is read as what was drawn",
	({ kind, dots }) => {
		const data = kind === "code128" ? "K-12345678" : "Чек №7: 1234,56 ^FNC1 {A} \x1d 42";
		const picture = drawn(kind, data, dots);
		expect(picture?.width).toBeLessThanOrEqual(dots);
		expect(picture && read(picture, dots)).toEqual([data]);
	},
);

test("control characters are in the symbol", () => {
	const picture = drawn("code128", "A\x1d\x10\x04B", 576);
	expect(picture && read(picture, 576)).toEqual(["A\x1d\x10\x04B"]);
});

test("the quiet zone above and below is white, and at the sides there is room for it", () => {
	const picture = drawn("qr", "1", 384);
	// 21 modules of 6 dots, and 4 of quiet zone above and below.
	expect([picture?.width, picture?.height]).toEqual([126, 174]);
	expect(picture?.dots.subarray(0, 126 * 24).every((dot) => dot === 0)).toBe(true);
	expect(picture?.dots[126 * 24]).toBe(1);
});

test("each row of a PDF417 is three modules high, down to the last", () => {
	const picture = drawn("pdf417", "770000000000000A4B8UT072", 576);
	if (picture === undefined) throw new TypeError("it fits");
	const rows = Array.from({ length: picture.height }, (_, y) =>
		picture.dots.subarray(y * picture.width, (y + 1) * picture.width).join(""),
	);
	const inked = rows.filter((row) => row.includes("1"));
	// Modules of 3 dots; a quiet zone of 2 modules above and below.
	expect(inked.length).toBe(picture.height - 12);
	expect(inked.length % 9).toBe(0);
	inked.forEach((row, at) => {
		expect(row).toBe(inked[at - (at % 9)]);
	});
});

test("a PDF417 has the columns of its layout", () => {
	// 60 bytes are 53 codewords and the mode, with level 3 and the count 70 in all: 4 columns of 17 modules and 69.
	const [wide, narrow] = [576, 384].map((dots) => drawn("pdf417", "x".repeat(60), dots));
	expect(wide?.width).toBe((69 + 4 * 17) * 3);
	expect(narrow?.width).toBe((69 + 3 * 17) * 3);
});

test("a picture is black from the first row under its quiet zone down to its last row above the other", () => {
	const quiet = { code128: 0, pdf417: 2 * 3, datamatrix: 2 * 6, qr: 4 * 6 } as const;
	for (const kind of kinds) {
		const picture = drawn(kind, "12345678", 576);
		if (picture === undefined) throw new RangeError(kind);
		const isBlack = (y: number) =>
			picture.dots.subarray(y * picture.width, (y + 1) * picture.width).includes(1);
		const rows = Array.from({ length: picture.height }, (_, y) => y).filter(isBlack);
		expect([rows[0], rows.at(-1), rows.length]).toEqual([
			quiet[kind],
			picture.height - 1 - quiet[kind],
			picture.height - 2 * quiet[kind],
		]);
	}
});

test("the rows of a PDF417 are three modules high", () => {
	const picture = drawn("pdf417", "x".repeat(60), 576);
	// 70 codewords in 4 columns are 18 rows at most, of 3 modules of 3 dots; 2 modules of quiet zone.
	const rows = ((picture?.height ?? 0) - 2 * 6) / 9;
	expect(Number.isInteger(rows)).toBe(true);
	expect(rows).toBeLessThanOrEqual(18);
	const row = (y: number) => picture?.dots.subarray(y * picture.width, (y + 1) * picture.width).join("");
	for (let at = 0; at < rows; at++)
		for (let y = 1; y < 9; y++) expect(row(6 + at * 9 + y)).toBe(row(6 + at * 9));
});

test("what does not fit, or is no character of the symbol, is not drawn", () => {
	expect(drawn("code128", "x".repeat(40), 384)).toBeUndefined();
	expect(drawn("code128", "Ж", 576)).toBeUndefined();
	expect(drawn("qr", "x".repeat(3_000), 576)).toBeUndefined();
	expect(drawn("datamatrix", "x".repeat(2_400), 576)).toBeUndefined();
	expect(drawn("pdf417", "x".repeat(2_000), 576)).toBeUndefined();
});

test("no symbol has a lone dot, of which a picture's byte could become a command", () => {
	const anyData = fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 20 });
	fc.assert(
		fc.property(anyData, fc.constantFrom(...kinds), (data, kind) => {
			const picture = drawn(kind, data, 576);
			if (picture === undefined) return;
			for (let y = 0; y < picture.height; y++) {
				const row = picture.dots.subarray(y * picture.width, (y + 1) * picture.width).join("");
				expect(row).not.toMatch(/(^|0)1(0|$)/);
			}
		}),
		{ numRuns: 40, seed: 3 },
	);
}, 60_000);

import { createCanvas } from "@napi-rs/canvas";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import type { Picture } from "../../../src/model/read.ts";
import type { Grey } from "../../../src/scan/pictures/grey.ts";
import { openPixels, type Pixels } from "../../../src/scan/pictures/pixels.ts";
import { PictureRefused } from "../../../src/scan/pictures/refused.ts";
import * as drawing from "./drawing.ts";
import { bmpOf, tiffOf } from "./files.ts";

let pixels: Pixels;
let symbol: Grey;
beforeAll(async () => {
	pixels = await openPixels();
	symbol = await drawing.greyOf(await drawing.symbolPng("qrcode", "pixels", 3));
});

const most = 1_000_000;
const mean = (one: Grey, other: Grey) =>
	one.pixels.reduce((sum, shade, at) => sum + Math.abs(shade - (other.pixels[at] ?? 0)), 0) /
	one.pixels.length;

/** Shades of all kinds, and an odd width so that rows are padded. */
const shaded = () => drawing.noise(drawing.frame(101, 73), 60, drawing.randomFrom(3));

function canvasOf({ pixels: shades, width, height }: Grey) {
	const canvas = createCanvas(width, height);
	const context = canvas.getContext("2d");
	const image = context.createImageData(width, height);
	for (const [at, shade] of shades.entries()) image.data.set([shade, shade, shade, 255], at * 4);
	context.putImageData(image, 0, 0);
	return canvas;
}

test.each([24, 32, 8] as const)(
	"a BMP of %i bits is the picture, whichever row comes first",
	async (bits) => {
		for (const topDown of [false, true]) {
			const got = await pixels({ form: "bmp", bytes: bmpOf(shaded(), bits, topDown) }, most);
			expect({ ...got, off: mean(got, shaded()) < 1 }).toMatchObject({ width: 101, height: 73, off: true });
		}
	},
);

test.each([1, 4] as const)("a BMP of %i bits is the symbol", async (bits) => {
	expect(await pixels({ form: "bmp", bytes: bmpOf(symbol, bits) }, most)).toEqual(symbol);
});

test("a BMP is what another program sees in it", async () => {
	const file = bmpOf(shaded(), 24);
	expect(mean(await pixels({ form: "bmp", bytes: file }, most), await drawing.greyOf(file))).toBeLessThan(1);
});

test.each([
	["II", 8, false, false],
	["MM", 8, true, true],
	["II", 24, false, true],
] as const)(
	"a TIFF %s of %i bits, white as zero %s, packed %s, is the picture",
	async (order, bits, white, packed) => {
		const file = tiffOf(shaded(), { order, bits, whiteIsZero: white, packed });
		const got = await pixels({ form: "tiff", bytes: file }, most);
		expect(got).toMatchObject({ width: 101, height: 73 });
		expect(mean(got, shaded())).toBeLessThan(1);
	},
);

test("a TIFF of one bit is the symbol, whichever value is white", async () => {
	for (const whiteIsZero of [true, false]) {
		const file = tiffOf(symbol, { order: "MM", bits: 1, whiteIsZero, packed: whiteIsZero });
		expect(await pixels({ form: "tiff", bytes: file }, most)).toEqual(symbol);
	}
});

test("a PNG is the picture, with a palette or few bits and with all colours", async () => {
	const colours = await pixels({ form: "png", bytes: canvasOf(shaded()).toBuffer("image/png") }, most);
	expect(mean(colours, shaded())).toBeLessThan(1);
	const few = await drawing.symbolPng("qrcode", "pixels", 3);
	expect(mean(await pixels({ form: "png", bytes: few }, most), symbol)).toBeLessThan(1);
});

test("a JPEG is nearly the picture", async () => {
	const got = await pixels({ form: "jpeg", bytes: canvasOf(symbol).toBuffer("image/jpeg", 90) }, most);
	expect(got).toMatchObject({ width: symbol.width, height: symbol.height });
	expect(mean(got, symbol)).toBeLessThan(4);
});

/** One sound picture of each form, with the place of its width's lowest byte. */
const sound = (): readonly { picture: Picture; width: number }[] => [
	{ picture: { form: "bmp", bytes: bmpOf(symbol, 8) }, width: 20 },
	{ picture: { form: "tiff", bytes: tiffOf(symbol, { order: "II", bits: 1, packed: true }) }, width: 20 },
	{ picture: { form: "png", bytes: canvasOf(symbol).toBuffer("image/png") }, width: 17 },
];

const outcome = (picture: Picture) =>
	pixels(picture, most).then(
		({ pixels: shades, width, height }) => shades.length === width * height,
		(error) => error instanceof PictureRefused && error.why,
	);

test("a header that claims too many pixels is refused before they are made", async () => {
	for (const { picture, width } of sound()) {
		const bytes = Uint8Array.from(picture.bytes);
		bytes[width] = 0x7f;
		expect([picture.form, await outcome({ ...picture, bytes } as Picture)]).toEqual([
			picture.form,
			"too-large",
		]);
	}
	const jpeg = canvasOf(symbol).toBuffer("image/jpeg", 90);
	const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]));
	jpeg.writeUInt32BE(0xffff_ffff, frame + 5);
	expect(await outcome({ form: "jpeg", bytes: jpeg })).toBe("too-large");
});

test("a PNG whose few bytes unpack to more than its pixels is refused", async () => {
	const wide = canvasOf(drawing.frame(800, 800)).toBuffer("image/png");
	const header = canvasOf(drawing.frame(8, 8)).toBuffer("image/png").subarray(0, 33);
	expect(await outcome({ form: "png", bytes: Buffer.concat([header, wide.subarray(33)]) })).toBe(
		"unreadable",
	);
});

test("a damaged picture of any form is a picture or a refusal, and the next one is whole", async () => {
	const jpeg = canvasOf(symbol).toBuffer("image/jpeg", 80);
	const all: Picture[] = [...sound().map(({ picture }) => picture), { form: "jpeg", bytes: jpeg }];
	const change = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), fc.nat(255));
	await fc.assert(
		fc.asyncProperty(
			fc.constantFrom(...all),
			fc.array(change, { maxLength: 8 }),
			fc.boolean(),
			fc.double({ min: 0, max: 1, noNaN: true }),
			async (picture, changes, early, kept) => {
				const bytes = Uint8Array.from(picture.bytes).slice(
					0,
					Math.ceil(picture.bytes.length * Math.max(0.02, kept)),
				);
				// Damage in the header is what matters: half of the changes go there.
				for (const [place, value] of changes) {
					bytes[Math.floor(place * (early ? Math.min(bytes.length, 120) : bytes.length))] = value;
				}
				expect([true, "unreadable", "too-large"]).toContain(await outcome({ ...picture, bytes } as Picture));
			},
		),
		{ numRuns: 1_500 },
	);
	for (const picture of all) expect([picture.form, await outcome(picture)]).toEqual([picture.form, true]);
});

test("bytes of any kind are a picture or a refusal in every form", async () => {
	const heads = { bmp: "424d", jpeg: "ffd8ff", png: "89504e470d0a1a0a", tiff: "49492a00" } as const;
	await fc.assert(
		fc.asyncProperty(
			fc.constantFrom(...(Object.keys(heads) as (keyof typeof heads)[])),
			fc.uint8Array({ maxLength: 400 }),
			async (form, rest) => {
				const bytes = Buffer.concat([Buffer.from(heads[form], "hex"), rest]);
				expect([true, "unreadable", "too-large"]).toContain(await outcome({ form, bytes }));
			},
		),
		{ numRuns: 1_000 },
	);
});

import { createCanvas, loadImage } from "@napi-rs/canvas";
import {
	BinaryBitmap,
	Code128Reader,
	HybridBinarizer,
	QRCodeReader,
	RGBLuminanceSource,
} from "@zxing/library";
import { expect, test } from "vitest";
import { type Bitmap, isBlack } from "../../../hardware-mocks/printer/bitmap.ts";
import { drawReceipt } from "../../../hardware-mocks/printer/drawing.ts";
import { type Font, fontA, fontB, glyph } from "../../../hardware-mocks/printer/fonts.ts";
import { commands, sampleReceipt, text, transactionId } from "./sample.ts";
import { connectTill, type Till } from "./till.ts";

/** What a reader of barcodes sees of a PNG. */
async function seen(png: Buffer): Promise<BinaryBitmap> {
	const image = await loadImage(png);
	const context = createCanvas(image.width, image.height).getContext("2d");
	context.drawImage(image, 0, 0);
	const { data } = context.getImageData(0, 0, image.width, image.height);
	const grey = Uint8ClampedArray.from(
		{ length: image.width * image.height },
		(_, at) => data[at * 4 + 1] ?? 0,
	);
	return new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(grey, image.width, image.height)));
}

const ascii = Array.from({ length: 0x7e - 0x20 }, (_, at) => String.fromCharCode(0x21 + at));
/** Code page 866 by an implementation that the printer does not use. */
const cp866 = new TextDecoder("ibm866");
const upperHalf = Array.from({ length: 0x80 }, (_, at) => cp866.decode(Uint8Array.of(0x80 + at)));
const letters = upperHalf.filter((character) => /\p{Script=Cyrillic}/u.test(character));

test.each([384, 512, 576])("the QR code of a receipt of %d dots is read from its picture", async (dots) => {
	const till = await connectTill({ dots });
	const receipt = await till.print(sampleReceipt(Math.floor(dots / 12)));
	expect(new QRCodeReader().decode(await seen(receipt.png)).getText()).toBe(transactionId);
});

test.each(["L", "M", "Q", "H"] as const)(
	"a QR code of level %s holds Cyrillic and is read",
	async (level) => {
		const till = await connectTill();
		const data = "https://ex.test/чек?a=1";
		const receipt = await till.print(
			commands.begin,
			commands.align(1),
			commands.qr(data, 4, level),
			commands.cut,
		);
		const read = new QRCodeReader().decode(await seen(receipt.png));
		expect(read.getText()).toBe(data);
		expect(read.getResultMetadata().get(3)).toBe(level);
	},
);

test("a Code 128 is read from the picture", async () => {
	const till = await connectTill();
	// GS w 2, GS h 80, GS H 2, then GS k 73 with nine bytes: {B K - {C 12 34 56.
	const code = Buffer.of(
		...[0x1d, 0x77, 2, 0x1d, 0x68, 80, 0x1d, 0x48, 2],
		...[0x1d, 0x6b, 0x49, 9, 0x7b, 0x42, 0x4b, 0x2d, 0x7b, 0x43, 0x0c, 0x22, 0x38],
	);
	const receipt = await till.print(commands.begin, commands.align(1), code, text("К оплате"), commands.cut);
	expect(new Code128Reader().decode(await seen(receipt.png)).getText()).toBe("K-123456");
});

test.each([
	{ font: fontA, bold: false },
	{ font: fontA, bold: true },
	{ font: fontB, bold: false },
	{ font: fontB, bold: true },
])("every letter of code page 866 has a shape of its own (font $font.name, bold $bold)", ({ font, bold }) => {
	// Latin and Cyrillic letters that look alike are drawn alike, so each alphabet is judged by itself.
	for (const alphabet of [ascii, letters]) {
		const shapes = alphabet.map((character) => glyph(character, font, bold, false).dots.join(""));
		expect(shapes.filter((shape) => !shape.includes("1"))).toEqual([]);
		expect(new Set(shapes).size).toBe(alphabet.length);
	}
});

test.each([fontA, fontB])(
	"bold closes no gap in a letter, so the dots of Ё stay two (font $name)",
	(font) => {
		for (const letter of letters) {
			const [plain, bold] = [glyph(letter, font, false, false), glyph(letter, font, true, false)];
			expect(strokesInRows(bold), letter).toEqual(strokesInRows(plain));
			expect(blackDots(bold), letter).toBeGreaterThan(blackDots(plain));
		}
	},
);

const strokesInRows = ({ width, height, dots }: Bitmap) =>
	Array.from({ length: height }, (_, y) => {
		const row = dots.slice(y * width, (y + 1) * width).join("");
		return row.match(/1+/g)?.length ?? 0;
	});

const blackDots = ({ dots }: Bitmap) => dots.filter((dot) => dot === 1).length;

test("there are 66 Russian letters in code page 866, and Ukrainian and Belarusian ones", () => {
	expect(letters.join("")).toBe("АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюяЁёЄєЇїЎў");
});

test("the printer's page 17 is code page 866", async () => {
	const till = await connectTill();
	const printable = Buffer.from(Array.from({ length: 0x7f }, (_, at) => 0x80 + at));
	const receipt = await till.print(commands.begin, printable, text(""), commands.cut);
	expect(receipt.text.replaceAll("\n", "")).toBe(upperHalf.slice(0, 0x7f).join(""));
});

test("letters keep to their cells: the columns between them stay as each draws them alone", async () => {
	const till = await connectTill();
	const receipt = await till.print(commands.begin, text("ЩЮЖЁ"), commands.cut);
	const image = await loadImage(receipt.png);
	const context = createCanvas(image.width, image.height).getContext("2d");
	context.drawImage(image, 0, 0);
	const [margin, top] = [72, 40 + (receipt.marks[0]?.top ?? 0)];
	for (const [at, letter] of [..."ЩЮЖЁ"].entries()) {
		const { data } = context.getImageData(margin + at * 12, top, 12, 24);
		const black = Array.from({ length: 12 * 24 }, (_, dot) => ((data[dot * 4] ?? 255) < 128 ? 1 : 0));
		expect(black).toEqual([...glyph(letter, fontA, false, false).dots]);
	}
});

test.each([
	{ accented: "Й", plain: "И" },
	{ accented: "Ё", plain: "Е" },
	{ accented: "Ў", plain: "У" },
])("the accent of $accented is whole and not cut off by the cell", ({ accented, plain }) => {
	const firstRow = (letter: string) =>
		Math.floor(glyph(letter, fontA, false, false).dots.indexOf(1) / fontA.width);
	expect(firstRow(plain) - firstRow(accented)).toBeGreaterThanOrEqual(3);
});

test("frames of box drawing characters join from line to line and from cell to cell", () => {
	const upright = glyph("│", fontA, false, false);
	const level = glyph("─", fontA, false, false);
	const rows = Array.from({ length: fontA.height }, (_, y) => isBlack(upright, 6, y));
	const middle = Math.floor(level.dots.indexOf(1) / fontA.width);
	const columns = Array.from({ length: fontA.width }, (_, x) => isBlack(level, x, middle));
	expect([...rows, ...columns]).not.toContain(false);
});

test("a receipt as long as a garden hose still has a picture, of its beginning", async () => {
	const till = await connectTill({ dots: 384 });
	const feeds = Buffer.concat(Array.from({ length: 30 }, () => Buffer.of(0x1b, 0x64, 0xff)));
	const receipt = await till.print(commands.begin, text("начало"), feeds, text("конец"), commands.cut);
	expect(receipt.height).toBeGreaterThan(200_000);
	expect((await loadImage(receipt.png)).height).toBe(16_000 + 2 * 40);
});

test("bold is darker, and a double letter is the same letter with dots of four", async () => {
	const dark = (font: Font, bold: boolean) =>
		glyph("Ж", font, bold, false).dots.filter((dot) => dot === 1).length;
	expect(dark(fontA, true)).toBeGreaterThan(dark(fontA, false));
	const till = await connectTill();
	const [plain, double] = [await strip(till, 1), await strip(till, 2)];
	for (let y = 0; y < 48; y++)
		for (let x = 0; x < 24; x++) expect(isBlack(double, x, y)).toBe(isBlack(plain, x >> 1, y >> 1));
});

async function strip(till: Till, size: number): Promise<Bitmap> {
	const receipt = await till.print(commands.begin, commands.size(size), text("Ж"), commands.cut);
	const [mark] = receipt.marks;
	const drawn = drawReceipt(receipt, receipt.dots);
	const top = mark?.top ?? 0;
	return { ...drawn, height: drawn.height - top, dots: drawn.dots.subarray(top * drawn.width) };
}

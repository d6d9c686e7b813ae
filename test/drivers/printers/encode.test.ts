import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeBlock } from "../../../drivers/printers/encode.ts";
import type { Block, Line } from "../../../src/model/block.ts";

const dialect = { codePage: 17, feedBeforeCut: 0 };

const line = (text: string, style: Partial<Extract<Line, { kind: "text" }>> = {}): Line => ({
	kind: "text",
	text,
	align: "left",
	bold: false,
	size: 1,
	...style,
});

/** Any characters at all, halves of surrogate pairs too. */
const anyText = fc.array(fc.nat(0x10ffff)).map((points) => String.fromCodePoint(...points));

/** ESC @, FS ., ESC t 17 and ESC R 0: how every block begins. */
const opening = [0x1b, 0x40, 0x1c, 0x2e, 0x1b, 0x74, 17, 0x1b, 0x52, 0];

/** The lines of what was printed, by the one thing that ends them. */
const afterOpening = (block: Block) => [...encodeBlock(block, dialect).subarray(opening.length)];

test("a receipt is these bytes and no others", () => {
	const receipt: Block = [
		line("ОПЛАТА", { align: "centre", bold: true }),
		line("5,00 руб.", { align: "centre", bold: true, size: 2 }),
		line("Заказ №7"),
		line("──"),
		{ kind: "feed", lines: 2 },
		line("Ёж", { align: "right" }),
		{ kind: "cut" },
	];
	expect([...encodeBlock(receipt, dialect)]).toEqual([
		...[0x1b, 0x40], // ESC @: all modes as after power-on
		...[0x1c, 0x2e], // FS .: two-byte characters off
		...[0x1b, 0x74, 17], // ESC t 17: code page 866
		...[0x1b, 0x52, 0], // ESC R 0: national characters of the USA
		...[0x1b, 0x61, 1], // ESC a 1: centred
		...[0x1b, 0x45, 1], // ESC E 1: bold
		...[0x8e, 0x8f, 0x8b, 0x80, 0x92, 0x80, 0x0a], // О П Л А Т А, line feed
		...[0x1d, 0x21, 0x11], // GS ! 11h: twice as wide and high
		...[0x35, 0x2c, 0x30, 0x30, 0x20, 0xe0, 0xe3, 0xa1, 0x2e, 0x0a], // 5 , 0 0 space р у б . line feed
		...[0x1b, 0x61, 0], // ESC a 0: left
		...[0x1b, 0x45, 0], // ESC E 0: not bold
		...[0x1d, 0x21, 0], // GS ! 0: standard size
		...[0x87, 0xa0, 0xaa, 0xa0, 0xa7, 0x20, 0xfc, 0x37, 0x0a], // З а к а з space № 7 line feed
		...[0xc4, 0xc4, 0x0a], // ─ ─ line feed
		...[0x0a, 0x0a], // two empty lines
		...[0x1b, 0x61, 2], // ESC a 2: right
		...[0xf0, 0xa6, 0x0a], // Ё ж line feed
		...[0x1d, 0x56, 0x42, 0], // GS V 66 0: feed to the blade, partial cut
	]);
});

test("a QR code is centred, and what follows begins at the left again", () => {
	expect(afterOpening([{ kind: "qr", data: "A1" }, line("x")])).toEqual([
		...[0x1b, 0x61, 1], // ESC a 1: centred
		...[0x1d, 0x28, 0x6b, 4, 0, 0x31, 65, 0x32, 0], // GS ( k 65: model 2
		...[0x1d, 0x28, 0x6b, 3, 0, 0x31, 67, 6], // GS ( k 67: a module is 6 dots
		...[0x1d, 0x28, 0x6b, 3, 0, 0x31, 69, 0x31], // GS ( k 69: level M
		...[0x1d, 0x28, 0x6b, 5, 0, 0x31, 80, 0x30, 0x41, 0x31], // GS ( k 80: store 5 - 3 bytes, A 1
		...[0x1d, 0x28, 0x6b, 3, 0, 0x31, 81, 0x30], // GS ( k 81: print
		...[0x1b, 0x61, 0], // ESC a 0: left
		...[0x78, 0x0a], // x, line feed
	]);
});

test("data too long for a QR code is printed as text", () => {
	const data = "7".repeat(300);
	expect(Buffer.from(encodeBlock([{ kind: "qr", data }], dialect)).toString("latin1")).toContain(`${data}\n`);
});

test("a printer without a blade feeds its own lines before the cut", () => {
	const bytes = encodeBlock([{ kind: "cut" }], { codePage: 17, feedBeforeCut: 4 });
	expect([...bytes.subarray(opening.length)]).toEqual([10, 10, 10, 10, 0x1d, 0x56, 0x42, 0]);
});

test("no lines to feed feed nothing", () => {
	expect(afterOpening([{ kind: "feed", lines: 0 }])).toEqual([]);
});

test("the number of the code page is the model's", () => {
	expect([...encodeBlock([], { codePage: 7, feedBeforeCut: 0 }).subarray(4, 7)]).toEqual([0x1b, 0x74, 7]);
});

test("two blocks share no memory", () => {
	const first = encodeBlock([line("first customer")], dialect);
	const before = [...first];
	encodeBlock([line("second customer")], dialect);
	expect([...first]).toEqual(before);
});

test("text never holds a byte below 20h but the line feed at its end, nor 7Fh", () => {
	const characters = fc.oneof(fc.constantFrom("\x00", "\x10", "\x04", "\x1b", "\x1d", "\n", "\x7f", "\x9b"));
	const anything = fc.oneof(anyText, fc.string({ unit: characters }));
	fc.assert(
		fc.property(anything, (text) => {
			const bytes = afterOpening([line(text)]);
			expect(bytes.pop()).toBe(0x0a);
			expect(bytes.filter((byte) => byte < 0x20 || byte === 0x7f)).toEqual([]);
		}),
	);
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeBlock, endOfBroken } from "../../../drivers/printers/encode.ts";
import { holdsRealTime } from "../../../drivers/printers/real-time.ts";
import type { Block, Line } from "../../../src/model/block.ts";
import { codePageEncodings } from "../../../src/model/printer.ts";
import { line, model } from "./facts.ts";

/** Any characters at all, halves of surrogate pairs too. */
const anyText = fc.array(fc.nat(0x10ffff)).map((points) => String.fromCodePoint(...points));

/** ESC @, FS ., ESC t 17, ESC R 0 and ESC 2: how every block begins. */
const opening = [0x1b, 0x40, 0x1c, 0x2e, 0x1b, 0x74, 17, 0x1b, 0x52, 0, 0x1b, 0x32];

const afterOpening = (block: Block, facts = {}) => [
	...encodeBlock(block, model(facts)).subarray(opening.length),
];

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
	expect([...encodeBlock(receipt, model())]).toEqual([
		...[0x1b, 0x40], // ESC @: all modes as after power-on
		...[0x1c, 0x2e], // FS .: two-byte characters off
		...[0x1b, 0x74, 17], // ESC t 17: code page 866
		...[0x1b, 0x52, 0], // ESC R 0: national characters of the USA
		...[0x1b, 0x32], // ESC 2: default line spacing
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

test("a title, lines, a QR code and a cut are the stream that ESC/POS guides show", () => {
	const block: Block = [
		line("T", { align: "centre", bold: true }),
		line("k v"),
		{ kind: "symbol", symbol: "qr", data: "https://ex.test/r/1" },
		{ kind: "feed", lines: 1 },
		{ kind: "cut" },
	];
	expect(Buffer.from(encodeBlock(block, model())).toString("hex")).toBe(
		[
			"1b40 1c2e 1b7411 1b5200 1b32",
			"1b6101 1b4501 54 0a",
			"1b6100 1b4500 6b2076 0a",
			"1b6101",
			"1d286b0400314132001d286b03003143061d286b03003145311d286b1600315030",
			Buffer.from("https://ex.test/r/1").toString("hex"),
			"1d286b0300315130",
			"0a 1d564200",
		]
			.join("")
			.replaceAll(" ", ""),
	);
});

test("a model that tells changes is told to again in every block, since clones forget it at ESC @", () => {
	const bytes = encodeBlock([], model({ automaticStatus: true }));
	expect(Buffer.from(bytes).toString("hex")).toBe("1b401c2e1d610f1b74111b52001b32");
});

test("a model that wants another page first is given it", () => {
	const bytes = encodeBlock([], model({ pageBefore: 0 }));
	expect(Buffer.from(bytes).toString("hex")).toBe("1b401c2e1b74001b74111b52001b32");
});

test("the page's number and its bytes are the model's", () => {
	const pages = [{ encoding: "cp1251", number: 28 }] as const;
	const bytes = encodeBlock([line("Ёж №")], model({ codePages: pages }));
	expect(Buffer.from(bytes).toString("hex")).toBe("1b401c2e1b741c1b52001b32" + "a8e620b9" + "0a");
});

test.each([
	["partial", [0x1d, 0x56, 0x42, 0]], // GS V 66 0
	["full", [0x1d, 0x56, 0x41, 0]], // GS V 65 0
	["esc-i", [10, 10, 10, 10, 10, 0x1b, 0x69]], // fed to the blade, ESC i
	["none", [10, 10, 10, 10]], // fed to where it is torn
] as const)("a cut of the kind %s is these bytes, on an empty line", (cut, bytes) => {
	expect(afterOpening([{ kind: "cut" }], { cut })).toEqual(bytes);
});

test("no lines to feed feed nothing", () => {
	expect(afterOpening([{ kind: "feed", lines: 0 }])).toEqual([]);
});

test("a picture stands where it is to stand, in plain style", () => {
	const picture = { width: 8, height: 1, dots: Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 1) };
	const block: Block = [
		line("A", { bold: true }),
		{ kind: "picture", picture, align: "right" },
		line("B", { align: "right" }),
	];
	expect(afterOpening(block)).toEqual([
		...[0x1b, 0x45, 1, 0x41, 0x0a], // bold, A
		...[0x1b, 0x61, 2, 0x1b, 0x45, 0], // right, not bold
		...[0x1d, 0x76, 0x30, 0, 1, 0, 1, 0, 0x81], // GS v 0: one byte in one row
		...[0x42, 0x0a], // B
	]);
});

test("data that does not fit as a symbol is printed as text in full lines, at the left", () => {
	const data = "7".repeat(60);
	expect(afterOpening([{ kind: "symbol", symbol: "code128", data: `Ж${data}` }])).toEqual([
		...[0x86, ...Buffer.from("7".repeat(47)), 0x0a],
		...[...Buffer.from("7".repeat(13)), 0x0a],
	]);
});

test("a symbol without data is nothing", () => {
	expect(afterOpening([{ kind: "symbol", symbol: "qr", data: "" }])).toEqual([]);
});

test("two blocks share no memory", () => {
	const first = encodeBlock([line("first customer")], model());
	const before = [...first];
	encodeBlock([line("second customer")], model());
	expect([...first]).toEqual(before);
	// Of the package's memory, which is larger than what is in it, nothing is held.
	expect(first.buffer.byteLength).toBe(first.length);
});

test("text never holds a byte below 20h but the line feed at its end, nor 7Fh", () => {
	const characters = fc.oneof(fc.constantFrom("\x00", "\x10", "\x04", "\x1b", "\x1d", "\n", "\x7f", "\x9b"));
	const anything = fc.oneof(anyText, fc.string({ unit: characters }));
	fc.assert(
		fc.property(anything, fc.constantFrom(...codePageEncodings), (text, encoding) => {
			const bytes = afterOpening([line(text)], { codePages: [{ encoding, number: 17 }] });
			expect(bytes.pop()).toBe(0x0a);
			expect(bytes.filter((byte) => byte < 0x20 || byte === 0x7f)).toEqual([]);
		}),
	);
});

/** Lines with all that could smuggle a command in. */
const dangerous = fc.oneof(
	fc.string({ unit: fc.constantFrom("\x10", "\x04", "\x05", "\x14", "\x1b", "1", "6", "0", "4", "5") }),
	anyText,
);
const anyLine: fc.Arbitrary<Line> = fc.oneof(
	fc.record({
		kind: fc.constant("text" as const),
		text: dangerous,
		align: fc.constantFrom("left", "centre", "right"),
		bold: fc.boolean(),
		size: fc.constantFrom(1, 2),
	}),
	fc.record({
		kind: fc.constant("symbol" as const),
		symbol: fc.constantFrom("code128", "pdf417", "datamatrix", "qr"),
		data: dangerous,
	}),
	fc
		.array(fc.constantFrom(0x10, 0x04, 0x05, 0x14, 0x01), { minLength: 8, maxLength: 200 })
		.chain((bytes) => fc.constantFrom(8, 16, 56, 64).map((width) => ({ bytes, width })))
		.map(({ bytes, width }) => {
			const bits = bytes.flatMap((byte) => Array.from({ length: 8 }, (_, bit) => (byte >> (7 - bit)) & 1));
			const height = Math.floor(bits.length / width);
			const dots = Uint8Array.from(bits.slice(0, width * height));
			return { kind: "picture", picture: { width, height, dots }, align: "left" } as const;
		}),
	fc.record({ kind: fc.constant("feed" as const), lines: fc.nat(20) }),
	fc.constant({ kind: "cut" } as const),
);

test("no block holds a real-time request, whatever its text, data and pictures are", () => {
	const symbols = fc.constantFrom<("code128" | "pdf417" | "datamatrix" | "qr")[]>(
		["code128", "pdf417", "datamatrix", "qr"],
		["code128"],
		[],
	);
	fc.assert(
		fc.property(fc.array(anyLine, { maxLength: 6 }), symbols, fc.nat(255), (block, native, number) => {
			const pages = [{ encoding: "cp866", number }] as const;
			const bytes = encodeBlock(block, model({ symbols: native, codePages: pages, automaticStatus: true }));
			expect(holdsRealTime(bytes)).toBe(false);
		}),
		{ numRuns: 150, seed: 10 },
	);
}, 60_000);

test("a length that spells DLE EOT is never sent: such data goes as a picture", () => {
	// 1037 bytes and 3 of parameters are 0410h, which is DLE EOT in the two bytes of the length.
	const bytes = Buffer.from(
		encodeBlock([{ kind: "symbol", symbol: "qr", data: "x".repeat(1_037) }], model()),
	);
	expect(holdsRealTime(bytes)).toBe(false);
	expect(bytes.toString("latin1")).toContain("\x1dv0");
	const other = Buffer.from(
		encodeBlock([{ kind: "symbol", symbol: "qr", data: "x".repeat(1_036) }], model()),
	);
	expect(other.toString("latin1")).not.toContain("\x1dv0");
});

/** Reads our own commands as a printer does, only to know where each ends. */
function commandEnd(bytes: Uint8Array, at: number): number {
	const byte = (ahead: number) => bytes[at + ahead] ?? 0;
	const [first, second] = [byte(0), String.fromCharCode(byte(1))];
	if (first === 0x1b) return at + ("@2i".includes(second) ? 2 : 3);
	if (first === 0x1c) return at + 2;
	if (first !== 0x1d) return at + 1;
	if (second === "v") return at + 8 + (byte(4) + 256 * byte(5)) * (byte(6) + 256 * byte(7));
	if (second === "(") return at + 5 + byte(3) + 256 * byte(4);
	if (second === "k") return at + 4 + byte(3);
	if (second === "V") return at + (byte(2) >= 0x41 ? 4 : 3);
	return at + 3;
}

test("a block that follows one that broke off anywhere begins with its own first byte", () => {
	const picture = { width: 576, height: 60, dots: new Uint8Array(576 * 60).fill(1) };
	const broken = encodeBlock(
		[
			line("Чек", { bold: true, align: "centre", size: 2 }),
			{ kind: "symbol", symbol: "code128", data: "K-123456" },
			{ kind: "symbol", symbol: "pdf417", data: "9990001234" },
			{ kind: "symbol", symbol: "qr", data: "x".repeat(600) },
			{ kind: "picture", picture, align: "left" },
			{ kind: "cut" },
		],
		model({ automaticStatus: true }),
	);
	for (let length = 0; length <= broken.length; length++) {
		const sent = Buffer.concat([broken.subarray(0, length), endOfBroken, Buffer.of(0x1b, 0x40)]);
		let at = 0;
		while (at < sent.length - 2) at = commandEnd(sent, at);
		expect(at).toBe(sent.length - 2);
	}
});

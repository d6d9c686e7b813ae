import fc from "fast-check";
import { expect, test } from "vitest";
import { type ModelName, models } from "../../../hardware-mocks/printer/models.ts";
import { bytes, cut, lf, printed, printerOf } from "./loose.ts";
import { commands, text } from "./sample.ts";

/** Commands a till may send, complete and well-formed, in any order. */
const anyCommands = fc.array(
	fc.oneof(
		fc.constantFrom(
			commands.begin,
			commands.cut,
			commands.qr("https://ex.test/r/1", 4, "M"),
			commands.confirm("A001"),
			commands.drawer,
			bytes([0x1c, 0x26]),
			bytes([0x10, 0x05, 0x02]),
			bytes([0x1d, 0x72, 1]),
		),
		fc.string({ maxLength: 60 }).map((line) => text(line)),
		fc.integer({ min: 1, max: 4 }).map((n) => bytes([0x10, 0x04, n])),
		fc.nat(255).map((n) => bytes([0x1d, 0x21, n])),
		fc
			.uint8Array({ minLength: 8, maxLength: 8 })
			.map((rows) => bytes([0x1d, 0x76, 0x30, 0, 1, 0, 8, 0], rows)),
	),
	{ maxLength: 20 },
);

test("the same bytes give the same paper and answers however they are cut into pieces", () => {
	fc.assert(
		fc.property(anyCommands, fc.array(fc.nat(40), { minLength: 1 }), fc.boolean(), (sent, cuts, chinese) => {
			const stream = Buffer.concat([...sent, commands.cut]);
			const whole = printerOf({ chinese });
			whole.device.receive(stream);
			const pieces = printerOf({ chinese });
			for (let at = 0, turn = 0; at < stream.length; turn++) {
				const length = 1 + (cuts[turn % cuts.length] ?? 0);
				pieces.device.receive(stream.subarray(at, at + length));
				at += length;
			}
			expect(pieces.happened).toEqual(whole.happened);
		}),
		{ numRuns: 200 },
	);
});

/** Bytes that the intake hands on, in pieces no larger than there is room for. */
function feed({ device }: ReturnType<typeof printerOf>, stream: Uint8Array, sizes: readonly number[]): void {
	for (let at = 0, turn = 0; at < stream.length; turn++) {
		const length = Math.min(1 + (sizes[turn % sizes.length] ?? 0), Math.max(1, device.room));
		device.receive(stream.subarray(at, at + length));
		at += length;
	}
}

const anyModel = fc.constantFrom(...Object.keys(models)) as fc.Arbitrary<ModelName>;
const anySymbol = fc.constantFrom(
	bytes(
		[0x1d, 0x28, 0x6b, 6, 0, 0x30, 0x50, 0x30, 0x41, 0x42, 0x43],
		[0x1d, 0x28, 0x6b, 3, 0, 0x30, 0x51, 0x30],
	),
	bytes(
		[0x1d, 0x28, 0x6b, 6, 0, 0x36, 0x50, 0x30, 0x41, 0x42, 0x43],
		[0x1d, 0x28, 0x6b, 3, 0, 0x36, 0x51, 0x30],
	),
	bytes([0x1d, 0x6b, 0x49, 5, 0x7b, 0x42, 0x41, 0x42, 0x43]),
	bytes(
		[0x1d, 0x28, 0x4c, 12, 0, 0x30, 0x70, 0x30, 1, 1, 0x31, 8, 0, 2, 0, 0xf0, 0x0f],
		[0x1d, 0x28, 0x4c, 2, 0, 0x30, 0x32],
	),
	bytes([0x1b, 0x2a, 33, 2, 0, 1, 2, 3, 4, 5, 6]),
	bytes([0x1b, 0x69]),
	bytes([0x1d, 0x61, 0xff]),
	bytes([0x1d, 0x49, 66]),
);

test("a roll that ends anywhere changes nothing of that, whatever the model", () => {
	const anySent = fc.array(fc.oneof(anyCommands, fc.array(anySymbol, { maxLength: 5 })), { maxLength: 4 });
	const anySizes = fc.array(fc.nat(40), { minLength: 1 });
	fc.assert(
		fc.property(anySent, anySizes, anyModel, fc.nat(1_500), (sent, sizes, model, dots) => {
			const stream = Buffer.concat(sent.flat());
			const [whole, pieces] = [printerOf(models[model]), printerOf(models[model])];
			for (const { device } of [whole, pieces]) device.endRollAfter(dots, 50);
			whole.device.receive(stream);
			feed(pieces, stream, sizes);
			for (const { device } of [whole, pieces]) device.mend();
			expect(pieces.happened).toEqual(whole.happened);
			expect(pieces.texts()).toEqual(whole.texts());
			expect(pieces.lost).toEqual(whole.lost);
		}),
		{ numRuns: 150 },
	);
});

test("any garbage is survived", () => {
	const group = fc.constantFrom(0x10, 0x1b, 0x1c, 0x1d);
	const noise = fc.oneof(
		fc.uint8Array({ maxLength: 300 }),
		fc
			.array(fc.tuple(group, fc.nat(255), fc.uint8Array({ maxLength: 12 })), { maxLength: 40 })
			.map((list) => bytes(...list.map(([first, second, rest]) => bytes([first, second], rest)))),
	);
	fc.assert(
		fc.property(noise, anyModel, fc.nat(2_000), (garbage, model, dots) => {
			const { device, pieces } = printerOf(models[model]);
			device.endRollAfter(dots);
			device.receive(garbage);
			device.mend();
			device.tear();
			for (const piece of pieces) expect(piece.height).toBeGreaterThan(0);
		}),
		{ numRuns: 500 },
	);
});

test("text is read by the code page that ESC t has set", () => {
	const hello = [0x8f, 0xe0, 0xa8, 0xa2, 0xa5, 0xe2];
	expect(printed(bytes([0x1b, 0x74, 17], hello, lf, cut)).texts).toEqual(["Привет"]);
	expect(printed(bytes([0x1b, 0x74, 46], [0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2], lf, cut)).texts).toEqual([
		"Привет",
	]);
	expect(printed(bytes(hello, lf, cut)).texts).toEqual(["Åα¿óÑΓ"]);
	expect(printed(bytes([0x1b, 0x74, 99], lf, cut)).mistakes).toHaveLength(1);
});

test("a printer with Chinese firmware reads Cyrillic in pairs until FS ., and again after ESC @", () => {
	const hello = bytes([0x1b, 0x74, 17], [0x8f, 0xe0, 0xa8, 0xa2, 0xa5, 0xe2], lf, cut);
	const chinese = { chinese: true };
	expect(printed(hello, chinese).texts[0]).not.toContain("П");
	expect(printed(bytes([0x1c, 0x2e], hello), chinese).texts).toEqual(["Привет"]);
	expect(printed(bytes([0x1c, 0x2e, 0x1b, 0x40], hello), chinese).texts[0]).not.toContain("П");
});

test("a line longer than the paper goes on in the next line", () => {
	expect(printed(bytes("a".repeat(50), lf, cut)).texts).toEqual([`${"a".repeat(48)}\naa`]);
	expect(printed(bytes("a".repeat(48), lf, "b", lf, cut)).texts).toEqual([`${"a".repeat(48)}\nb`]);
});

test.each([
	{ dots: 576, font: 0, columns: 48 },
	{ dots: 576, font: 1, columns: 64 },
	{ dots: 512, font: 0, columns: 42 },
	{ dots: 512, font: 1, columns: 56 },
	{ dots: 384, font: 0, columns: 32 },
	{ dots: 384, font: 1, columns: 42 },
])("$dots dots hold $columns letters of font $font", ({ dots, font, columns }) => {
	const { texts } = printed(bytes([0x1b, 0x4d, font], "a".repeat(columns + 1), lf, cut), { dots });
	expect(texts).toEqual([`${"a".repeat(columns)}\na`]);
});

test("GS ! halves the letters in a line", () => {
	expect(printed(bytes([0x1d, 0x21, 0x11], "a".repeat(25), lf, cut)).texts).toEqual([`${"a".repeat(24)}\na`]);
});

test("ESC a places a line, and in the middle of one is ignored", () => {
	const placed = bytes([0x1b, 0x61, 0], "|", lf, [0x1b, 0x61, 1], "ab", lf, [0x1b, 0x61, 2], "ab", lf, cut);
	expect(printed(placed).texts).toEqual([`|\n${" ".repeat(23)}ab\n${" ".repeat(46)}ab`]);
	const { mistakes } = printed(bytes("ab", [0x1b, 0x61, 1], lf, cut));
	expect(mistakes).toEqual(["ESC a in the middle of a line is ignored: end the line first"]);
});

test("ESC @ brings back every setting and forgets the unfinished line", () => {
	const styled = bytes(
		[0x1b, 0x61, 2],
		[0x1d, 0x21, 0x11],
		[0x1b, 0x45, 1],
		"lost",
		[0x1b, 0x40],
		"kept",
		lf,
		cut,
	);
	const { pieces, texts } = printed(styled);
	expect(texts).toEqual(["kept"]);
	const [line] = pieces[0]?.marks ?? [];
	expect(line).toMatchObject({ cells: [{ left: 0, bold: false, timesWide: 1 }, {}, {}, {}] });
});

test("ESC d and LF on an empty line leave blank lines, ESC J leaves dots", () => {
	expect(printed(bytes("a", [0x1b, 0x64, 3], "b", lf, cut)).texts).toEqual(["a\n\n\nb"]);
	expect(printed(bytes("a", lf, lf, "b", lf, cut)).texts).toEqual(["a\n\nb"]);
	const { pieces } = printed(bytes("a", lf, [0x1b, 0x4a, 200], "b", lf, cut));
	const tops = pieces[0]?.marks.map(({ top }) => top) ?? [];
	expect((tops[1] ?? 0) - (tops[0] ?? 0)).toBe(30 + 200);
});

test("an unknown command is noted with its bytes", () => {
	expect(printed(bytes([0x1b, 0x5a], "a", lf, cut))).toMatchObject({
		texts: ["a"],
		mistakes: ["unknown command 1b5a (unknown)"],
	});
});

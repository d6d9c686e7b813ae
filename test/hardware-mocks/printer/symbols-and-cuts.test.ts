import { expect, test } from "vitest";
import { textOf } from "../../../hardware-mocks/printer/text.ts";
import { bytes, cut, lf, printed, printerOf } from "./loose.ts";
import { commands, sampleReceipt } from "./sample.ts";

test("a QR code keeps its bytes, level and place", () => {
	const { pieces, mistakes } = printed(bytes([0x1b, 0x61, 1], commands.qr("Привет", 6, "H"), cut));
	expect(mistakes).toEqual([]);
	const [mark] = pieces[0]?.marks ?? [];
	expect(mark).toMatchObject({
		kind: "qr",
		data: Buffer.from("Привет"),
		moduleDots: 6,
		left: (576 - 25 * 6) / 2,
	});
});

test("a QR code that cannot be is a mistake and not on paper", () => {
	const print = [0x1d, 0x28, 0x6b, 3, 0, 0x31, 0x51, 0x30];
	expect(printed(bytes(print, lf, cut))).toMatchObject({
		texts: [""],
		mistakes: ["GS ( k fn 81: no data is stored by fn 80"],
	});
	expect(printed(bytes(commands.qr("9".repeat(5000), 3, "H"), lf, cut)).mistakes).toHaveLength(1);
	expect(printed(bytes(commands.qr("9".repeat(300), 16, "H"), lf, cut)).mistakes).toHaveLength(1);
});

test("a QR length without its high byte prints the tail as text", () => {
	const data = "x".repeat(300);
	const wrong = bytes([0x1d, 0x28, 0x6b, 303 & 0xff, 0, 0x31, 0x50, 0x30], data, lf, cut);
	expect(printed(wrong).texts[0]?.replaceAll("\n", "")).toBe("x".repeat(256));
});

test("Code 128 in set B and C is read back, and without its set is a mistake", () => {
	// GS k 73, nine bytes: {B K - {C 12 34 56.
	const good = [0x1d, 0x6b, 0x49, 9, 0x7b, 0x42, 0x4b, 0x2d, 0x7b, 0x43, 0x0c, 0x22, 0x38];
	expect(printed(bytes(good, lf, cut)).texts).toEqual(["[Code 128 K-123456]"]);
	expect(printed(bytes([0x1d, 0x6b, 0x49, 2, 0x4b, 0x2d], lf, cut)).mistakes).toHaveLength(1);
});

test("a raster picture is on paper dot by dot", () => {
	// GS v 0, mode 0, one byte in a row, two rows: 10000001 and 01111110.
	const { pieces } = printed(bytes([0x1d, 0x76, 0x30, 0, 1, 0, 2, 0, 0x81, 0x7e], cut));
	const dots = [1, 0, 0, 0, 0, 0, 0, 1, 0, 1, 1, 1, 1, 1, 1, 0];
	expect(pieces[0]?.marks[0]).toMatchObject({
		kind: "raster",
		picture: { width: 8, height: 2, dots: Uint8Array.from(dots) },
	});
});

test("a real-time request inside a picture is obeyed and stays in the picture", () => {
	const { device, happened } = printerOf();
	device.receive(bytes([0x1d, 0x76, 0x30, 0, 1, 0, 3, 0, 0x10, 0x04, 0x01], cut));
	expect(happened).toMatchObject([{ what: "reply", value: [0x12] }, { what: "piece" }]);
});

test.each([
	{ form: "A full", bytes: [0x00], edge: "cut" },
	{ form: "A full", bytes: [0x30], edge: "cut" },
	{ form: "A partial", bytes: [0x01], edge: "partial" },
	{ form: "B full", bytes: [0x41, 0], edge: "cut" },
	{ form: "B partial", bytes: [0x42, 10], edge: "partial" },
	{ form: "C full", bytes: [0x61, 0], edge: "cut" },
	{ form: "C partial", bytes: [0x62, 0], edge: "partial" },
	{ form: "D full", bytes: [0x67, 0], edge: "cut" },
	{ form: "D partial", bytes: [0x68, 0], edge: "partial" },
])("GS V form $form ($bytes) gives the receipt", ({ bytes: form, edge }) => {
	const { pieces, mistakes } = printed(bytes("a", lf, [0x1b, 0x64, 5], [0x1d, 0x56], form, [0x1b, 0x64, 8]));
	expect(mistakes).toEqual([]);
	expect(pieces[0]?.edge).toBe(edge);
	expect(pieces.map(({ marks }) => textOf(marks)).join("")).toBe("a");
});

test("GS V where the paper stands leaves in the printer what has not passed the blade", () => {
	const { texts, mistakes } = printed(bytes("1\n2\n3\n4\n5\n6\n", [0x1d, 0x56, 0], "7\n8\n9\n", cut));
	expect(texts).toEqual([
		"1\n2\n[8 of 24 rows of dots: text]",
		"[16 of 24 rows of dots: text]\n4\n5\n6\n7\n8\n9",
	]);
	expect(mistakes).toEqual(["the cut goes through what is printed: feed more before GS V"]);
});

test("GS V in the middle of a line is ignored", () => {
	const { texts, mistakes } = printed(bytes("ab", cut, lf, cut));
	expect(texts).toEqual(["ab"]);
	expect(mistakes).toHaveLength(1);
});

test("without a blade the receipt is torn off", () => {
	expect(printed(sampleReceipt(48), { cutter: false }).pieces.map(({ edge }) => edge)).toEqual(["torn"]);
});

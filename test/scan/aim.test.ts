import fc from "fast-check";
import { expect, test } from "vitest";
import { identify, isEciOfAim, symbologyOfAim } from "../../src/scan/aim.ts";

const read = (text: string, aim = true) => {
	const { symbology, content } = identify(Buffer.from(text, "latin1"), aim);
	return [symbology, Buffer.from(content).toString("latin1")];
};

test.each([
	["]C0", "code128"],
	["]C1", "gs1-128"],
	["]C2", "code128"],
	["]L0", "pdf417"],
	["]L2", "pdf417"],
	["]L4", "micropdf417"],
	["]d1", "datamatrix"],
	["]d2", "gs1-datamatrix"],
	["]d5", "gs1-datamatrix"],
	["]Q0", "qr"],
	["]Q1", "qr"],
	["]Q3", "gs1-qr"],
	["]E0", "ean13"],
	["]E3", "ean13"],
	["]E4", "ean8"],
	["]E2", "other"],
	["]A5", "code39"],
	["]I1", "itf"],
	["]e0", "databar"],
	["]zC", "aztec"],
	["]X0", "other"],
	["]D1", "other"],
])("%s says %s", (identifier, symbology) => {
	expect(read(`${identifier}4601234567893`)).toEqual([symbology, "4601234567893"]);
	expect(symbologyOfAim(identifier.charAt(1), identifier.charAt(2))).toBe(symbology);
});

test("exactly PDF417, Data Matrix and QR with ECI on are known to double backslashes", () => {
	const letters = [..."ABCDEFGHILQXZdez"];
	const all = letters.flatMap((letter) => [..."0123456789ABC"].map((modifier) => letter + modifier));
	const eci = all.filter((aim) => isEciOfAim(aim.charAt(0), aim.charAt(1)));
	expect(eci).toEqual(["L1", "Q2", "Q4", "Q6", "d4", "d5", "d6"]);
});

test("without the setting an identifier is content", () => {
	expect(read("]C0123", false)).toEqual(["unknown", "]C0123"]);
});

test("a read without an identifier in front is unknown and whole", () => {
	for (const text of ["", "]", "]C", "] 0x", "123]C0", "\x1d]C0"])
		expect(read(text)).toEqual(["unknown", text]);
});

test("only the first of two identifiers is taken off", () => {
	expect(read("]E05012345678900]C18101")).toEqual(["ean13", "5012345678900]C18101"]);
});

test("a content comes out byte for byte behind any identifier", () => {
	const letter = fc.constantFrom(..."ABCDEILQXZdez");
	const modifier = fc.constantFrom(..."0123456789ABCDEF");
	fc.assert(
		fc.property(letter, modifier, fc.uint8Array(), (letter, modifier, content) => {
			const bytes = Buffer.concat([Buffer.from(`]${letter}${modifier}`), content]);
			expect([...identify(bytes, true).content]).toEqual([...content]);
		}),
	);
});

test("without the setting no bytes are ever taken off", () => {
	fc.assert(
		fc.property(fc.uint8Array(), (bytes) => {
			expect(identify(bytes, false)).toEqual({ symbology: "unknown", content: bytes });
		}),
	);
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Symbology } from "../../src/model/scan.ts";
import { Secret } from "../../src/model/secret.ts";
import type { LayoutSettings } from "../../src/model/settings/cards.ts";
import { compileLayouts, splitCard } from "../../src/scan/layouts.ts";

const exactly = (length: number) => ({ least: length, most: length });
const payable: LayoutSettings = {
	symbologies: ["code128", "qr"],
	prefix: "77",
	number: exactly(13),
	session: exactly(6),
};
const old: LayoutSettings = { ...payable, session: null };
const brand = (name: string, ...layouts: LayoutSettings[]) => ({ name, layouts, passLength: 3 });
const example = compileLayouts([brand("example", payable, old)]);

/** What a barcode holds, in clear. */
function split(text: string, symbology: Symbology = "code128", layouts = example) {
	const card = splitCard(layouts, symbology, Buffer.from(text, "latin1"));
	if (card === undefined) return undefined;
	return Object.fromEntries(
		Object.entries(card).map(([part, value]) => [part, value instanceof Secret ? value.reveal() : value]),
	);
}

test("the vendor's example comes apart into its four parts", () => {
	expect(split("771234567890123A1G97N967")).toEqual({
		brand: "example",
		prefix: "77",
		cardNumber: "1234567890123",
		cardSession: "A1G97N",
		password: "967",
	});
});

test("an old card of the same brand has a number alone", () => {
	expect(split("771234567890123")).toEqual({ brand: "example", cardNumber: "1234567890123" });
});

test("a password with a letter is no card", () => {
	expect(split("771234567890123A1G97N96A")).toBeUndefined();
});

test("a card in a symbology that its brand does not print is no card", () => {
	expect(split("771234567890123", "ean13")).toBeUndefined();
});

test("a scanner that does not tell the symbology may have read any card", () => {
	expect(split("771234567890123", "unknown")).toMatchObject({ cardNumber: "1234567890123" });
});

test.each([
	["a character more", "771234567890123A1G97N9670"],
	["a character less", "771234567890123A1G97N96"],
	["another prefix", "781234567890123A1G97N967"],
	["a letter in the number", "77123456789012AA1G97N967"],
	["a line end behind it", "77123456789012\n"],
	["a GS inside", "771234567890123A1\x1d97N967"],
	["a byte above ASCII inside", "771234567890123A1\xc397N967"],
	["an Arabic digit's byte inside", "77123456789012\xb2"],
	["nothing", ""],
])("a barcode with %s is no card", (_, text) => {
	expect(split(text)).toBeUndefined();
});

test("the second brand's card is found behind the first's", () => {
	const layouts = compileLayouts([brand("example", payable), brand("other", { ...payable, prefix: "78" })]);
	expect(split("781234567890123A1G97N967", "qr", layouts)).toMatchObject({ brand: "other" });
});

test("layouts that differ by symbology alone are tried in their order when it is not known", () => {
	const layouts = compileLayouts([
		brand("first", { ...old, symbologies: ["qr"] }),
		brand("second", { ...old, symbologies: ["code128"] }),
	]);
	expect(split("771234567890123", "code128", layouts)).toMatchObject({ brand: "second" });
	expect(split("771234567890123", "unknown", layouts)).toMatchObject({ brand: "first" });
});

describe("what could be read in two ways is refused at start", () => {
	test.each<[string, LayoutSettings[], string]>([
		["twice the same layout", [old, old], "15 characters"],
		[
			"layouts with one symbology in common",
			[old, { ...old, symbologies: ["qr", "pdf417"] }],
			"15 characters",
		],
		["an old card as long as a payable one", [payable, { ...old, number: exactly(22) }], "24 characters"],
		[
			"a number and a session that both vary",
			[{ ...payable, number: { least: 13, most: 14 }, session: { least: 5, most: 6 } }],
			"24 characters",
		],
		["a prefix that can be a number", [old, { ...old, prefix: "", number: exactly(15) }], "15 characters"],
	])("%s", (_, layouts, length) => {
		expect(() => compileLayouts([brand("example", ...layouts)])).toThrow(
			expect.objectContaining({ code: "config-invalid", detail: expect.stringContaining(length) }),
		);
	});

	test("the message names both layouts", () => {
		const brands = [brand("one", payable, old), brand("two", old)];
		expect(() => compileLayouts(brands)).toThrow(/"one, layout 2" or of "two, layout 1"/);
	});
});

test.each<[string, LayoutSettings[]]>([
	["other prefixes", [old, { ...old, prefix: "78" }]],
	["a prefix with a letter where the other has a digit", [old, { ...old, prefix: "7A" }]],
	["other lengths", [old, { ...old, number: exactly(14) }]],
	[
		"other symbologies",
		[
			{ ...old, symbologies: ["qr"] },
			{ ...old, symbologies: ["pdf417"] },
		],
	],
	["a session that varies alone", [{ ...payable, session: { least: 6, most: 32 } }, old]],
])("layouts with %s are accepted", (_, layouts) => {
	expect(() => compileLayouts([brand("example", ...layouts)])).not.toThrow();
});

const digits = (length: number) =>
	fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: length, maxLength: length });
const letters = [..."0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"];
const lettersAndDigits = (least: number, most: number) =>
	fc.string({ unit: fc.constantFrom(...letters), minLength: least, maxLength: most });

test("what was joined by a layout is split into the same parts", () => {
	const card = fc
		.record({
			prefix: lettersAndDigits(0, 2),
			numberLength: fc.integer({ min: 1, max: 32 }),
			least: fc.integer({ min: 1, max: 32 }),
			passLength: fc.integer({ min: 1, max: 10 }),
		})
		.chain(({ prefix, numberLength, least, passLength }) =>
			fc.record({
				prefix: fc.constant(prefix),
				least: fc.constant(least),
				cardNumber: digits(numberLength),
				cardSession: lettersAndDigits(least, 32),
				password: digits(passLength),
			}),
		);
	fc.assert(
		fc.property(card, ({ least, ...parts }) => {
			const layout: LayoutSettings = {
				symbologies: ["qr"],
				prefix: parts.prefix,
				number: exactly(parts.cardNumber.length),
				session: { least, most: 32 },
			};
			const layouts = compileLayouts([{ name: "any", layouts: [layout], passLength: parts.password.length }]);
			const { prefix, cardNumber, cardSession, password } = parts;
			const text = prefix + cardNumber + cardSession + password;
			expect(split(text, "qr", layouts)).toEqual({ brand: "any", ...parts });
		}),
	);
});

test("two layouts that are accepted never both read one barcode", () => {
	const range = fc
		.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 2 }))
		.map(([least, more]) => ({ least, most: least + more }));
	const layout = fc.record<LayoutSettings>({
		symbologies: fc.constant(["qr"]),
		prefix: fc.constantFrom("", "7", "77", "7A"),
		number: range,
		session: fc.option(range),
	});
	const text = fc.string({ unit: fc.constantFrom("7", "A"), maxLength: 12 });
	const compiled = (...layouts: LayoutSettings[]) => compileLayouts([brand("example", ...layouts)]);
	fc.assert(
		fc.property(layout, layout, fc.array(text, { minLength: 20, maxLength: 20 }), (one, other, texts) => {
			try {
				compiled(one, other);
			} catch {
				return;
			}
			const both = texts.filter((text) =>
				[one, other].every((layout) => split(text, "qr", compiled(layout)) !== undefined),
			);
			expect(both).toEqual([]);
		}),
		{ numRuns: 500 },
	);
});

test("any bytes at all are split or are no card, and nothing is thrown", () => {
	fc.assert(
		fc.property(fc.uint8Array({ minLength: 15, maxLength: 24 }), (bytes) => {
			expect(splitCard(example, "unknown", bytes)).toBeUndefined();
		}),
	);
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { layoutFor, pdf417 } from "../../../../drivers/printers/symbols/pdf417.ts";

test("a card's number is these bytes and no others", () => {
	expect(Buffer.from(pdf417("9990001234", 576)?.bytes ?? []).toString("hex")).toBe(
		[
			"1d286b 0300 30 41 02", // GS ( k, cn 30h, function 65: 2 columns
			"1d286b 0300 30 42 00", // function 66: as many rows as it takes
			"1d286b 0300 30 43 03", // function 67: modules of 3 dots
			"1d286b 0300 30 44 03", // function 68: rows of 3 modules
			"1d286b 0400 30 45 30 32", // function 69: level 2
			"1d286b 0300 30 46 00", // function 70: not truncated
			"1d286b 0d00 30 50 30", // function 80: 13 bytes follow
			Buffer.from("9990001234").toString("hex"),
			"1d286b 0300 30 51 30", // function 81: print
		]
			.join("")
			.replaceAll(" ", ""),
	);
});

test("every layout fits the paper and the standard", () => {
	fc.assert(
		fc.property(
			fc.integer({ min: 1, max: 1_000 }),
			fc.constantFrom(384, 512, 546, 576),
			(codewords, dots) => {
				const layout = layoutFor(codewords, dots);
				if (layout === undefined) return;
				const { columns, size, rows, level } = layout;
				expect((69 + 17 * columns + 4) * size).toBeLessThanOrEqual(dots);
				expect(rows).toBeLessThanOrEqual(90);
				expect(columns * rows).toBeGreaterThanOrEqual(codewords + 1 + 2 ** (level + 1));
				expect(columns * rows).toBeLessThanOrEqual(928 + columns);
			},
		),
	);
});

test("narrow paper has smaller modules when it needs more columns, and too long data is no symbol", () => {
	expect(layoutFor(100, 384)?.size).toBe(3);
	expect(layoutFor(400, 384)?.size).toBe(2);
	expect(layoutFor(900, 576)).toBeUndefined();
	expect(pdf417("x".repeat(1_000), 576)).toBeUndefined();
});

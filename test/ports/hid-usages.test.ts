import fc from "fast-check";
import { expect, test } from "vitest";
import { hidUsages } from "../../src/ports/hid-usages.ts";

const bytes = (...all: number[]) => Uint8Array.from(all);

test("a HID POS scanner's collection is page 8C, usage 2", () => {
	const inner = [0x09, 0x12, 0xa1, 0x02, 0x85, 0x02, 0x15, 0x00, 0x26, 0xff, 0x00, 0xc0];
	expect(hidUsages(bytes(0x05, 0x8c, 0x09, 0x02, 0xa1, 0x01, ...inner, 0xc0))).toEqual([
		{ usagePage: 0x8c, usage: 2 },
	]);
});

test("every top-level collection is told, a vendor's page of two bytes too", () => {
	const vendor = [0x06, 0x8c, 0xff, 0x09, 0x01, 0xa1, 0x01, 0xc0];
	const keyboard = [0x05, 0x01, 0x09, 0x06, 0xa1, 0x01, 0x05, 0x07, 0xc0];
	expect(hidUsages(bytes(...vendor, ...keyboard))).toEqual([
		{ usagePage: 0xff8c, usage: 1 },
		{ usagePage: 1, usage: 6 },
	]);
});

test("the page counts that holds where the collection begins, and push and pop bring one back", () => {
	expect(hidUsages(bytes(0x05, 0x01, 0xa4, 0x09, 0x02, 0x05, 0x8c, 0xa1, 0x01, 0xc0))).toEqual([
		{ usagePage: 0x8c, usage: 2 },
	]);
	expect(hidUsages(bytes(0x05, 0x01, 0xa4, 0x05, 0x8c, 0xb4, 0x09, 0x06, 0xa1, 0x01, 0xc0))).toEqual([
		{ usagePage: 1, usage: 6 },
	]);
});

test("a usage of four bytes brings its page", () => {
	expect(hidUsages(bytes(0x05, 0x01, 0x0b, 0x02, 0x00, 0x8c, 0x00, 0xa1, 0x01, 0xc0))).toEqual([
		{ usagePage: 0x8c, usage: 2 },
	]);
});

test("a long item is stepped over", () => {
	expect(hidUsages(bytes(0xfe, 0x02, 0x00, 0xa1, 0x01, 0x05, 0x8c, 0x09, 0x02, 0xa1, 0x01, 0xc0))).toEqual([
		{ usagePage: 0x8c, usage: 2 },
	]);
});

test("any bytes are read to at most 16 collections, each of two 16-bit numbers", () => {
	const piece = fc.constantFrom(0x05, 0x09, 0xa1, 0xc0, 0xa4, 0xb4, 0x0b, 0xfe, 0x8c, 0x01, 0x02);
	fc.assert(
		fc.property(fc.array(fc.oneof(piece, fc.integer({ min: 0, max: 255 })), { maxLength: 4_096 }), (all) => {
			const usages = hidUsages(Uint8Array.from(all));
			expect(usages.length).toBeLessThanOrEqual(16);
			for (const { usagePage, usage } of usages) {
				for (const number of [usagePage, usage]) expect(number).toBe(number & 0xffff);
			}
		}),
	);
});

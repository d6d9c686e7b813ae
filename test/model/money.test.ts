import fc from "fast-check";
import { expect, test } from "vitest";
import { FaultError } from "../../src/model/fault.ts";
import { isKopecks, kopecks, roubles } from "../../src/model/money.ts";

const most = 9_999_999_999;
const amounts = fc.integer({ min: 0, max: most });

test("every whole number of up to ten digits is an amount", () => {
	fc.assert(fc.property(amounts, (amount) => kopecks(amount) === amount));
});

test.each([[-1], [0.5], [most + 1], [Number.NaN], [Number.POSITIVE_INFINITY], [1e-9]])(
	"%d is not an amount",
	(number) => {
		expect(isKopecks(number)).toBe(false);
		expect(() => kopecks(number)).toThrow(expect.objectContaining({ code: "request-invalid" }));
		expect(() => kopecks(number)).toThrow(FaultError);
	},
);

test.each([["100"], [null], [undefined], [100n], [{}], [[100]], [true]])(
	"%s is no number and no amount",
	(value) => {
		expect(isKopecks(value)).toBe(false);
	},
);

test.each([
	[0, "0,00"],
	[7, "0,07"],
	[70, "0,70"],
	[100, "1,00"],
	[99_999, "999,99"],
	[100_000, "1 000,00"],
	[123_456, "1 234,56"],
	[most, "99 999 999,99"],
])("%d kopecks are written %s", (amount, written) => {
	expect(roubles(kopecks(amount))).toBe(written);
});

test("what is written reads back as the same amount, to the kopeck", () => {
	fc.assert(
		fc.property(amounts, (amount) => {
			const written = roubles(kopecks(amount));
			expect(written).toMatch(/^\d{1,3}( \d{3})*,\d\d$/);
			expect(Number(written.replace(/[ ,]/g, ""))).toBe(amount);
		}),
	);
});

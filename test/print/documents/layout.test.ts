import fc from "fast-check";
import { expect, test } from "vitest";
import { keyValue, rule, wrap } from "../../../src/print/documents/layout.ts";

const columns = fc.constantFrom(32, 42, 48);
const words = fc.oneof(
	fc.string({ maxLength: 300 }),
	fc.string({ unit: fc.constantFrom("а", "-", " ", "я"), maxLength: 300 }),
	fc.uuid(),
);
const lengthOf = (text: string) => Array.from(text).length;
const withoutSpaces = (text: string) => text.replaceAll(/\s/g, "");

test("a rule is as wide as the paper", () => {
	expect(rule(32).text).toBe("─".repeat(32));
});

test("text is broken between words", () => {
	expect(wrap("раз два три четыре", 8)).toEqual(["раз два", "три", "четыре"]);
});

test("a long id is broken after a dash, and elsewhere only when it has none", () => {
	expect(wrap("5c2b1f0e-9d1c-4f43-8a7e-9b1d0c2f3a4b", 32)).toEqual([
		"5c2b1f0e-9d1c-4f43-8a7e-",
		"9b1d0c2f3a4b",
	]);
	expect(wrap("1234567890", 4)).toEqual(["1234", "5678", "90"]);
});

test("a name and a value share a line, each at its edge", () => {
	expect(keyValue("Заказ", "A-1", 12)).toEqual(["Заказ    A-1"]);
	expect(keyValue("Заказ", "A-1", 9)).toEqual(["Заказ A-1"]);
});

test("a value that does not fit beside its name stands below it, at the right edge", () => {
	expect(keyValue("Заказ", "A-1", 8)).toEqual(["Заказ", "     A-1"]);
	expect(keyValue("Заказ", "ABCD-12", 5)).toEqual(["Заказ", "ABCD-", "   12"]);
});

test("no text is too wide for the paper or loses more than spaces", () => {
	fc.assert(
		fc.property(words, columns, (text, width) => {
			const lines = wrap(text, width);
			expect(lines.filter((line) => lengthOf(line) > width)).toEqual([]);
			expect(withoutSpaces(lines.join(""))).toBe(withoutSpaces(text));
		}),
	);
});

test("no name and value are too wide for the paper or lose more than spaces", () => {
	fc.assert(
		fc.property(words, words, columns, (key, value, width) => {
			const lines = keyValue(key, value, width);
			expect(lines.filter((line) => lengthOf(line) > width)).toEqual([]);
			expect(withoutSpaces(lines.join(""))).toBe(withoutSpaces(key + value));
		}),
	);
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	httpUrl,
	milliseconds,
	name,
	oneOf,
	secretSource,
	text,
	wholeNumber,
} from "../../../src/model/settings/common.ts";

const takes = (schema: { safeParse(value: unknown): { success: boolean } }, value: unknown) =>
	schema.safeParse(value).success;

test("a whole number is taken exactly within its limits", () => {
	const schema = wholeNumber(3, 9);
	fc.assert(fc.property(fc.integer({ min: -20, max: 20 }), (n) => takes(schema, n) === (n >= 3 && n <= 9)));
	for (const value of [3.5, "3", null, Number.NaN, true, 5n]) expect(takes(schema, value)).toBe(false);
});

test("whatever is wrong with a value, the words are those of its limits", () => {
	for (const value of ["three", -1.5, 0, 1e300, undefined, null]) {
		const messages = wholeNumber(1, 20)
			.safeParse(value)
			.error?.issues.map(({ message }) => message);
		expect(new Set(messages)).toEqual(new Set(["expected a whole number from 1 to 20"]));
	}
	expect(milliseconds(250, 500).safeParse(1).error?.issues[0]?.message).toBe(
		"expected 250 to 500 ms as a whole number",
	);
	expect(oneOf(["none", "even"]).safeParse("odd").error?.issues[0]?.message).toBe(
		"expected one of: none, even",
	);
	expect(text(5).safeParse("").error?.issues[0]?.message).toBe("expected text of 1 to 5 characters");
});

describe("an address", () => {
	test.each([
		"https://api.koshelek.app/partner",
		"https://api.koshelek.app:8443/",
		"http://localhost:8080/partner",
		"http://127.0.0.1:8080",
		"http://[::1]:8080/",
	])("%s is taken", (url) => {
		expect(takes(httpUrl, url)).toBe(true);
	});

	test.each([
		"http://api.koshelek.app/partner",
		"http://localhost.example.org/",
		"http://127.0.0.1.example.org/",
		"https://me:secret@api.koshelek.app/",
		"https://:secret@api.koshelek.app/",
		"https://api.koshelek.app/?a=b",
		"https://api.koshelek.app/#a",
		"ftp://localhost/",
		"file:///etc/passwd",
		"api.koshelek.app",
		"",
	])("%j is refused", (url) => {
		expect(takes(httpUrl, url)).toBe(false);
	});
});

test.each(["front", "scanner-2", "0", "a".repeat(32)])("%j is a name", (word) => {
	expect(takes(name, word)).toBe(true);
});

test.each(["", "Front", "-a", "a b", "касса", "a\n", "a".repeat(33)])("%j is no name", (word) => {
	expect(takes(name, word)).toBe(false);
});

test.each([[{ file: "a" }], [{ env: "KASSAD_PASSWORD" }]])("%j is the place of a secret", (source) => {
	expect(takes(secretSource, source)).toBe(true);
});

test.each([
	["swordfish"],
	[{}],
	[{ file: "" }],
	[{ env: "lower" }],
	[{ env: "A B" }],
	[{ file: "a", env: "A" }],
	[null],
])("%j is no place of a secret", (source) => {
	expect(takes(secretSource, source)).toBe(false);
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { wrap } from "../../src/cli/wrap.ts";

test("a text is broken between words, and the later lines hang", () => {
	expect(wrap(`${"a".repeat(70)} bb ${"c".repeat(9)}`, 2, 4)).toEqual([
		`  ${"a".repeat(70)} bb`,
		`    ${"c".repeat(9)}`,
	]);
	expect(wrap("", 3)).toEqual(["   "]);
});

test("no line is wider than 80 columns, and no character but spaces is lost", () => {
	fc.assert(
		fc.property(fc.string({ maxLength: 400 }), fc.nat(17), (text, indent) => {
			const lines = wrap(text, indent);
			expect(lines.filter((line) => line.length > 80)).toEqual([]);
			expect(lines.join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
		}),
	);
});

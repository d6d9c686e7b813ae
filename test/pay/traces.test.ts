import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Traces } from "../../src/pay/traces.ts";

const text = fc.string({ unit: "binary", minLength: 6, maxLength: 20 });

const traces = (...texts: readonly string[]) => {
	const made = new Traces();
	for (const each of texts) made.add(each);
	return made;
};

describe("whether one of many texts stands in some bytes:", () => {
	test("as each looked for by itself", () => {
		fc.assert(
			fc.property(fc.array(text, { maxLength: 50 }), fc.string(), fc.string(), (texts, before, after) => {
				for (const one of [...texts, "another"]) {
					const bytes = Buffer.from(`${before}${one}${after}`);
					expect(traces(...texts).isIn(bytes)).toBe(texts.some((each) => bytes.includes(each)));
				}
			}),
			{ seed: 1_987 },
		);
	});

	test("not where only its end stands", () => {
		const made = traces("card-123456", "card-ZZ123456");
		expect(made.isIn(Buffer.from("123456, bard-123456"))).toBe(false);
		expect(made.isIn(Buffer.from("123456, bard-123456, card-123456"))).toBe(true);
	});

	test("not once it is taken back", () => {
		const made = new Traces();
		made.remove(made.add("ZQ7XW9"));
		expect(made.isIn(Buffer.from("ZQ7XW9"))).toBe(false);
	});

	test("also when another with the same end is taken back", () => {
		const made = traces("A-ZQ7XW9");
		made.remove(made.add("B-ZQ7XW9"));
		expect(made.isIn(Buffer.from("A-ZQ7XW9"))).toBe(true);
		expect(made.isIn(Buffer.from("B-ZQ7XW9"))).toBe(false);
	});
});

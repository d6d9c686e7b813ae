import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Traces } from "../../src/pay/traces.ts";

const text = fc.string({ unit: "binary", minLength: 6, maxLength: 20 });

const traces = (...texts: readonly string[]) => {
	const made = new Traces();
	for (const each of texts) made.add(each);
	return made;
};

describe("whether one of many texts may stand in some bytes:", () => {
	test("yes, wherever one of them stands", () => {
		fc.assert(
			fc.property(
				fc.array(text, { minLength: 1, maxLength: 50 }),
				fc.string(),
				fc.string(),
				(texts, before, after) => {
					const [one = ""] = texts;
					expect(traces(...texts).mayBeIn(Buffer.from(`${before}${one}${after}`))).toBe(true);
				},
			),
			{ seed: 1_987 },
		);
	});

	test("no, where not even the last six bytes of one stand", () => {
		const made = traces("card-123456", "Ключи");
		expect(made.mayBeIn(Buffer.from("card-123450 23456 12345 Ключ очи 654321"))).toBe(false);
	});

	test("no, once it is taken back", () => {
		const made = new Traces();
		made.remove(made.add("ZQ7XW9"));
		expect(made.mayBeIn(Buffer.from("ZQ7XW9"))).toBe(false);
	});

	test("yes, while another text has the same end", () => {
		const made = traces("A-ZQ7XW9");
		made.remove(made.add("B-ZQ7XW9"));
		expect(made.mayBeIn(Buffer.from("A-ZQ7XW9"))).toBe(true);
	});
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { bodyHash } from "../../src/pos/body-hash.ts";
import { wish } from "./counter.ts";

test("the hash is of the body as it is: a known one never changes over versions", () => {
	// printf '{"a":[{"b":1,"c":"я"}],"z":2}' | sha256sum
	const hash = bodyHash({ key: "k", z: 2, a: [{ c: "я", b: 1 }] } as { key: string });
	expect(hash).toBe("e4b45b36890a1ced602cea8e1792f2e1c483e679cc30604cb74da8a63657daac");
});

test("the key is no part of the body", () => {
	expect(bodyHash({ ...wish, key: "another" })).toBe(bodyHash(wish));
});

test("the order of fields does not matter, at any depth", () => {
	const backwards = (value: unknown): unknown => {
		if (Array.isArray(value)) return value.map(backwards);
		if (typeof value !== "object" || value === null) return value;
		return Object.fromEntries(
			Object.entries(value)
				.reverse()
				.map(([name, inner]) => [name, backwards(inner)]),
		);
	};
	fc.assert(
		fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (body) => {
			expect(bodyHash({ ...(backwards(body) as object), key: "a" })).toBe(bodyHash({ ...body, key: "b" }));
		}),
	);
});

test("any other amount, item or order of items is another body", () => {
	const [item] = wish.items;
	const dearer = { ...item, price: 1 };
	const bodies = [
		wish,
		{ ...wish, totalAmount: 1 },
		{ ...wish, orderId: "order-2" },
		{ ...wish, items: [dearer] },
		{ ...wish, items: [item, dearer] },
		{ ...wish, items: [dearer, item] },
		{ ...wish, paymentTypes: ["SBP"] },
	];
	expect(new Set(bodies.map(bodyHash)).size).toBe(bodies.length);
});

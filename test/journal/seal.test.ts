import { createSecretKey, randomBytes } from "node:crypto";
import { inspect } from "node:util";
import fc from "fast-check";
import { expect, test } from "vitest";
import { sealWith } from "../../src/journal/seal.ts";
import { Secret } from "../../src/model/secret.ts";

const newSeal = () => sealWith(createSecretKey(randomBytes(32)));
const text = fc.string({ unit: "binary" });

test("what was sealed opens again, whatever it says", () => {
	const seal = newSeal();
	fc.assert(
		fc.property(text, text, (secret, about) => {
			expect(seal.open(seal.close(new Secret(secret), about), about).reveal()).toBe(secret);
		}),
	);
});

test("one changed bit anywhere, or a missing end, does not open", () => {
	const seal = newSeal();
	const sealed = seal.close(new Secret("A1G97N"), "here");
	fc.assert(
		fc.property(fc.nat(sealed.length * 8 - 1), (bit) => {
			const changed = Uint8Array.from(sealed);
			changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
			expect(() => seal.open(changed, "here")).toThrow("journal-failed: could not unseal here");
		}),
	);
	for (let length = 0; length < sealed.length; length += 1) {
		expect(() => seal.open(sealed.subarray(0, length), "here")).toThrow("journal-failed");
	}
});

test("another key does not open it, nor does another place", () => {
	const seal = newSeal();
	const sealed = seal.close(new Secret("A1G97N"), "here");
	expect(() => newSeal().open(sealed, "here")).toThrow("journal-failed");
	expect(() => seal.open(sealed, "there")).toThrow("journal-failed");
});

test("the same secret sealed twice looks different, and neither shows it", () => {
	const seal = newSeal();
	const [once, twice] = [seal.close(new Secret("A1G97N"), "here"), seal.close(new Secret("A1G97N"), "here")];
	expect(once).not.toEqual(twice);
	expect(Buffer.from(once).includes("A1G97N")).toBe(false);
});

test("an opened secret hides itself", () => {
	const seal = newSeal();
	expect(inspect(seal.open(seal.close(new Secret("A1G97N"), "here"), "here"))).toBe("[hidden]");
});

test("a text has the same mark each time, and another with another text, place or key", () => {
	const seal = newSeal();
	const marks = fc.uniqueArray(fc.tuple(text, text), {
		selector: (pair) => JSON.stringify(pair),
		minLength: 2,
	});
	fc.assert(
		fc.property(marks, (pairs) => {
			const all = pairs.map(([secret, about]) =>
				Buffer.from(seal.mark(new Secret(secret), about)).toString("hex"),
			);
			expect(new Set(all).size).toBe(pairs.length);
			const again = pairs.map(([secret, about]) => seal.mark(new Secret(secret), about));
			expect(again.map((mark) => Buffer.from(mark).toString("hex"))).toEqual(all);
		}),
	);
	const [own, other] = [seal, newSeal()].map(({ mark }) => mark(new Secret("A1G97N"), "here"));
	expect(own).toHaveLength(32);
	expect(own).not.toEqual(other);
});

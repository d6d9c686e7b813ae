import { createHmac } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { hmac, hmacBy } from "../../src/model/hmac.ts";

/** RFC 4231, test cases 1 and 6, and RFC 2202, section 3, test case 1. */
test.each([
	["SHA1", "0b".repeat(20), "Hi There", "b617318655057264e28bc0b6fb378c8ef146be00"],
	["SHA256", "0b".repeat(20), "Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"],
	[
		"SHA256",
		"aa".repeat(131),
		"Test Using Larger Than Block-Size Key - Hash Key First",
		"60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
	],
	[
		"SHA512",
		"aa".repeat(131),
		"Test Using Larger Than Block-Size Key - Hash Key First",
		"80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f3526b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598",
	],
] as const)("%s under a key %s is as its RFC says", (hash, key, text, expected) => {
	expect(hmac(hash, Buffer.from(key, "hex"), Buffer.from(text)).toString("hex")).toBe(expected);
});

test("it is the system's HMAC, whatever the key and the text", () => {
	const bytes = fc.uint8Array({ maxLength: 300, size: "max" });
	fc.assert(
		fc.property(fc.constantFrom("SHA1", "SHA256", "SHA512"), bytes, bytes, (hash, key, text) => {
			const expected = createHmac(hash, key).update(text).digest("hex");
			expect(hmac(hash, key, text).toString("hex")).toBe(expected);
		}),
		{ numRuns: 300, seed: 1 },
	);
});

test("a key that is used again and again gives each text its own HMAC", () => {
	const key = Buffer.from("0b".repeat(20), "hex");
	const mac = hmacBy("SHA256", key);
	for (const text of ["Hi There", "", "a longer text than before", "Hi There"]) {
		const expected = createHmac("SHA256", key).update(text).digest("hex");
		expect(mac(Buffer.from(text)).toString("hex")).toBe(expected);
	}
});

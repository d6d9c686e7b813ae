import { createHmac, createSecretKey } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { keyedHash } from "../../src/journal/keyed-hash.ts";

test("a keyed hash is HMAC-SHA-256, of the pieces one after the other", () => {
	const bytes = (most: number) => fc.uint8Array({ maxLength: most });
	fc.assert(
		fc.property(fc.uint8Array({ minLength: 1, maxLength: 64 }), fc.array(bytes(200)), (key, pieces) => {
			const hmac = keyedHash(createSecretKey(key));
			const other = createHmac("sha256", key).update(Buffer.concat(pieces)).digest();
			expect(hmac(...pieces)).toEqual(other);
			expect(hmac(...pieces)).toEqual(other);
		}),
		{ seed: 20_261_129 },
	);
});

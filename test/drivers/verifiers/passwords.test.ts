import { describe, expect, test } from "vitest";
import { hmac, passwordOf, stepAt } from "../../../drivers/verifiers/passwords.ts";

/** RFC 6238, appendix B. */
const vectors = [
	[59, "94287082", "46119246", "90693936"],
	[1_111_111_109, "07081804", "68084774", "25091201"],
	[20_000_000_000, "65353130", "77737706", "47863826"],
] as const;

describe.each([
	["HmacSHA1", 1, 20],
	["HmacSHA256", 2, 32],
	["HmacSHA512", 3, 64],
] as const)("RFC 6238 with %s", (hash, column, seedLength) => {
	test.each(vectors)("at %i s", (...row) => {
		const agreement = { hash, interval: 30, passLength: 8 };
		const key = Buffer.from("1234567890".repeat(7).slice(0, seedLength));
		expect(passwordOf(agreement, key, stepAt(agreement, row[0] * 1_000))).toBe(row[column]);
	});
});

test("a short password keeps its leading zeros", () => {
	const agreement = { hash: "HmacSHA1", interval: 30, passLength: 8 };
	expect(passwordOf(agreement, Buffer.from("12345678901234567890"), 37_037_036)).toBe("07081804");
	expect(passwordOf({ ...agreement, passLength: 3 }, Buffer.from("12345678901234567890"), 1)).toBe("082");
});

test("the HMAC is that of RFC 4231, test case 2", () => {
	const mac = hmac(
		{ hash: "HmacSHA256", interval: 30, passLength: 3 },
		Buffer.from("Jefe"),
		"what do ya want for nothing?",
	);
	expect(mac.toString("hex")).toBe("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
});

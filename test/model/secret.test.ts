import { Console } from "node:console";
import { Writable } from "node:stream";
import { format, inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isSecretName, masked, Secret } from "../../src/model/secret.ts";

const secret = new Secret("swordfish");

function printed(value: unknown): string {
	const pieces: string[] = [];
	const stdout = new Writable({ write: (piece, _, done) => done(void pieces.push(String(piece))) });
	new Console(stdout).log(value);
	return pieces.join("");
}

const ways: [string, () => string][] = [
	["console.log", () => printed(secret)],
	["console.log of an object around it", () => printed({ secret })],
	[
		"util.inspect with everything shown",
		() => inspect(secret, { showHidden: true, depth: 9, getters: true }),
	],
	["util.format", () => format("%s %j %o", secret, secret, secret)],
	["JSON", () => JSON.stringify({ secret })],
	["a template", () => `${secret}`],
	["concatenation", () => `x${String(secret)}`],
	["an error's message", () => String(new TypeError(`bad ${secret}`))],
];

describe("a secret", () => {
	test.each(ways)("shows only [hidden] in %s", (_, shown) => {
		expect(shown()).toContain("[hidden]");
		expect(shown()).not.toContain("swordfish");
	});

	test("has nothing to copy or to iterate", () => {
		expect({ ...secret }).toEqual({});
		expect(Object.getOwnPropertyNames(secret)).toEqual([]);
		expect(structuredClone(secret)).toEqual({});
	});

	test("is given away by reveal alone", () => {
		expect(secret.reveal()).toBe("swordfish");
	});

	test("may be of any type", () => {
		expect(new Secret(Buffer.from([1, 2])).reveal()).toEqual(Buffer.from([1, 2]));
	});
});

describe("a masked card number", () => {
	test.each([
		["1234567890123", "12*******0123"],
		["1234567890", "12****7890"],
		["123456789", "*******89"],
		["12", "12"],
		["1", "1"],
		["", ""],
	])("%j is shown as %j", (number, shown) => {
		expect(masked(new Secret(number))).toBe(shown);
	});

	test("keeps its length and hides at least four characters of every number that is long enough", () => {
		fc.assert(
			fc.property(fc.stringMatching(/^[0-9]{1,32}$/), (number) => {
				const shown = masked(new Secret(number));
				expect(shown).toHaveLength(number.length);
				const hidden = shown.split("*").length - 1;
				expect(hidden).toBeGreaterThanOrEqual(Math.min(4, number.length - 2));
			}),
		);
	});
});

test("the name of a secret is known however it is spelled, and other names are not", () => {
	const names = [
		"cardSession",
		"cardsession",
		"card_session",
		"CARD-NUMBER",
		"loyaltyId",
		"password",
		"token",
	];
	expect(names.filter(isSecretName)).toEqual(names);
	expect(["card", "kzo", "merchantId", "cards", "sessionId", ""].filter(isSecretName)).toEqual([]);
});

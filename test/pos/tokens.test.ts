import fc from "fast-check";
import { expect, test } from "vitest";
import { Secret } from "../../src/model/secret.ts";
import { tokenCheck } from "../../src/pos/tokens.ts";

const said = ["a".repeat(32), "b".repeat(40), "Ж".repeat(32)];
const nameOf = tokenCheck(said.map((token, at) => ({ name: `till-${at}`, token: new Secret(token) })));

test("a token is found by all of its characters, wherever it stands in the list", () => {
	expect(said.map(nameOf)).toEqual(["till-0", "till-1", "till-2"]);
});

test("nothing else is a token, however like one it is", () => {
	const near = said.flatMap((token) => [
		token.slice(1),
		`${token} `,
		token.toUpperCase(),
		token.replace(/.$/, "c"),
	]);
	const other = fc.oneof(fc.string(), fc.constantFrom("", ...near)).filter((text) => !said.includes(text));
	fc.assert(fc.property(other, (text) => nameOf(text) === undefined));
});

test("without tokens nobody comes in", () => {
	expect(tokenCheck([])("")).toBeUndefined();
});

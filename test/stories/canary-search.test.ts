import { inspect } from "node:util";
import { expect, test } from "vitest";
import writeExcelFile from "write-excel-file/node";
import { escapedCanaries } from "./canary-search.ts";

const session = { name: "the session", secret: "ZQ7XW9" };
const key = { name: "the key", secret: "c0ffee5eed0123456789abcdefc0ffee" };
const number = { name: "the number", secret: "8067305918246" };
const canaries = [session, key, number];
const bytes = (text: string, encoding: BufferEncoding = "utf8") => Buffer.from(text, encoding);
const big = (text: string) => bytes(text, "utf16le").swap16();
const found = (written: Uint8Array) =>
	escapedCanaries(canaries, [
		{ place: "there", bytes: Buffer.concat([bytes("before "), written, bytes(" after")]) },
	]);

const secret = Buffer.from(session.secret);

test.each([
	["in clear", bytes(session.secret)],
	["in small letters", bytes("zq7xw9")],
	["within a word", bytes(`77${number.secret}${session.secret}123`)],
	...["", "a", "ab", "abc"].flatMap((before) =>
		["", "z", "zy"].map((after): [string, Buffer] => [
			`in base64 of "${before}...${after}"`,
			bytes(bytes(`${before}${session.secret}${after}`).toString("base64")),
		]),
	),
	["in hexadecimal", bytes(secret.toString("hex"))],
	["in capital hexadecimal", bytes(secret.toString("hex").toUpperCase())],
	["as a buffer that was printed", bytes(inspect(secret))],
	["as a buffer in JSON", bytes(JSON.stringify(secret))],
	["as UTF-16LE", bytes(session.secret, "utf16le")],
	["as UTF-16BE", big(session.secret)],
	["with percent signs", bytes("%5A%51%37%58%57%39")],
	["in escapes", bytes("\\u005A\\u0051\\u0037\\u0058\\u0057\\u0039")],
	["backwards", bytes("9WX7QZ")],
])("a canary is found %s", (_, written) => {
	expect(found(written)).toContainEqual(expect.stringMatching(/^the session \(.*\) in there$/));
});

test.each([
	["the first half of a long one", key.secret.slice(0, 16), key],
	["the last half of a long one", key.secret.slice(16), key],
	["a card number without its last digits", "8067305918***", number],
	["a card number without its first digits", "***7305918246", number],
])("%s is found", (_, written, { name }) => {
	expect(found(bytes(written))).toContainEqual(expect.stringContaining(name));
});

test("what is shown openly is none: a masked number, other words", () => {
	expect(found(bytes("80*******8246, session ZQ7X.., c0ffee"))).toEqual([]);
});

test("a canary in a file of an archive is found, and told by its place", async () => {
	const workbook = await writeExcelFile([[{ value: `card ${number.secret}` }]]).toBuffer();
	expect(escapedCanaries(canaries, [{ place: "day.xlsx", bytes: workbook }])).toContainEqual(
		expect.stringMatching(/in day\.xlsx: .*\.xml/),
	);
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { loadConfig } from "../../src/config.ts";
import { env, known, settingsFile, shipped } from "../settings-file.ts";

const shippedText = readFileSync(shipped, "utf8");

const { folder, loadText, complaints } = settingsFile();

describe("the file", () => {
	test.each([
		[
			"a key that stands twice",
			`${shippedText}\nlanguage: ru\n`,
			/^line \d+, column 1: Map keys must be unique$/,
		],
		["a broken line", "language: [ru\nlog: 1", /^line 2, column 1: /],
		["a tab as indentation", "log:\n\tlevel: info\n", /^line 2, column 1: Tabs are not allowed/],
		["a tag that would be guessed", "language: !secret ru\n", /^line 1, column 11: Unresolved tag$/],
		["a reference to nothing", "language: *ru\n", /^Unresolved alias/],
		["two documents", "a: 1\n---\nb: 2\n", /Source contains multiple documents/],
	])("with %s is refused", (_, text, complaint) => {
		expect(complaints(() => loadText(text))[0]).toMatch(complaint);
	});

	test("a syntax error does not quote the file, which may hold a misplaced secret", () => {
		for (const text of [
			'a: "sword\\qfish',
			"a: *swordfish",
			"a: !swordfish x",
			"a: @swordfish",
			"a: [swordfish: b: c",
		]) {
			expect(complaints(() => loadText(text)).join()).not.toMatch(/swordfish/);
		}
	});

	test.each([
		["nothing", ""],
		["a list", "- a"],
		["a word", "kassad"],
	])("that holds %s is refused", (_, text) => {
		expect(complaints(() => loadText(text))[0]).toMatch(/^expected a map of keys, got /);
	});

	test("of more than 1 MB is refused unread", () => {
		expect(complaints(() => loadText("#".repeat(1_048_577)))[0]).toMatch(
			/has 1048577 bytes, at most 1048576/,
		);
	});

	test("that multiplies itself by references is refused", () => {
		const bomb = ["a: &a [x,x,x,x,x,x,x,x,x]"];
		for (const [from, to] of ["ab", "bc", "cd", "de", "ef"])
			bomb.push(`${to}: &${to} [${Array(9).fill(`*${from}`)}]`);
		expect(complaints(() => loadText(bomb.join("\n")))[0]).toMatch(/Excessive alias count/);
	});

	test("that is not there is named", () => {
		expect(complaints(() => loadConfig(join(folder, "none.yaml"), env, known))[0]).toMatch(
			/^cannot read .*none\.yaml: no such file/,
		);
	});

	test("that is a folder is refused", () => {
		expect(complaints(() => loadConfig(folder, env, known))[0]).toMatch(/is not a file$/);
	});

	test("whatever it holds, the answer is a list of complaints", () => {
		fc.assert(
			fc.property(fc.string({ unit: "binary" }), (text) => complaints(() => loadText(text)).length > 0),
		);
		fc.assert(fc.property(fc.json(), (text) => complaints(() => loadText(text)).length > 0));
	});
});

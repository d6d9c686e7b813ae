import { describe, expect, test } from "vitest";
import { checkTitles, noteCodes, promptCodes, redCodes, skipCodes } from "../src/model/self-test.ts";
import { loadSelfTestWords, sayCheck, sayVerdict, slipOf, verdictOf } from "../src/self-test-words.ts";
import { green, red, remark, skipped } from "../src/selftest/check.ts";

const languages = ["ru", "en"] as const;

/** Every hole of every sentence, by the sentence's place. */
function holes(words: object, place = ""): string[] {
	return Object.entries(words).flatMap(([key, value]) =>
		typeof value === "string"
			? [...new Set(value.match(/\{\w+\}/g))].map((hole) => `${place}${key} ${hole}`)
			: holes(value, `${place}${key}.`),
	);
}

test.each(languages)("in %s there is a sentence for everything, and none that nobody says", (language) => {
	const { titles, notes, skips, prompts, reds } = loadSelfTestWords(language);
	const told = [titles, notes, skips, prompts, reds].map((words) => Object.keys(words).sort());
	const codes = [checkTitles, noteCodes, skipCodes, promptCodes, redCodes].map((all) => [...all].sort());
	expect(told).toEqual(codes);
});

test("both languages say the same things about the same facts", () => {
	const [ru, en] = languages.map((language) => new Set(holes(loadSelfTestWords(language).reds)));
	// A sentence may leave out a fact; a hole that only one language has is looked at here.
	expect([...(ru ?? [])].filter((hole) => !en?.has(hole))).toEqual([]);
});

const at = { kind: "internal", ms: 12 } as const;

describe("a check in words", () => {
	const words = loadSelfTestWords("en");

	test("of what is wrong there are what happened, why, and what to do", () => {
		const facts = { free: 12, least: 256, folder: "/var/lib/kassad" };
		const result = { ...at, check: "disk", title: remark("disk"), ...red("disk-full", facts) };
		expect(sayCheck(result, words)).toEqual({
			...{ title: "Space on the disk", mark: "WRONG", notes: [] },
			reds: [
				{
					what: "Only 12 MB are free on the disk of /var/lib/kassad.",
					why: "256 MB are wanted (selfTest.leastFreeBytes). On a full disk no payment can begin.",
					do: expect.stringMatching(/^Delete old logs/),
				},
			],
		});
	});

	test("symbologies have their own names, and another check is named by its title", () => {
		const title = remark("read", { scanner: "front", symbol: "datamatrix", device: "receipt" });
		const needs = skipped("needs", { check: "read:front:receipt:qr" });
		expect(sayCheck({ ...at, check: "x", title, ...needs }, words)).toMatchObject({
			title: "front reads DataMatrix of receipt",
			notes: ["first this must be right: front reads QR of receipt"],
		});
	});

	test("what a device says of itself cannot move the cursor", () => {
		const title = remark("printer", { device: "receipt" });
		const said = sayCheck(
			{ ...at, check: "x", title, ...green("printer-is", { identity: "A\u001b[2JB" }) },
			words,
		);
		expect(said.notes).toEqual(["says it is A?[2JB"]);
	});
});

test("one red check makes it red; what was only left out does not", () => {
	const words = loadSelfTestWords("en");
	const [well, wrong, left] = [
		{ ...at, check: "a", title: remark("disk"), ...green("disk-free", { free: 1 }) },
		{ ...at, check: "b", title: remark("clock"), ...red("clock-ahead", { seconds: 5 }) },
		{ ...at, check: "c", title: remark("payment"), ...skipped("production") },
	] as const;
	expect([[well], [well, left], [well, left, wrong]].map(verdictOf)).toEqual(["green", "skipped", "red"]);
	expect(sayVerdict([well, left, wrong], words)).toBe("1 wrong, 1 well, 1 left out.");
	expect(slipOf([wrong, left], words, 7)).toEqual({
		...{ at: 7, verdict: "1 wrong, 0 well, 1 left out." },
		checks: [
			{
				...{ title: "Clock agrees with the server's", state: "red", mark: "WRONG" },
				what: "This till's clock is 5 s ahead of the server's.",
				advice: "timedatectl set-ntp true",
			},
			{ title: "Test payment", state: "skipped", mark: "left out" },
		],
	});
});

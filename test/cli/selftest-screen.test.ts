import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkLines, selfTestScreen } from "../../src/cli/selftest-screen.ts";
import { type CheckResult, checkTitles, noteCodes, redCodes, skipCodes } from "../../src/model/self-test.ts";
import { loadSelfTestWords } from "../../src/self-test-words.ts";
import { green, red, remark, skipped } from "../../src/selftest/check.ts";

const words = { ru: loadSelfTestWords("ru"), en: loadSelfTestWords("en") };
const at = { check: "disk", kind: "internal", title: remark("disk"), ms: 12 } as const;

test("a check that is well is one line, with its time and what is good to know", () => {
	const result = { ...at, ...green("disk-free", { free: 4_096 }) };
	expect(checkLines(result, words.en, false)).toEqual([
		"  ✓ Space on the disk                    12 ms  4096 MB free",
	]);
});

test("below what is wrong stand what happened, why, and what to do", () => {
	const facts = { seconds: 75 };
	const result = { ...at, title: remark("clock"), ms: 1_234, ...red("clock-behind", facts) };
	expect(checkLines(result, words.en, false)).toEqual([
		"  ✗ Clock agrees with the server's       1.2 s",
		"      This till's clock is 75 s behind the server's.",
		"      Why: One-time passwords are good for seconds: honest cards will be",
		"        refused.",
		"      Do: timedatectl set-ntp true",
	]);
});

test("what was left out tells why, and no time", () => {
	const result = { ...at, title: remark("payment"), ...skipped("payment-unwanted") };
	expect(checkLines(result, words.en, false)).toEqual([
		"  – Test payment                        not wanted (--no-payment)",
	]);
});

const fact = fc.string({ minLength: 1, maxLength: 500, unit: "grapheme-composite" });
const facts = fc.record({
	...{ device: fact, scanner: fact, detail: fact, folder: fact, path: fact, address: fact, words: fact },
	symbol: fc.constantFrom("qr", "datamatrix", "pdf417", "code128"),
});
const results: fc.Arbitrary<CheckResult> = fc
	.record({
		title: fc.constantFrom(...checkTitles),
		note: fc.constantFrom(...noteCodes),
		facts,
		ms: fc.nat(),
	})
	.chain(({ title, note, facts, ms }) =>
		fc.constantFrom(
			{ ...at, title: remark(title, facts), ms, ...green(note, facts) },
			{ ...at, title: remark(title), ms, ...red(redCodes[ms % redCodes.length] ?? "broken", facts) },
			{ ...at, title: remark(title), ms, ...skipped(skipCodes[ms % skipCodes.length] ?? "needs", facts) },
		),
	);

test("whatever devices and servers say of themselves, what is wrong or left out fits 80 columns", () => {
	fc.assert(
		fc.property(results, fc.constantFrom(words.ru, words.en), (result, language) => {
			const [first = "", ...below] = checkLines(result, language, false);
			expect(below.filter((line) => line.length > 80)).toEqual([]);
			if (result.state !== "green") expect(first.length).toBeLessThanOrEqual(80);
		}),
		{ seed: 6, numRuns: 300 },
	);
});

describe("a screen", () => {
	test("that is a terminal shows what runs, and clears it when it is judged; elsewhere nothing is drawn over", () => {
		const shown = (isTTY: boolean) => {
			let all = "";
			const screen = selfTestScreen({ isTTY, write: (text: string) => (all += text) }, words.en);
			screen.show({ type: "begun", check: "disk", kind: "internal", title: remark("disk") });
			screen.show({ type: "judged", result: { ...at, ...green("disk-free", { free: 1 }) } });
			return all;
		};
		expect(shown(true)).toContain("  … Space on the disk\r\u001b[2K");
		expect(shown(false)).toBe("\nThe machine\n  ✓ Space on the disk                    12 ms  1 MB free\n");
	});
});

import { join } from "node:path";
import { z } from "zod";
import { findingLines, findingsOf } from "./config/findings.ts";
import { readYaml } from "./config/yaml.ts";
import { FaultError } from "./model/fault.ts";
import {
	type CheckResult,
	type CheckState,
	checkStates,
	checkTitles,
	noteCodes,
	promptCodes,
	type Remark,
	redCodes,
	type SelfTestSlip,
	selfTestKinds,
	skipCodes,
} from "./model/self-test.ts";
import { say } from "./model/sentence.ts";
import type { Language } from "./model/settings/settings.ts";

const word = z.string({ error: "expected text" }).min(1, { error: "expected text that is not empty" });

/** One sentence for each of these. */
const each = <const Key extends string>(keys: readonly Key[]) => z.record(z.enum(keys), word);

const schema = z.strictObject({
	head: word,
	kinds: each(selfTestKinds),
	marks: each(checkStates),
	labels: each(["why", "do", "ms", "s"]),
	verdict: each(checkStates),
	...{ question: word, yes: word },
	titles: each(checkTitles),
	symbols: each(["qr", "datamatrix", "pdf417", "code128"]),
	prompts: each(promptCodes),
	notes: each(noteCodes),
	skips: each(skipCodes),
	reds: z.record(z.enum(redCodes), z.strictObject({ what: word, why: word, do: word })),
});

/** All that a self-test says, in one language. */
export type SelfTestWords = z.infer<typeof schema>;

const shipped = join(import.meta.dirname, "../config");

/**
 * Reads the words of one language.
 * @throws {FaultError} `config-invalid` when one is missing or nobody says it; all are listed.
 */
export function loadSelfTestWords(language: Language): SelfTestWords {
	const path = join(shipped, `selftest.${language}.yaml`);
	const file = readYaml(path);
	const parsed = schema.safeParse(file.value);
	if (parsed.success) return parsed.data;
	const findings = findingsOf(parsed.error.issues, file.value);
	throw new FaultError("config-invalid", findingLines(path, findings, file.lineOf).join("\n"));
}

/** A check that is over, in words. */
export type SaidCheck = {
	readonly title: string;
	readonly mark: string;
	/** Of what is green or skipped. */
	readonly notes: readonly string[];
	/** Of what is red. */
	readonly reds: readonly { readonly what: string; readonly why: string; readonly do: string }[];
};

/** Says what came of a check. */
export function sayCheck(result: CheckResult, words: SelfTestWords): SaidCheck {
	const { state, title } = result;
	const mark = words.marks[state];
	const head = { title: sayRemark(words.titles[title.code], title, words), mark };
	if (result.state === "red") {
		const reds = result.remarks.map((remark) => {
			const { what, why, do: advice } = words.reds[remark.code];
			const filled = (sentence: string) => sayRemark(sentence, remark, words);
			return { what: filled(what), why: filled(why), do: filled(advice) };
		});
		return { ...head, notes: [], reds };
	}
	const sentences: Readonly<Record<string, string>> = { ...words.notes, ...words.skips };
	const notes = result.remarks.map((remark) =>
		sayRemark(sentences[remark.code] ?? remark.code, remark, words),
	);
	return { ...head, notes, reds: [] };
}

/** A remark's facts in a sentence; a symbology by its own name, another check by its title. */
export function sayRemark(sentence: string, { facts }: Remark, words: SelfTestWords): string {
	const { symbol, check } = facts;
	return say(sentence, {
		...facts,
		...(symbol !== undefined && { symbol: symbolName(symbol, words) }),
		...(check !== undefined && { check: checkWords(check, words) }),
	});
}

function symbolName(
	symbol: string,
	{ symbols }: { readonly symbols: Readonly<Record<string, string>> },
): string {
	return symbols[symbol] ?? symbol;
}

/** `printer:receipt` is the title of `printer` with its hole filled, `read:front:receipt:qr` names three. */
function checkWords(check: string, words: SelfTestWords): string {
	const titles: Readonly<Record<string, string>> = words.titles;
	const [code = "", first, device = first, symbol = ""] = check.split(":");
	const holes = { device, brand: first, scanner: first, symbol: symbolName(symbol, words) };
	return say(titles[code] ?? check, holes);
}

/** What came of all checks: red when one is, skipped when nothing was proved wrong but some were left out. */
export function verdictOf(results: readonly CheckResult[]): CheckState {
	if (results.some(({ state }) => state === "red")) return "red";
	return results.some(({ state }) => state === "skipped") ? "skipped" : "green";
}

/** The verdict with its numbers. */
export function sayVerdict(results: readonly CheckResult[], words: SelfTestWords): string {
	const count = (wanted: CheckState) => results.filter(({ state }) => state === wanted).length;
	const counts = { green: count("green"), red: count("red"), skipped: count("skipped") };
	return say(words.verdict[verdictOf(results)], counts);
}

/** The result as it stands on paper. `at` is wall-clock ms. */
export function slipOf(results: readonly CheckResult[], words: SelfTestWords, at: number): SelfTestSlip {
	const checks = results.map((result) => {
		const { title, mark, reds } = sayCheck(result, words);
		const [red] = reds;
		return { title, state: result.state, mark, ...(red && { what: red.what, advice: red.do }) };
	});
	return { at, verdict: sayVerdict(results, words), checks };
}

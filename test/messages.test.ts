import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { loadMessages } from "../src/messages.ts";
import { type FaultCode, FaultError, faults } from "../src/model/fault.ts";
import { notices } from "../src/model/notice.ts";
import { notSentFault, refusalFault, rejectionFault } from "../src/pay/refund-ending.ts";

const languages = ["ru", "en"] as const;
const codes = Object.keys(faults) as FaultCode[];
const config = join(import.meta.dirname, "../config");

type Written = Record<string, { title: string; text: string }>;
const written = (language: string): Written =>
	parse(readFileSync(join(config, `messages.${language}.yaml`), "utf8"));

const holesOf = ({ title, text }: { title: string; text: string }) =>
	[...`${title} ${text}`.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

/** How a display of 40 columns breaks a text: between words, and inside a word that is longer than a line. */
function wrapped(text: string, columns = 40): string[] {
	const lines = [""];
	for (const word of text.split(" ")) {
		const line = lines.at(-1) ?? "";
		const longer = line === "" ? word : `${line} ${word}`;
		if (longer.length <= columns) lines[lines.length - 1] = longer;
		else lines.push(word);
	}
	return lines;
}

/** All that a refund may end with, but for a code of payments alone. */
const refundFaults = [
	...codes.flatMap((code) => {
		const { wire200, wire422, http = [] } = faults[code];
		return [
			...(wire200 === undefined ? [] : [rejectionFault(wire200)]),
			...(wire422 === undefined ? [] : [refusalFault(code, wire422)]),
			...http.map(() => refusalFault(code, undefined)),
			notSentFault(code),
		];
	}),
].filter((code) => !code.startsWith("session-") && faults[code].next !== "scan-again");

/** The longest values that can stand in the holes. */
const longest = { code: "SOME_NEW_CODE_WITHOUT_END", minutes: "60" };

describe.each(languages)("the messages in %s", (language) => {
	const messages = loadMessages(language, { minutes: "5" });

	test("every fault and every notice has a sentence, and every sentence is about one of them", () => {
		expect(Object.keys(written(language)).sort()).toEqual([...codes, ...notices].sort());
	});

	test.each([...codes, ...notices])("%s fits a display of 40 columns and 3 lines", (code) => {
		const { title, text } = messages.explain(code, longest);
		expect(title.length).toBeLessThanOrEqual(40);
		const lines = wrapped(text);
		expect(lines.length, lines.join("\n")).toBeLessThanOrEqual(2);
		expect(lines.filter((line) => line.length > 40)).toEqual([]);
	});

	test("where money may have moved the cashier is told not to take payment again", () => {
		const warning = { ru: /Не берите оплату/, en: /Do not take payment/ }[language];
		const silent = codes.filter((code) => faults[code].moneyMoved !== "no");
		expect(silent.length).toBeGreaterThan(0);
		expect(silent.filter((code) => !warning.test(messages.explain(code).text))).toEqual([]);
	});

	test("no other message frightens the cashier away from taking payment", () => {
		const warning = { ru: /Не берите оплату/, en: /Do not take payment/ }[language];
		const calm = codes.filter((code) => faults[code].moneyMoved === "no");
		expect(calm.filter((code) => warning.test(messages.explain(code).text))).toEqual([]);
	});

	test("who acts and what may follow is what the text advises", () => {
		const words = {
			ru: { administrator: /администратор/, technician: /[Тт]ехник/, scanAgain: /тсканируйте/ },
			en: { administrator: /administrator/, technician: /technician/i, scanAgain: /[Ss]can/ },
		}[language];
		const text = (code: FaultCode) => messages.explain(code, longest).text;
		for (const code of codes) {
			const { acts, next } = faults[code];
			if (acts === "administrator") expect(text(code)).toMatch(words.administrator);
			if (acts === "technician" && code !== "server-answer-unreadable")
				expect(text(code)).toMatch(words.technician);
			if (next === "scan-again") expect(text(code)).toMatch(words.scanAgain);
		}
	});

	test("whoever gives money back is not advised to take it another way, nor to scan a card", () => {
		const advice = { ru: /друг(ой|им) способ|тсканируйте/, en: /another way|[Ss]can/ }[language];
		expect(refundFaults.length).toBeGreaterThan(20);
		expect(refundFaults.filter((code) => advice.test(messages.explain(code).text))).toEqual([]);
	});

	test("what is said of paper fits a payment and a refund alike", () => {
		const one = { ru: /плат|возвра/i, en: /pay|refund/i }[language];
		const printer = codes.filter((code) => code.startsWith("print"));
		const texts = printer.map((code) => messages.explain(code).text);
		expect(texts.length).toBeGreaterThan(5);
		expect(texts.filter((text) => one.test(text))).toEqual([]);
	});

	test("a title ends without a full stop and a text with one, or with a code", () => {
		for (const { title, text } of Object.values(written(language))) {
			expect(title).toMatch(/[^.]$/);
			expect(text).toMatch(/[.?]$|\{code\}$/);
		}
	});
});

test("a message has the same holes in every language", () => {
	const [ru, en] = [written("ru"), written("en")];
	const holes = (messages: Written) => codes.map((code) => [code, holesOf(messages[code] as never)]);
	expect(holes(ru)).toEqual(holes(en));
});

test("only holes that kassad can fill are used", () => {
	const used = languages.flatMap((language) => Object.values(written(language)).flatMap(holesOf));
	expect([...new Set(used)].sort()).toEqual(["code", "minutes"]);
});

test("a standing hole is filled in every message, and the call's own value comes first", () => {
	const messages = loadMessages("en", { minutes: 7 });
	expect(messages.explain("transaction-not-paid").text).toContain("in 7 min.");
	expect(messages.explain("transaction-not-paid", { minutes: 9 }).text).toContain("in 9 min.");
	expect(messages.explain("transaction-not-paid", { minutes: undefined }).text).toContain("in 7 min.");
});

test("a hole that nobody fills shows a question mark", () => {
	expect(loadMessages("en").explain("unlisted-refusal").text).toMatch(/administrator: \?$/);
});

test("whatever the server calls its code, the message stays printable and fits", () => {
	const messages = loadMessages("ru");
	fc.assert(
		fc.property(fc.string({ unit: "binary", maxLength: 200 }), (code) => {
			const { text } = messages.explain("unlisted-refusal", { code });
			expect(text).toMatch(/^[ -~А-яЁё]+$/);
			expect(wrapped(text).length).toBeLessThanOrEqual(2);
		}),
	);
});

describe("a messages file that a shop has reworded", () => {
	const load = (messages: unknown) => {
		const folder = mkdtempSync(join(tmpdir(), "kassad-messages-"));
		writeFileSync(join(folder, "messages.en.yaml"), stringify(messages));
		return loadMessages("en", {}, folder);
	};

	test("is used as it stands", () => {
		const messages = load({ ...written("en"), "till-busy": { title: "Wait", text: "A moment." } });
		expect(messages.explain("till-busy")).toEqual({ title: "Wait", text: "A moment." });
	});

	test("is refused when a sentence is missing, empty or for no fault, all of them listed", () => {
		const { "till-busy": _, ...rest } = written("en");
		const broken = {
			...rest,
			"scan-gone": { title: "", text: "Scan." },
			"till-bussy": { title: "a", text: "b" },
		};
		const lines = detailOf(() => load(broken)).split("\n");
		expect(lines).toHaveLength(3);
		expect(lines.join("\n")).toMatch(/till-busy: expected a map of keys, got nothing/);
		expect(lines.join("\n")).toMatch(/scan-gone\.title: expected text that is not empty, got ""/);
		expect(lines.join("\n")).toMatch(/till-bussy: expected no such key here/);
	});
});

function detailOf(deed: () => unknown): string {
	try {
		deed();
	} catch (error) {
		if (error instanceof FaultError && error.code === "config-invalid") return error.detail;
		throw error;
	}
	return expect.unreachable("it was accepted");
}

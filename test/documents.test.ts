import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadDocuments } from "../src/documents.ts";
import { FaultError } from "../src/model/fault.ts";

const shipped = readFileSync(join(import.meta.dirname, "../config/documents.yaml"), "utf8");
const file = join(mkdtempSync(join(tmpdir(), "kassad-documents-")), "documents.yaml");

/** The detail of the fault that a file's loading ends with; the lines without the file's name. */
function wrongs(text: string): string[] {
	writeFileSync(file, text);
	try {
		loadDocuments(file);
	} catch (error) {
		if (error instanceof FaultError && error.code === "config-invalid") {
			return error.detail.split("\n").map((line) => line.replaceAll(`${file}: `, ""));
		}
		throw error;
	}
	return [];
}

/** The shipped file with other lines of the payment's template; the line of the file where they begin. */
function payment(...lines: readonly string[]): { text: string; line: number } {
	const [before = "", rest = ""] = shipped.split(/^payment:\n/m);
	const after = rest.slice(rest.indexOf("\n\n"));
	const text = `${before}payment:\n${lines.map((line) => `  - ${line}\n`).join("")}${after}`;
	return { text, line: before.split("\n").length + 1 };
}

test("the shipped templates are in order", () => {
	expect(wrongs(shipped)).toEqual([]);
	expect(Object.keys(loadDocuments())).toEqual([
		...[
			"marks",
			"words",
			"payment",
			"refund",
			"fiscal-receipt",
			"shift-report",
			"self-test",
			"self-test-result",
		],
	]);
});

test("what the integration checklist asks for is on the slips and in the report", () => {
	const { payment, refund, ...others } = loadDocuments();
	const ids = ["orderId", "refundTransactionId", "paymentType", "qrcId", "kzo"];
	for (const id of [...ids, "transactionId"]) {
		expect(JSON.stringify(payment)).toContain(`{${id}}`);
		expect(JSON.stringify(refund)).toContain(`{${id}}`);
	}
	for (const id of [...ids, "paymentTransactionId", "requestId"]) {
		expect(JSON.stringify(others["shift-report"])).toContain(`{${id}}`);
	}
});

describe("a mistake is told with its line, its place and what is allowed", () => {
	const holes =
		"expected of holes only: amount, time, orderId, paymentType, terminalId, storeId, operationId, qrcId, kzo, transactionId, refundTransactionId";
	test.each([
		['text: "{ammount} руб."', `payment.0.text: ${holes}, got "{ammount} руб."`],
		['pair: [Сумма, "{}"]', `payment.0.pair.1: ${holes}, got "{}"`],
		['centre: "{amount"', `payment.0.centre: ${holes}, got "{amount"`],
		[
			'text: ""',
			'payment.0.text: expected text of 1 to 200 characters, in quotes if it begins with a brace, got ""',
		],
		[
			"text: {amount}",
			"payment.0.text: expected text of 1 to 200 characters, in quotes if it begins with a brace",
		],
		['text: "a\\nb"', 'payment.0.text: expected one line of text, got "a\\nb"'],
		["pair: [a]", "payment.0.pair: expected [name, value]"],
		["feed: 21", "payment.0.feed: expected a whole number from 1 to 20, got 21"],
		[
			"symbol: { kind: ean13, data: x }",
			'payment.0.symbol.kind: expected one of: code128, pdf417, datamatrix, qr, got "ean13"',
		],
		["symbol: { kind: qr, data: x, size: 3 }", "payment.0.symbol.size: expected kind and data alone, got 3"],
		["rule: 3", "payment.0.rule: expected rule alone, nothing behind it, got 3"],
		["feed", 'payment.0: expected something behind feed, as "feed: ...", got "feed"'],
		[
			"density",
			'payment.0: expected density only where the paper\'s dots are known: on the self-test sheet, got "density"',
		],
		["{ text: a, bold: b }", 'payment.0.bold: expected one kind in a line, which is text here, got "b"'],
		["{ when: items, lines: [cut] }", `payment.0.when: ${holes}, got "items"`],
		["{ when: amount, lines: [] }", "payment.0.lines: expected a list of 1 to 200 lines"],
		["{ when: amount, lines: [cut], most: 3 }", "payment.0.most: expected no such key here, got 3"],
		["{ each: items, lines: [cut] }", 'payment.0.each: expected no lists here: there are none, got "items"'],
	])("%s", (line, wrong) => {
		const made = payment(line);
		expect(wrongs(made.text)).toEqual([`${wrong} (line ${made.line})`]);
	});

	test("an unknown kind names all that there are", () => {
		const { text, line } = payment("cut", "titel: a");
		expect(wrongs(text)).toEqual([
			`payment.1: expected a line of one of the kinds: text, bold, right, centre, title, big, pair, total, rule, cut, ruler, density, symbol, feed, when, each (line ${line + 1})`,
		]);
	});

	test("several are told at once, in the order of the file", () => {
		const { text, line } = payment("cut", 'text: "{a}"', "rule", "{ when: kzo, lines: [rule, cutt] }");
		expect(wrongs(text).map((wrong) => [wrong.split(":", 1)[0], /\d+(?=\)$)/.exec(wrong)?.[0]])).toEqual([
			["payment.1.text", String(line + 1)],
			["payment.3.lines.1", String(line + 3)],
		]);
	});
});

test("holes of a list are known inside it, and nowhere else", () => {
	const inside = shipped.replace('- text: "{name}"', '- text: "{name} {article} {orderId}"');
	expect(wrongs(inside)).toEqual([]);
	const outside = shipped.replace("- title: ВОЗВРАТ КОШЕЛЁК", '- title: "{name}"');
	expect(wrongs(outside).join()).toMatch(/^refund\.0\.title: expected of holes only: .*rest, got "\{name\}"/);
	const more = shipped.replace("позиций: {more}", "позиций: {amount}");
	expect(wrongs(more).join()).toMatch(/expected of holes only: more/);
});

test("a document that is missing, or one that nobody knows, is a mistake", () => {
	expect(wrongs(shipped.replace(/^self-test:\n(?: {2}.*\n)+/m, "")).join()).toMatch(
		/^self-test: expected a list of 1 to 200 lines, got nothing \(line/,
	);
	expect(wrongs(`${shipped}\nadvert:\n  - cut\n`).join()).toMatch(/^advert: expected no such key here/);
});

test("a file that is too large, or no YAML, is refused before it is looked into", () => {
	expect(wrongs(`# ${"x".repeat(1_048_576)}\n`).join()).toMatch(/at most 1048576 are read/);
	expect(wrongs("payment: [").join()).toMatch(/line \d+, column \d+/);
	expect(wrongs("- cut\n").join()).toMatch(/expected a map of keys/);
});

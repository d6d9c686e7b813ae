import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sampleDocument } from "../../../src/cli/print-samples.ts";
import { loadDocuments } from "../../../src/documents.ts";
import type { Block } from "../../../src/model/block.ts";
import { type Kopecks, kopecks, roubles } from "../../../src/model/money.ts";
import { clean } from "../../../src/print/documents/clean.ts";
import { type DocumentFacts, documentBlock } from "../../../src/print/documents/documents.ts";
import { onPaper, titles } from "./paper.ts";

const templates = loadDocuments();
const documents = [
	...(["payment", "refund", "fiscal-receipt", "shift-report", "self-test", "self-test-result"] as const),
];
const widths = [24, 32, 42, 48] as const;
const cases = documents.flatMap((document) => widths.map((columns) => ({ document, columns })));

const blockOf = (facts: DocumentFacts, columns: number): Block =>
	documentBlock(facts, { columns, templates, titles });
const sample = (document: (typeof documents)[number], mark: "original" | "copy" | "repeat" = "original") =>
	sampleDocument(document, mark, { printer: "ESC/POS printer", dots: 384 });

test.each(cases)(
	"the lines of $document on $columns columns are the approved ones",
	async ({ document, columns }) => {
		const lines = onPaper(blockOf(sample(document), columns), columns);
		await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot(`approved/${document}-${columns}.txt`);
	},
);

test.each(documents)("a copy and a repeat of %s say so, bold, in the first and the last line", (document) => {
	for (const [mark, word] of [
		["copy", "КОПИЯ"],
		["repeat", "ПОВТОРНАЯ ПЕЧАТЬ"],
	] as const) {
		const block = blockOf(sample(document, mark), 32);
		const line = { kind: "text", text: word, align: "centre", bold: true, size: 2 };
		const printed = block.filter(({ kind }) => kind !== "feed" && kind !== "cut");
		expect([printed[0], printed.at(-1)]).toEqual([line, line]);
		expect(block.filter((one) => JSON.stringify(one) !== JSON.stringify(line))).toEqual(
			blockOf(sample(document), 32),
		);
		expect(block.at(-1)).toEqual({ kind: "cut" });
	}
});

test("a mark that is too long for big letters is wrapped, and still bold", () => {
	const block = blockOf(sample("payment", "repeat"), 24);
	expect(block[0]).toMatchObject({ text: "ПОВТОРНАЯ ПЕЧАТЬ", size: 1, bold: true });
});

const withoutSpaces = (text: string) => text.replaceAll(/\s/g, "");
const textOf = (block: Block) =>
	withoutSpaces(block.map((line) => (line.kind === "text" ? line.text : "")).join(""));

function expectToFit(block: Block, columns: number): void {
	const texts = block.filter((line) => line.kind === "text");
	expect(texts.filter(({ text, size }) => Array.from(text).length * size > columns)).toEqual([]);
	expect(texts.filter(({ text }) => /[\p{Cc}\p{Cf}]/u.test(text))).toEqual([]);
}

/** What people and servers send: words, ids, emoji, control characters, braces of templates, words without end. */
const value = fc.oneof(
	fc.string({ minLength: 1, maxLength: 100, unit: "binary" }),
	fc.string({
		minLength: 1,
		maxLength: 300,
		unit: fc.constantFrom("а", "-", " ", "Я", "₽", "…", "{", "}", "7"),
	}),
	fc.constantFrom(
		"👩‍👩‍👧‍👦 семья",
		"\u001b@\u0010\u0004\u0001",
		"{amount}",
		"{rest}",
		"$&",
		"__proto__",
		"e\u0301\u0301",
	),
	fc.uuid(),
	// As long as a field may be; of one piece, so that a failure is soon told.
	fc.constantFrom("Щ".repeat(999), "w7-".repeat(333)),
);
const amount = fc.integer({ min: 1, max: 9_999_999_999 }).map(kopecks);
const columns = fc.oneof(fc.constantFrom(...widths), fc.integer({ min: 24, max: 96 }));
const item = fc.record({
	name: value,
	article: value,
	price: amount,
	quantity: fc.integer({ min: 1, max: 1_000_000 }),
	measure: fc.constantFrom("PIECE", "GRAM", "BUNDLE"),
	totalAmount: amount,
	tax: fc.constantFrom("none", "vat10", "vat20", "vat22", "constructor"),
});

describe("whatever stands in its fields", () => {
	test("a refund fits the paper and loses nothing", () => {
		const slip = fc.record({
			storeId: value,
			terminalId: value,
			qrcId: value,
			kzo: value,
			paymentType: value,
		});
		const ids = fc.record({
			orderId: value,
			transactionId: value,
			refTransactionId: value,
			operationId: value,
		});
		fc.assert(
			fc.property(
				slip,
				ids,
				fc.array(item, { maxLength: 5 }),
				amount,
				columns,
				(sent, own, items, sum, wide) => {
					const facts = { ...own, amount: sum, at: 0, items, refundable: sum };
					const block = blockOf(
						{ document: "refund", slip: { ...sent, unlisted: {} }, facts, mark: "original" },
						wide,
					);
					expectToFit(block, wide);
					const names = items.map(({ name }) => name);
					expectAll(
						block,
						[...Object.values(sent), ...Object.values(own), ...names],
						[sum, ...items.map(totalOf)],
					);
				},
			),
		);
	});

	test("a fiscal receipt fits the paper and loses nothing", () => {
		const texts = fc.record({
			...{ receiptId: value, merchantName: value, merchantAddress: value, shift: value, cashier: value },
			...{
				taxation: value,
				kktRegNumber: value,
				fnNumber: value,
				fdNumber: value,
				fpd: value,
				website: value,
			},
			...{ receiptType: value, dateTime: value, orderId: value },
		});
		fc.assert(
			fc.property(
				texts,
				fc.array(item, { minLength: 1, maxLength: 5 }),
				amount,
				columns,
				(sent, items, sum, wide) => {
					const invoice = { ...sent, totalAmount: sum, taxAmount: sum, items };
					const block = blockOf({ document: "fiscal-receipt", invoice, mark: "original" }, wide);
					expectToFit(block, wide);
					const { dateTime: _, ...asSent } = sent;
					const names = items.map(({ name }) => name);
					expectAll(block, [...Object.values(asSent), ...names], [sum, ...items.map(totalOf)]);
				},
			),
		);
	});

	test("a shift report fits the paper and loses nothing", () => {
		const row = fc.record({
			kind: fc.constantFrom("payment" as const, "refund" as const),
			at: fc.integer({ min: 0, max: 4e12 }),
			...{
				amount,
				orderId: value,
				requestId: value,
				paymentTransactionId: value,
				refundTransactionId: value,
			},
			...{ paymentType: value, qrcId: value, kzo: value },
		});
		fc.assert(
			fc.property(fc.array(row, { maxLength: 5 }), value, columns, (rows, storeId, wide) => {
				const totals = rows.map(({ kind, paymentType, amount: sum }) => ({
					kind,
					paymentType,
					count: 1,
					sum,
				}));
				const report = { from: 0, to: 4e12, storeId, terminalId: "till-1", totals, rows, unknown: 3 };
				const block = blockOf({ document: "shift-report", report, mark: "original" }, wide);
				expectToFit(block, wide);
				const sent = rows.flatMap(({ kind: _, at: __, amount: ___, ...texts }) => Object.values(texts));
				expectAll(
					block,
					[storeId, ...sent],
					rows.map(({ amount: sum }) => sum),
				);
			}),
		);
	});
});

const totalOf = ({ totalAmount }: { totalAmount: Kopecks }) => totalAmount;

function expectAll(block: Block, texts: readonly string[], amounts: readonly Kopecks[]): void {
	const paper = textOf(block);
	for (const text of texts) expect(paper).toContain(withoutSpaces(clean(text)));
	for (const sum of amounts) expect(paper).toContain(withoutSpaces(roubles(sum)));
}

test("a value that looks like a template's hole is data", () => {
	const facts = {
		amount: kopecks(100),
		at: 0,
		orderId: "{transactionId}",
		transactionId: "T-1",
		operationId: "{kzo}",
	};
	const block = blockOf(
		{ document: "payment", slip: { kzo: "{amount} {orderId}", unlisted: {} }, facts, mark: "original" },
		48,
	);
	expect(onPaper(block, 48)).toContain("Заказ                            {transactionId}");
	expect(onPaper(block, 48)).toContain("Операция                                   {kzo}");
	expect(onPaper(block, 48)).toContain("СБП kzo                       {amount} {orderId}");
});

test("amounts of one document stand under each other at the right edge", () => {
	for (const wide of widths) {
		const lines = onPaper(blockOf(sample("fiscal-receipt"), wide), wide);
		const sums = lines.filter((line) => /^ *\d+ (шт\.|г) x|БЕЗНАЛ|НДС чека/.test(line));
		expect(sums.map((line) => line.length)).toEqual(sums.map(() => wide));
	}
});

test("a report says at its top how many outcomes are unknown, and is silent about none", () => {
	const facts = sample("shift-report");
	if (facts.document !== "shift-report") throw new TypeError("a report was asked for");
	const told = (unknown: number) =>
		onPaper(blockOf({ ...facts, report: { ...facts.report, unknown } }, 48), 48).slice(0, 8);
	expect(told(2).join("\n")).toContain("ВНИМАНИЕ: операций с неизвестным итогом: 2.");
	expect(told(0).join("\n")).not.toContain("ВНИМАНИЕ");
	expect(told(0)).toContain(`Итог неизвестен${" ".repeat(32)}0`);
});

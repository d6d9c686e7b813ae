import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { loadDocuments } from "../../../src/documents.ts";
import { kopecks } from "../../../src/model/money.ts";
import type { Slip } from "../../../src/model/slip.ts";
import { documentBlock } from "../../../src/print/documents/documents.ts";
import type { PaymentFacts } from "../../../src/print/documents/payment-filling.ts";
import { onPaper, slip, titles, transactionId } from "./paper.ts";

const templates = loadDocuments();
const paymentBlock = (slip: Slip, facts: PaymentFacts, columns: number) =>
	documentBlock({ document: "payment", slip, facts, mark: "original" }, { columns, templates, titles });

beforeEach(() => void vi.stubEnv("TZ", "Asia/Vladivostok"));
afterEach(() => void vi.unstubAllEnvs());

const facts = { amount: kopecks(123_456), at: Date.UTC(2025, 10, 24, 12) };

test("a receipt of 32 columns looks like this", () => {
	expect(onPaper(paymentBlock(slip, facts, 32), 32)).toEqual([
		"         ОПЛАТА КОШЕЛЁК",
		"          Koshelek Pay",
		"────────────────────────────────",
		" 1 234,56 руб.",
		"────────────────────────────────",
		"Дата и время 25.11.2025 07:03:07",
		"Заказ                   A-100045",
		"Способ оплаты          СБП (SBP)",
		"Терминал                  till-1",
		"Магазин",
		"        7d5a1f2e-3b6c-4d8f-9a10-",
		"                    2b3c4d5e6f70",
		"СБП qrcId",
		"AS1000670LSS7DN18SJQDNP4B05KLJL2",
		"СБП kzo         C84A1B9D2E3F4051",
		"Транзакция",
		"        5c2b1f0e-9d1c-4f43-8a7e-",
		"                    9b1d0c2f3a4b",
		"[feed 1]",
		"[qr]",
		"[feed 1]",
		"      Спасибо за покупку!",
		"[feed 1]",
		"[cut]",
	]);
});

test("a receipt of 42 columns looks like this", () => {
	expect(onPaper(paymentBlock(slip, facts, 42), 42).slice(5, -6)).toEqual([
		"Дата и время           25.11.2025 07:03:07",
		"Заказ                             A-100045",
		"Способ оплаты                    СБП (SBP)",
		"Терминал                            till-1",
		"Магазин",
		"      7d5a1f2e-3b6c-4d8f-9a10-2b3c4d5e6f70",
		"СБП qrcId AS1000670LSS7DN18SJQDNP4B05KLJL2",
		"СБП kzo                   C84A1B9D2E3F4051",
		"Транзакция",
		"      5c2b1f0e-9d1c-4f43-8a7e-9b1d0c2f3a4b",
	]);
});

test("a receipt of 48 columns looks like this", () => {
	expect(onPaper(paymentBlock(slip, facts, 48), 48).slice(5, -6)).toEqual([
		"Дата и время                 25.11.2025 07:03:07",
		"Заказ                                   A-100045",
		"Способ оплаты                          СБП (SBP)",
		"Терминал                                  till-1",
		"Магазин     7d5a1f2e-3b6c-4d8f-9a10-2b3c4d5e6f70",
		"СБП qrcId       AS1000670LSS7DN18SJQDNP4B05KLJL2",
		"СБП kzo                         C84A1B9D2E3F4051",
		"Транзакция  5c2b1f0e-9d1c-4f43-8a7e-9b1d0c2f3a4b",
	]);
});

test("the amount is in big letters when they fit, and the QR code is the transaction id", () => {
	const block = paymentBlock(slip, facts, 32);
	expect(block).toContainEqual({
		kind: "text",
		text: "1 234,56 руб.",
		align: "centre",
		bold: true,
		size: 2,
	});
	expect(block).toContainEqual({ kind: "symbol", symbol: "qr", data: transactionId });
	const large = paymentBlock(slip, { ...facts, amount: kopecks(9_999_999_999) }, 32);
	expect(large).toContainEqual(expect.objectContaining({ text: "99 999 999,99 руб.", size: 1 }));
});

test("a way to pay has the title of the settings, and one without a title is shown as it came", () => {
	const lines = (paymentType: string) => onPaper(paymentBlock({ paymentType, unlisted: {} }, facts, 48), 48);
	expect(lines("DOLYAME")).toContain("Способ оплаты                   Долями (DOLYAME)");
	expect(lines("PAYLATE")).toContain("Способ оплаты              Плати позже (PAYLATE)");
	expect(lines("PODELI")).toContain("Способ оплаты                             PODELI");
	expect(lines("constructor")).toContain("Способ оплаты                        constructor");
	expect(lines("DOLYAME").join()).not.toMatch(/qrcId|kzo/);
});

test("what the bank left out is taken from what kassad knows, and else has no line", () => {
	const known = { ...facts, orderId: "A-7", transactionId, operationId: "op-1" };
	const block = paymentBlock({ unlisted: {} }, known, 48);
	expect(onPaper(block, 48).slice(3, 10)).toEqual([
		"     1 234,56 руб.",
		"─".repeat(48),
		"Дата и время                 24.11.2025 22:00:00",
		"Заказ                                        A-7",
		"Операция                                    op-1",
		"Транзакция  5c2b1f0e-9d1c-4f43-8a7e-9b1d0c2f3a4b",
		"[feed 1]",
	]);
	expect(block).toContainEqual({ kind: "symbol", symbol: "qr", data: transactionId });
	expect(paymentBlock({ unlisted: {} }, facts, 48).map(({ kind }) => kind)).not.toContain("symbol");
});

test("amount, order and transaction are kassad's own, whatever another payment's slip says", () => {
	const strange = { ...slip, totalAmount: kopecks(1), orderId: "B-1", paymentTransactionId: "1111" };
	const own = { ...facts, orderId: "A-100045", transactionId };
	expect(paymentBlock(strange, own, 48)).toEqual(paymentBlock(slip, own, 48));
});

test("a time that is none is shown as the bank wrote it", () => {
	const block = paymentBlock({ operationDateTime: "yesterday", unlisted: {} }, facts, 48);
	expect(onPaper(block, 48)).toContain("Дата и время                           yesterday");
});

test("a value without end takes only so much paper", () => {
	const block = paymentBlock({ ...slip, paymentTransactionId: "7".repeat(1_000_000) }, facts, 32);
	expect(block.length).toBeLessThan(60);
	expect(block.map(({ kind }) => kind)).not.toContain("symbol");
});

test("whatever the bank sends, every line fits the paper and every id is there in full", () => {
	const value = fc.string({ minLength: 1, maxLength: 100, unit: fc.constantFrom("a", "-", "Я", "7", " ") });
	const fields = ["orderId", "storeId", "terminalId", "qrcId", "kzo", "refundTransactionId"] as const;
	const slips = fc.record(Object.fromEntries(fields.map((field) => [field, value])));
	const withoutSpaces = (text: string) => text.replaceAll(" ", "");
	fc.assert(
		fc.property(slips, fc.constantFrom(32, 42, 48), (sent, columns) => {
			const block = paymentBlock({ ...sent, unlisted: {} }, facts, columns);
			const texts = block.filter((line) => line.kind === "text");
			expect(texts.filter(({ text, size }) => Array.from(text).length * size > columns)).toEqual([]);
			const paper = withoutSpaces(texts.map(({ text }) => text).join(""));
			for (const field of fields) expect(paper).toContain(withoutSpaces(sent[field] ?? ""));
		}),
	);
});

import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { loadDocuments } from "../../../src/documents.ts";
import { kopecks, roubles } from "../../../src/model/money.ts";
import type { Item } from "../../../src/model/operation.ts";
import type { Slip } from "../../../src/model/slip.ts";
import { documentBlock } from "../../../src/print/documents/documents.ts";
import type { RefundFacts } from "../../../src/print/documents/refund-filling.ts";
import { slip as bought, onPaper, titles, transactionId } from "./paper.ts";

const templates = loadDocuments();
const refundBlock = (slip: Slip, facts: RefundFacts, columns: number) =>
	documentBlock({ document: "refund", slip, facts, mark: "original" }, { columns, templates, titles });

beforeEach(() => void vi.stubEnv("TZ", "Asia/Vladivostok"));
afterEach(() => void vi.unstubAllEnvs());

const refTransactionId = "91f0a3c4-2b7e-4e55-b0d4-6a1e8c9d7f20";
const slip = { ...bought, refundTransactionId: refTransactionId };

const item = (name: string, totalAmount: number, quantity: number, measure?: string): Item => ({
	name,
	article: "1",
	price: kopecks(totalAmount),
	quantity,
	...(measure !== undefined && { measure }),
	totalAmount: kopecks(totalAmount),
	tax: "vat10",
});
const items = [
	item("Чай зелёный крупнолистовой, 100 г", 90_000, 2),
	item("Сыр", 40_000, 1_125, "GRAM"),
	item("Лента", 5_000, 1, "BUNDLE"),
];
const facts = { amount: kopecks(135_000), at: Date.UTC(2025, 10, 24, 12), items };
test("a refund on 32 columns looks like this", () => {
	expect(onPaper(refundBlock(slip, facts, 32), 32)).toEqual([
		"        ВОЗВРАТ КОШЕЛЁК",
		"          Koshelek Pay",
		"────────────────────────────────",
		" 1 350,00 руб.",
		"────────────────────────────────",
		"Чай зелёный крупнолистовой, 100",
		"г",
		"  2 шт.                   900,00",
		"Сыр",
		"  1125 г                  400,00",
		"Лента",
		"  1 BUNDLE                 50,00",
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
		"Транзакция оплаты",
		"        5c2b1f0e-9d1c-4f43-8a7e-",
		"                    9b1d0c2f3a4b",
		"Транзакция возврата",
		"        91f0a3c4-2b7e-4e55-b0d4-",
		"                    6a1e8c9d7f20",
		"[feed 1]",
		"[qr]",
		"[feed 1]",
		"  Деньги вернутся покупателю.",
		"[feed 1]",
		"[cut]",
	]);
});

test("a refund on 42 columns looks like this", () => {
	expect(onPaper(refundBlock(slip, facts, 42), 42).slice(5, -6)).toEqual([
		"Чай зелёный крупнолистовой, 100 г",
		"  2 шт.                             900,00",
		"Сыр",
		"  1125 г                            400,00",
		"Лента",
		"  1 BUNDLE                           50,00",
		"──────────────────────────────────────────",
		"Дата и время           25.11.2025 07:03:07",
		"Заказ                             A-100045",
		"Способ оплаты                    СБП (SBP)",
		"Терминал                            till-1",
		"Магазин",
		"      7d5a1f2e-3b6c-4d8f-9a10-2b3c4d5e6f70",
		"СБП qrcId AS1000670LSS7DN18SJQDNP4B05KLJL2",
		"СБП kzo                   C84A1B9D2E3F4051",
		"Транзакция оплаты",
		"      5c2b1f0e-9d1c-4f43-8a7e-9b1d0c2f3a4b",
		"Транзакция возврата",
		"      91f0a3c4-2b7e-4e55-b0d4-6a1e8c9d7f20",
	]);
});

test("the QR code is the refund's own transaction, and the amount is in big letters", () => {
	const block = refundBlock(slip, facts, 48);
	expect(block).toContainEqual({ kind: "symbol", symbol: "qr", data: refTransactionId });
	expect(block).toContainEqual(expect.objectContaining({ text: "1 350,00 руб.", size: 2, bold: true }));
});

test("a refund without a slip is told from what kassad knows", () => {
	const known = {
		...facts,
		items: [],
		orderId: "A-7",
		transactionId,
		refTransactionId,
		operationId: "op-1",
	};
	expect(onPaper(refundBlock({ unlisted: {} }, known, 48), 48).slice(3, -3)).toEqual([
		"     1 350,00 руб.",
		"─".repeat(48),
		"Дата и время                 24.11.2025 22:00:00",
		"Заказ                                        A-7",
		"Операция                                    op-1",
		"Транзакция оплаты",
		"            5c2b1f0e-9d1c-4f43-8a7e-9b1d0c2f3a4b",
		"Транзакция возврата",
		"            91f0a3c4-2b7e-4e55-b0d4-6a1e8c9d7f20",
		"[feed 1]",
		"[qr]",
		"[feed 1]",
	]);
});

test("amount, order and transactions are kassad's own, whatever another refund's slip says", () => {
	const own = { ...facts, orderId: "A-100045", transactionId, refTransactionId };
	const strange = { ...slip, totalAmount: kopecks(1), orderId: "B", paymentTransactionId: "1" };
	const block = refundBlock({ ...strange, refundTransactionId: "2" }, own, 48);
	expect(block).toEqual(refundBlock(slip, own, 48));
});

test("a thousand positions take only so much paper, and the rest is counted", () => {
	const many = Array.from({ length: 1_000 }, (_, at) => item(`Товар ${at}`, 100, 1));
	const block = refundBlock(slip, { ...facts, items: many }, 32);
	expect(block.length).toBeLessThan(100);
	expect(onPaper(block, 32)).toContain("и ещё позиций: 970");
	expect(onPaper(refundBlock(slip, facts, 32), 32).join()).not.toContain("и ещё");
});

test("whatever the goods are called, every line fits the paper and every amount is there", () => {
	const name = fc.string({
		minLength: 1,
		maxLength: 1_000,
		unit: fc.constantFrom("я", "-", " ", "\n", "W"),
	});
	const goods = fc.record({ name, amount: fc.integer({ min: 1, max: 9_999_999_999 }), quantity: fc.nat() });
	fc.assert(
		fc.property(fc.array(goods, { maxLength: 5 }), fc.constantFrom(32, 42, 48), (all, columns) => {
			const returned = all.map((one) => item(one.name, one.amount, one.quantity, "CUBIC_METER"));
			const block = refundBlock(slip, { ...facts, items: returned }, columns);
			const texts = block.filter((line) => line.kind === "text");
			expect(texts.filter(({ text, size }) => Array.from(text).length * size > columns)).toEqual([]);
			const paper = texts.map(({ text }) => text.trim());
			for (const { quantity, totalAmount } of returned) {
				expect(paper.some((line) => line.startsWith(`${quantity} куб. м`))).toBe(true);
				expect(paper.some((line) => line.endsWith(roubles(totalAmount)))).toBe(true);
			}
		}),
	);
});

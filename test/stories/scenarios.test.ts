import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readQr } from "./read-qr.ts";
import { runDemo } from "./run-demo.ts";

test("an accepted payment is settled once and printed once, with a readable receipt", async () => {
	const { scan, operation, outcome, slip, print, receiptText, receiptPng, counted } =
		await runDemo("accepted");
	expect(scan).toMatchObject({ kind: "payable", canPay: true, card: "12*******0123" });
	expect(outcome).toMatchObject({ state: "settled", moneyMoved: "yes", cashier: { title: "Оплата прошла" } });
	expect(slip).toMatchObject({ paymentType: "SBP", totalAmount: 123_456, orderId: "2026-11-24-0042" });
	expect(print).toEqual({
		printId: 1,
		document: "payment",
		operationId: operation?.operationId,
		mark: "original",
		printer: "receipt",
		state: "printed",
		evidence: "paper-barrier",
		queuedAt: expect.any(String),
	});
	expect(counted).toEqual({ transactions: 1, paid: 1, receipts: 1 });
	for (const fact of ["1 234,56 руб.", slip?.qrcId, slip?.kzo, operation?.transactionId]) {
		expect(receiptText).toContain(fact);
	}
	expect(await readQr(readFileSync(String(receiptPng)))).toBe(operation?.transactionId);
});

test("a rejected payment is refused with its fault and the Russian message, and nothing is printed", async () => {
	const { outcome, print, counted } = await runDemo("rejected");
	expect(outcome).toEqual({
		state: "refused",
		fault: "limit-not-enough",
		moneyMoved: "no",
		cashier: {
			title: "У покупателя не хватает лимита",
			text: "Предложите другой способ оплаты или уменьшите сумму.",
		},
	});
	expect(print).toBeNull();
	expect(counted).toEqual({ transactions: 1, paid: 0, receipts: 0 });
});

test("a payment that nobody confirms is cancelled by itself, and no money has moved", async () => {
	const { outcome, counted } = await runDemo("timeout");
	expect(outcome).toMatchObject({ state: "refused", fault: "payment-timed-out", moneyMoved: "no" });
	expect(counted).toEqual({ transactions: 1, paid: 0, receipts: 0 });
});

test("without paper the payment is settled all the same, and the print says why it is not there", async () => {
	const { outcome, print, counted } = await runDemo("no-paper");
	expect(outcome).toMatchObject({ state: "settled", moneyMoved: "yes" });
	expect(print).toMatchObject({ state: "not-printed", reason: "printer-paper-out" });
	expect(counted).toEqual({ transactions: 1, paid: 1, receipts: 0 });
});

test("an old card is a loyalty scan, and paying with it is refused with a clear message", async () => {
	const { scan, operation, outcome, counted } = await runDemo("old-card");
	expect(scan).toMatchObject({ kind: "loyalty", canPay: false });
	expect(operation).toBeNull();
	expect(outcome).toMatchObject({
		fault: "card-cannot-pay",
		moneyMoved: "no",
		cashier: { title: "Этим кодом нельзя заплатить" },
	});
	expect(counted).toEqual({ transactions: 0, paid: 0, receipts: 0 });
});

test("a bottle that is brought back is refunded once, with a slip of its own", async () => {
	const { operation, outcome, slip, print, receiptText, counted } = await runDemo("refund");
	expect(operation).toMatchObject({ kind: "refund", amount: 12_500 });
	expect(outcome).toMatchObject({
		state: "settled",
		moneyMoved: "yes",
		cashier: { title: "Возврат прошёл" },
	});
	expect(slip).toMatchObject({ totalAmount: 12_500, refundTransactionId: operation?.refTransactionId });
	expect(print).toMatchObject({ state: "printed" });
	expect(counted).toEqual({ transactions: 1, paid: 1, receipts: 2 });
	for (const fact of ["ВОЗВРАТ", "125,00 руб.", "Молоко", operation?.refTransactionId]) {
		expect(receiptText).toContain(fact);
	}
});

test.each(["lost-answer", "killed"] as const)(
	"%s: one transaction at the server, one slip, one print",
	async (scenario) => {
		const { outcome, slip, print, counted } = await runDemo(scenario);
		expect(outcome).toMatchObject({ state: "settled", moneyMoved: "yes" });
		expect(slip).toMatchObject({ totalAmount: 123_456 });
		expect(print).toMatchObject({ state: "printed" });
		expect(counted).toEqual({ transactions: 1, paid: 1, receipts: 1 });
	},
	60_000,
);

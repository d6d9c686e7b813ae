import { expect, test } from "vitest";
import { kopecks } from "../../src/model/money.ts";
import type { Scan } from "../../src/model/scan.ts";
import { Secret } from "../../src/model/secret.ts";
import type { Explain } from "../../src/pos/errors.ts";
import { keptOutView, operationView, providersView, scanContent, scanView } from "../../src/pos/views.ts";

/** Says what it was asked, so that a test sees it. */
const explain: Explain = (about, { code } = {}) => ({ title: about, text: `code: ${code}` });

const operation = { id: "op", kind: "payment", orderId: "17", amount: kopecks(100) } as const;

test("a settled operation says that money moved, and has its slip", () => {
	const slip = { kzo: "K", unlisted: { tip: 1 } };
	expect(operationView({ ...operation, state: "settled", transactionId: "t", slip }, explain)).toEqual({
		operationId: "op",
		kind: "payment",
		orderId: "17",
		amount: 100,
		state: "settled",
		transactionId: "t",
		slip,
		moneyMoved: "yes",
		cashier: { title: "payment-settled", text: "code: undefined" },
	});
});

test("an operation in progress never says that no money moved", () => {
	expect(operationView({ ...operation, state: "in-progress" }, explain)).toMatchObject({
		moneyMoved: "unknown",
		cashier: { title: "payment-begun" },
	});
});

test("a refusal that no table lists shows the server's own code to the cashier", () => {
	const facts = { ...operation, state: "refused", fault: "unlisted-refusal", wireCode: "NEW_CODE" } as const;
	expect(operationView(facts, explain)).toMatchObject({
		fault: "unlisted-refusal",
		wireCode: "NEW_CODE",
		moneyMoved: "unknown",
		cashier: { title: "unlisted-refusal", text: "code: NEW_CODE" },
	});
});

test("a refund shows its payment, its own transaction and what is returned", () => {
	const part = { position: 0, quantity: 2, totalAmount: kopecks(100) };
	const ids = { transactionId: "t", refTransactionId: "r" };
	const facts = { ...operation, kind: "refund", ...ids, parts: [part] } as const;
	expect(operationView({ ...facts, state: "in-progress" }, explain)).toEqual({
		operationId: "op",
		kind: "refund",
		orderId: "17",
		amount: 100,
		state: "in-progress",
		...ids,
		parts: [part],
		moneyMoved: "unknown",
		cashier: { title: "refund-begun", text: "code: undefined" },
	});
	expect(operationView({ ...facts, state: "settled" }, explain)).toMatchObject({
		moneyMoved: "yes",
		cashier: { title: "refund-settled" },
	});
});

test("a fiscal receipt moves no money, whatever becomes of it", () => {
	const receipt = { ...operation, kind: "receipt" } as const;
	expect(operationView({ ...receipt, state: "in-progress" }, explain)).toMatchObject({
		moneyMoved: "no",
		cashier: { title: "receipt-begun" },
	});
	expect(operationView({ ...receipt, state: "settled" }, explain)).toMatchObject({
		moneyMoved: "no",
		cashier: { title: "receipt-settled" },
	});
	const refused = { ...receipt, state: "refused", fault: "unlisted-refusal" } as const;
	expect(operationView(refused, explain)).toMatchObject({ fault: "unlisted-refusal", moneyMoved: "no" });
});

test("a question for ways to pay moves no money, and its end needs no words", () => {
	const question = { ...operation, kind: "providers" } as const;
	const view = operationView({ ...question, state: "settled" }, explain);
	expect(view).toMatchObject({ kind: "providers", moneyMoved: "no" });
	expect(view).not.toHaveProperty("cashier");
});

test("a settled payment lists its refunds and what they leave; a refused refund takes nothing", () => {
	const refunds = [
		{ operationId: "r1", amount: kopecks(30), state: "settled", startedAt: 1 },
		{ operationId: "r2", amount: kopecks(20), state: "unknown", startedAt: 2 },
		{ operationId: "r3", amount: kopecks(50), state: "refused", startedAt: 3 },
	] as const;
	expect(operationView({ ...operation, state: "settled", refunds }, explain)).toMatchObject({
		refunds: [
			{ operationId: "r1", amount: 30, state: "settled" },
			{ operationId: "r2", amount: 20, state: "unknown" },
			{ operationId: "r3", amount: 50, state: "refused" },
		],
		refundable: 50,
	});
	const untouched = operationView({ ...operation, state: "settled", refunds: [] }, explain);
	expect(untouched).toMatchObject({ refunds: [], refundable: 100 });
	const unpaid = operationView({ ...operation, state: "in-progress", refunds: [] }, explain);
	expect(unpaid).not.toHaveProperty("refundable");
});

test("when no way to pay is available the cashier is told so, and nothing is the customer's default", () => {
	const sbp = { paymentType: "SBP", available: true };
	const dolyame = { paymentType: "DOLYAME", available: false, message: "нет лимита" };
	const some = { isDefault: true, providers: [sbp, dolyame] };
	expect(providersView(some, explain)).toEqual(some);
	for (const providers of [[dolyame], []]) {
		expect(providersView({ isDefault: true, providers }, explain)).toEqual({
			isDefault: false,
			providers,
			fault: "no-provider-available",
			cashier: { title: "no-provider-available", text: "code: undefined" },
		});
	}
});

const facts = { id: "s", scanner: "front", symbology: "qr", at: 0 } as const;
const card: Scan = {
	...facts,
	kind: "payable",
	brand: "example",
	cardNumber: new Secret("1234567890123"),
	cardSession: new Secret("A1G97N"),
	password: new Secret("967"),
	verdict: { good: true, stepsOff: 0 },
};

test("a card's event has a masked number and no session or password, whether it can pay or not", () => {
	const shown = { scanId: "s", kind: "payable", scanner: "front", symbology: "qr", brand: "example" };
	expect(scanView(card, explain)).toEqual({ ...shown, card: "12*******0123", canPay: true });
	expect(scanView({ ...card, verdict: { good: false, fault: "password-wrong" } }, explain)).toEqual({
		...shown,
		card: "12*******0123",
		canPay: false,
		fault: "password-wrong",
		cashier: { title: "password-wrong", text: "code: undefined" },
	});
});

test("the content of a card is its number, and nothing to pay with", () => {
	expect(scanContent(card)).toEqual({
		scanId: "s",
		kind: "payable",
		scanner: "front",
		symbology: "qr",
		cardNumber: "1234567890123",
	});
});

test("a foreign code's event tells its length only; its content comes byte for byte", () => {
	const bytes = Uint8Array.of(0x30, 0x1d, 0xff, 0x0d);
	const foreign: Scan = { ...facts, kind: "foreign", bytes };
	const shown = { scanId: "s", kind: "foreign", scanner: "front", symbology: "qr" };
	expect(scanView(foreign, explain)).toEqual({ ...shown, length: 4 });
	expect(scanContent(foreign)).toEqual({ ...shown, bytes: "MB3/DQ==" });
});

test("a foreign code that is UTF-8 has its text beside the bytes", () => {
	const bytes = new TextEncoder().encode("\uFEFFЧай\u001d");
	expect(scanContent({ ...facts, kind: "foreign", bytes })).toMatchObject({ text: "\uFEFFЧай\u001d" });
});

test("a code that was kept out cannot pay, and the cashier is told what to do", () => {
	expect(keptOutView({ scanner: "front", fault: "scan-while-paying" }, explain)).toEqual({
		kind: "kept-out",
		scanner: "front",
		canPay: false,
		fault: "scan-while-paying",
		cashier: { title: "scan-while-paying", text: "code: undefined" },
	});
});

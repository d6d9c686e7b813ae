import { expect, test } from "vitest";
import { check } from "../../src/pos/check.ts";
import {
	operationGetParams,
	payCancelParams,
	payProvidersParams,
	payStartParams,
	receiptSendParams,
	refundStartParams,
	scannerBeepParams,
	scannerPauseParams,
	scannerPictureParams,
	scannerTriggerParams,
	scansAcceptParams,
	subscribeParams,
} from "../../src/pos/schema.ts";
import { invoice, wish } from "./counter.ts";

const [item] = wish.items;

test("a wish that fits comes through unchanged", () => {
	const full = {
		...wish,
		discountAmount: 5,
		subTotalAmount: 12_350,
		paymentTypes: ["SBP"],
		items: [{ ...item, measure: "GRAM", quantity: 1_125, discountAmount: 0, subTotalAmount: 9_999_999_999 }],
	};
	expect(check(payStartParams, full)).toEqual(full);
});

test.each([
	["no parameters at all", undefined, "params: Invalid input: expected object"],
	["parameters by position", [wish], "params: Invalid input: expected object"],
	["no key", { ...wish, key: undefined }, "key: "],
	["an empty key", { ...wish, key: "" }, "key: Too small"],
	["a key of 129 characters", { ...wish, key: "k".repeat(129) }, "key: Too big"],
	["an orderId of 37 characters", { ...wish, orderId: "o".repeat(37) }, "orderId: Too big"],
	["an orderId with an escape in it", { ...wish, orderId: "\u001b@" }, "orderId: expected printable"],
	["an orderId with half a character", { ...wish, orderId: "\ud800" }, "orderId: expected printable"],
	["a total of nothing", { ...wish, totalAmount: 0 }, "totalAmount: expected more than 0 kopecks"],
	["a total in roubles", { ...wish, totalAmount: 123.45 }, "totalAmount: Invalid input: expected int"],
	["a total as text", { ...wish, totalAmount: "12345" }, "totalAmount: Invalid input"],
	["a negative total", { ...wish, totalAmount: -1 }, "totalAmount: expected 0 to 9999999999"],
	["eleven digits", { ...wish, totalAmount: 10_000_000_000 }, "totalAmount: expected 0 to 9999999999"],
	["no items", { ...wish, items: [] }, "items: Too small"],
	["1001 items", { ...wish, items: Array(1_001).fill(item) }, "items: Too big"],
	["half a piece", { ...wish, items: [item, { ...item, quantity: 1.5 }] }, "items[1].quantity: "],
	["no piece", { ...wish, items: [{ ...item, quantity: 0 }] }, "items[0].quantity: "],
	["a name without letters", { ...wish, items: [{ ...item, name: "" }] }, "items[0].name: Too small"],
	["a name with half a character", { ...wish, items: [{ ...item, name: "a\udc00" }] }, "items[0].name: "],
	["a misspelt field", { ...wish, paymentType: "SBP" }, 'params: Unrecognized key: "paymentType"'],
	[
		"a prototype",
		JSON.parse(`{"__proto__":{},${JSON.stringify(wish).slice(1)}`),
		'Unrecognized key: "__proto__"',
	],
])("a wish with %s is refused with path and reason", (_what, params, reason) => {
	expect(() => check(payStartParams, params)).toThrow(reason);
	expect(() => check(payStartParams, params)).toThrow(expect.objectContaining({ code: "request-invalid" }));
});

test("the reasons stay short, whatever is sent", () => {
	const wrong = Object.fromEntries(Array.from({ length: 1_000 }, (_, at) => [`${at}`.padEnd(100, "x"), 1]));
	expect(() => check(payStartParams, wrong)).toThrow(
		expect.objectContaining({ detail: expect.stringMatching(/^.{20,500}$/s) }),
	);
	const items = Array(1_000).fill({});
	expect(() => check(payStartParams, { ...wish, items })).toThrow(/items\[0\]\.name: .*; and \d+ more$/s);
});

test("an operation is asked for by exactly one of its four names", () => {
	expect(check(operationGetParams, { key: "k" })).toEqual({ key: "k" });
	expect(check(operationGetParams, { orderId: "o" })).toEqual({ orderId: "o" });
	expect(check(operationGetParams, { operationId: "i" })).toEqual({ operationId: "i" });
	expect(check(operationGetParams, { transactionId: "t" })).toEqual({ transactionId: "t" });
	for (const params of [{}, [], { key: "k", orderId: "o" }, { key: 5 }]) {
		expect(() => check(operationGetParams, params)).toThrow("expected exactly one of operationId, key");
	}
	expect(() => check(operationGetParams, { orderId: "o".repeat(37) })).toThrow("orderId: Too big");
});

test("ways to pay are asked for with the purchase as it will be paid, and without a key", () => {
	const { key: _, ...question } = { ...wish, currency: "RUB", discountAmount: 1, subTotalAmount: 12_346 };
	expect(check(payProvidersParams, question)).toEqual(question);
	expect(() => check(payProvidersParams, wish)).toThrow('Unrecognized key: "key"');
	expect(() => check(payProvidersParams, { ...question, totalAmount: 0 })).toThrow("totalAmount: ");
});

test("a cancel is the cashier's wish unless it names the customer", () => {
	expect(check(payCancelParams, { operationId: "o" })).toEqual({ operationId: "o", by: "cashier" });
	expect(check(payCancelParams, { operationId: "o", by: "customer" })).toMatchObject({ by: "customer" });
	expect(() => check(payCancelParams, { operationId: "o", by: "restart" })).toThrow("by: ");
});

test("a refund names its payment in one of three ways", () => {
	for (const payment of [{ operationId: "o" }, { orderId: "17" }, { transactionId: "t" }]) {
		expect(check(refundStartParams, { key: "k", ...payment })).toEqual({ key: "k", payment });
	}
	const one = "expected exactly one of operationId, orderId and transactionId";
	expect(() => check(refundStartParams, { key: "k" })).toThrow(one);
	expect(() => check(refundStartParams, { key: "k", orderId: "17", operationId: "o" })).toThrow(one);
});

test("what was bought is said of a payment that is named by its transaction, and of no other", () => {
	const { key: _key, scanId: _scanId, ...purchase } = wish;
	const foreign = { key: "k", transactionId: "t", purchase };
	expect(check(refundStartParams, foreign)).toEqual({ key: "k", payment: { transactionId: "t" }, purchase });
	expect(() => check(refundStartParams, { key: "k", orderId: "17", purchase })).toThrow(
		"purchase: expected it with transactionId only",
	);
	const wrong = { ...foreign, purchase: { ...purchase, totalAmount: 1.5 } };
	expect(() => check(refundStartParams, wrong)).toThrow("purchase.totalAmount: ");
});

test.each([
	["no parts in the list", [], "parts: Too small"],
	["a position before the first", [{ position: -1, quantity: 1 }], "parts[0].position: "],
	["the thousand and first position", [{ position: 1_000, quantity: 1 }], "parts[0].position: "],
	["no piece", [{ position: 0, quantity: 0 }], "parts[0].quantity: "],
	["half a piece", [{ position: 0, quantity: 0.5 }], "parts[0].quantity: "],
	["an amount below nothing", [{ position: 0, quantity: 1, totalAmount: -1 }], "parts[0].totalAmount: "],
	["a misspelt field", [{ position: 0, quantity: 1, amount: 5 }], 'Unrecognized key: "amount"'],
	["1001 parts", Array(1_001).fill({ position: 0, quantity: 1 }), "parts: Too big"],
])("a refund with %s is refused with path and reason", (_what, parts, reason) => {
	expect(() => check(refundStartParams, { key: "k", orderId: "17", parts })).toThrow(reason);
});

test("a part may name its amount, or leave it to the till", () => {
	const parts = [
		{ position: 0, quantity: 1 },
		{ position: 999, quantity: 2, totalAmount: 0 },
	];
	expect(check(refundStartParams, { key: "k", orderId: "17", parts })).toMatchObject({ parts });
});

test("a fiscal receipt names its payment in one of two ways, and may bring words of the shop's own", () => {
	const meta = { loyalty: "gold" };
	expect(check(receiptSendParams, { key: "k", operationId: "o", invoice, meta })).toEqual({
		key: "k",
		payment: { operationId: "o" },
		invoice,
		meta,
	});
	const one = "expected exactly one of operationId and transactionId";
	expect(() => check(receiptSendParams, { key: "k", invoice })).toThrow(one);
	expect(() => check(receiptSendParams, { key: "k", invoice, operationId: "o", transactionId: "t" })).toThrow(
		one,
	);
	const much = Object.fromEntries(Array.from({ length: 65 }, (_, at) => [`${at}`, "x"]));
	expect(() => check(receiptSendParams, { key: "k", operationId: "o", invoice, meta: much })).toThrow(
		"meta: expected at most 64 entries",
	);
	expect(() => check(receiptSendParams, { key: "k", operationId: "o", invoice, meta: { a: 1 } })).toThrow(
		"meta.a: ",
	);
});

test("the words of a shop's own keep every name but that of the prototype, which is refused and not lost", () => {
	const receipt = (meta: string) => JSON.parse(`{"key":"k","operationId":"o","meta":${meta}}`);
	const names = '{"constructor":"a","toString":"b","hasOwnProperty":"c"}';
	expect(check(receiptSendParams, { ...receipt(names), invoice }).meta).toEqual(JSON.parse(names));
	for (const meta of ['{"__proto__":"x"}', '{"a":"1","__proto__":{"b":"2"}}']) {
		expect(() => check(receiptSendParams, { ...receipt(meta), invoice })).toThrow(
			'meta: expected no name "__proto__"',
		);
	}
	for (const meta of ["null", "1", '"words"', "[]"]) {
		expect(() => check(receiptSendParams, { ...receipt(meta), invoice })).toThrow("meta: ");
	}
});

test("a number to follow from is whole and not negative", () => {
	expect(check(subscribeParams, {})).toEqual({});
	expect(check(subscribeParams, { since: 0 })).toEqual({ since: 0 });
	for (const since of [-1, 0.5, "1", null, 2 ** 53]) {
		expect(() => check(subscribeParams, { since })).toThrow("since: ");
	}
});

test("scanners are told things by name, and all are meant where none is named", () => {
	expect(check(scannerPauseParams, {})).toEqual({});
	expect(check(scannerBeepParams, { scanner: "front" })).toEqual({ scanner: "front", good: true });
	expect(check(scannerTriggerParams, { scanner: "front", on: false })).toEqual({
		scanner: "front",
		on: false,
	});
	for (const schema of [scannerBeepParams, scannerTriggerParams, scannerPictureParams]) {
		expect(() => check<object>(schema, {})).toThrow("scanner: ");
	}
	expect(() => check(scannerPauseParams, { scanner: "front\u001b" })).toThrow("scanner: expected printable");
	expect(() => check(scansAcceptParams, { all: true })).toThrow("request-invalid");
});

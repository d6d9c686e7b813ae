import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type MockPayApi, type Script, startPayApi } from "../../hardware-mocks/pay-api.ts";
import type { PayCall } from "../../src/model/operation.ts";
import { checkoutBody, login, openTill, password, type Till } from "./pay-api-till.ts";

let api: MockPayApi;
let till: Till;

beforeEach(async () => {
	api = await startPayApi({ login, password });
	till = openTill(api);
});

afterEach(async () => {
	await till.close();
	await api.close();
});

/** Every code of HTTP 422 (cm_pay_api 1.2.1, "Errors"). */
const codes = [
	"UNKNOWN_SESSION_ID",
	"UNKNOWN_TRANSACTION_ID",
	"UNKNOWN_PARTNER_ID",
	"WRONG_TRANSACTION_STATE_CHANGE",
	"PAYMENT_TRANSACTION_IS_NOT_PAID",
	"CANCEL_REFUNDING_BY_BANK",
	"TRANSACTION_FOR_SESSION_ID_ALREADY_EXISTS",
	"TRANSACTION_FOR_SESSION_ID_ALREADY_PAYED",
	"TRANSACTION_IN_PROCESSING",
	"EXTERNAL_PROVIDER_ERROR",
] as const;

const { storeId } = checkoutBody();
const bread = { name: "Хлеб", article: "1", price: 123_456, quantity: 1, totalAmount: 123_456, tax: "vat10" };

const refundOf = (transactionId: unknown) =>
	till.post("transaction/refund", {
		requestId: randomUUID(),
		storeId,
		terminalId: "till-7",
		transactionId,
		refundAmount: 123_456,
		items: [bread],
	});

async function started(script: Script): Promise<unknown> {
	api.next(script);
	return (await till.checkout()).json.transactionId;
}

const ids = { requestId: randomUUID(), storeId, terminalId: "till-7", transactionId: randomUUID() };

/** A right request of each call. */
const requests: Readonly<Record<Exclude<PayCall, "providers-poll">, () => ReturnType<Till["post"]>>> = {
	providers: () => {
		const { cardSession: cardsession, paymentMethods, ...body } = checkoutBody();
		return till.post("availability-info/task", { ...body, cardsession });
	},
	checkout: () => till.checkout(),
	status: () => till.status(ids.transactionId),
	cancel: () => till.cancel(ids.transactionId),
	refund: () => refundOf(ids.transactionId),
	receipt: () =>
		till.post("transaction/receipt", {
			...ids,
			requestId: randomUUID(),
			invoice: {
				orderId: "42",
				receiptId: "1",
				merchantName: "ООО",
				merchantAddress: "Москва",
				inn: "007701234567",
				dateTime: "2026-11-24T12:00:00Z",
				shift: "1",
				cashier: "Иванова",
				receiptType: "debit",
				totalAmount: 123_456,
				items: [bread],
			},
		}),
};

test.each(Object.keys(requests) as (keyof typeof requests)[])(
	"%s can be refused with every code that the document has, and with others",
	async (on) => {
		for (const code of [...codes, "SOMETHING_NEW"]) {
			api.disturb({ on, code });
			expect(await requests[on](), code).toMatchObject({ status: 422, json: { code } });
		}
		expect(api.transactions).toEqual([]);
		expect(api.complaints).toEqual([]);
	},
);

test("the promised list of providers can be refused too", async () => {
	api.disturb({ on: "providers-poll", code: "UNKNOWN_SESSION_ID" });
	const refused = await till.get(`availability-info/${randomUUID()}`);
	expect(refused).toMatchObject({ status: 422, json: { code: "UNKNOWN_SESSION_ID" } });
});

test("a refused request has done nothing, and its repeat is processed as new", async () => {
	api.next({ code: "TRANSACTION_IN_PROCESSING", accept: 0 });
	const body = checkoutBody();
	expect((await till.checkout(body)).status).toBe(422);
	expect(api.transactions).toEqual([]);
	expect((await till.checkout(body)).json).toMatchObject({ status: "accepted" });
});

test.each([
	"NOT_ENOUGH_LIMIT_TO_PAY",
	"TOTAL_AMOUNT_IS_TOO_SMALL",
	"EXTERNAL_PROVIDER_ERROR",
	"SUBSCRIPTION_IS_NOT_FOUND",
	"PAYMENT_DECLINED_BY_EXTERNAL_PROVIDER",
	"PAYMENT_ORDER_IS_NOT_FOUND",
])("a payment is rejected with %s by the checkout, by a poll or by the clock", async (errorCode) => {
	const rejected = { status: "rejected", errorCode };
	api.next({ reject: errorCode, accept: 0 });
	expect((await till.checkout()).json).toMatchObject(rejected);
	const polled = `${await started({ reject: errorCode })}`;
	expect((await till.status(polled)).json).toMatchObject(rejected);
	const timed = `${await started({ reject: errorCode, afterMs: 0 })}`;
	expect((await till.status(timed)).json).toMatchObject(rejected);
});

test.each([
	"PAYMENT_TRANSACTION_IS_NOT_PAID",
	"TERMINAL_STATE_OF_PAYMENT_TRANSACTION",
	"PAYMENT_TRANSACTION_IS_BEING_REFUNDED_ALREADY",
	"REQUESTED_REFUND_AMOUNT_IS_GREATER_THAN_AVAILABLE",
	"EXTERNAL_PROVIDER_ERROR",
	"UNEXPECTED_REFUND_AMOUNT_LEFT_FROM_EXTERNAL_PROVIDER",
	"PAYMENT_ORDER_IS_NOT_FOUND",
])("a refund is rejected with %s by its answer, by a poll or by the clock", async (refundError) => {
	const rejected = { refStatus: "rejected", errorCode: refundError };
	const atOnce = await started({ accept: 0, refundError });
	expect((await refundOf(atOnce)).json).toMatchObject(rejected);
	for (const script of [{ refundPolls: 1 }, { refundAfterMs: 0 }]) {
		const id = await started({ accept: 0, refundError, ...script });
		const { refTransactionId, refStatus } = (await refundOf(id)).json;
		expect(refStatus).toBe("new");
		const poll = { requestId: randomUUID(), refTransactionId };
		expect((await till.post("transaction/status", poll)).json).toMatchObject(rejected);
	}
});

test.each([
	["is cancelled already", {}, "till.cancel"],
	["is accepted already", { accept: 0 }, ""],
	["was paid back", { accept: 0 }, "refund"],
] as const)("a payment that %s cannot be cancelled", async (_, script, before) => {
	const id = `${await started(script)}`;
	if (before === "till.cancel") await till.cancel(id);
	if (before === "refund") await refundOf(id);
	expect((await till.cancel(id)).json).toMatchObject({ code: "WRONG_TRANSACTION_STATE_CHANGE" });
});

test("what was cancelled or rejected is not paid back", async () => {
	const cancelled = await started({ pending: true });
	await till.cancel(`${cancelled}`);
	const rejected = await started({ accept: 0, reject: "EXTERNAL_PROVIDER_ERROR" });
	for (const id of [cancelled, rejected]) {
		expect((await refundOf(id)).json).toMatchObject({ errorCode: "TERMINAL_STATE_OF_PAYMENT_TRANSACTION" });
	}
});

import { afterAll, beforeAll, expect, test } from "vitest";
import type { Stage } from "../../hardware-mocks/demo/stage.ts";
import { asked, cashierReads, inBooks, pay, payApi } from "./flow-kit.ts";
import { type Customer, ending, newCustomer, openShop, payOnce, refusal, restart } from "./shop.ts";

let stage: Stage;

beforeAll(async () => {
	// Nobody waits for a receipt, but a story does.
	stage = await openShop({}, payApi({ calls: { receipt: { laterEveryMs: 200 } } }));
}, 60_000);

afterAll(() => stage.strike());

/** The fiscal receipt of a customer's basket, by the Pay API's names. */
function invoiceOf({ basket }: Customer) {
	const { orderId, totalAmount, items } = basket;
	return {
		...{ orderId, totalAmount, items, receiptId: "10272", receiptType: "debit", taxation: "osn" },
		...{ merchantName: "ООО «Пример»", merchantAddress: "Москва, Тверская, 1", inn: "007701234567" },
		...{
			dateTime: "2026-11-24T12:00:00+03:00",
			shift: "12",
			cashier: "Иванова",
			fnNumber: "9280440300387752",
		},
		qr: "t=20261124T1200&s=859.00&fn=9280440300387752&i=10272&fp=2374313442&n=1",
	};
}

/** The fiscal receipt of a payment goes out. Resolves with the operation's id. */
async function sendReceipt(customer: Customer, operationId: string): Promise<string> {
	const wish = { key: `receipt-${customer.basket.orderId}`, operationId, invoice: invoiceOf(customer) };
	const answer = await stage.pos.call("receipt.send", wish);
	expect(answer.state).toBe("in-progress");
	return answer.operationId;
}

async function outcome(operationId: string) {
	const { body } = await ending(stage.pos, operationId);
	return body;
}

test("a fiscal receipt reaches the customer's app as it was, and is answered by nothing but 200", async () => {
	const customer = newCustomer();
	const { operationId, transactionId } = await pay(stage, {}, customer);
	const body = await outcome(await sendReceipt(customer, operationId));
	const cashier = cashierReads("receipt-settled");
	expect(body).toMatchObject({ kind: "receipt", state: "settled", moneyMoved: "no", cashier });
	expect(inBooks(stage, transactionId).receipts).toEqual([invoiceOf(customer)]);
	expect(stage.payApi.complaints).toEqual([]);
});

test("while the server is down a fiscal receipt waits, and it arrives later, once", async () => {
	const customer = newCustomer();
	const { operationId, transactionId } = await pay(stage, {}, customer);
	await stage.payApi.down();
	const receipt = await sendReceipt(customer, operationId);
	await stage.payApi.up();
	expect(await outcome(receipt)).toMatchObject({ state: "settled" });
	expect(inBooks(stage, transactionId).receipts).toHaveLength(1);
});

test("a fiscal receipt that brings no answer is repeated with the same requestId, beside the next payment", async () => {
	const first = stage.payApi.requests.length;
	const customer = newCustomer();
	const { operationId, transactionId } = await pay(stage, {}, customer);
	stage.payApi.disturb({ on: "receipt", closeAfterProcessing: true, times: 3 });
	const receipt = await sendReceipt(customer, operationId);
	await payOnce(stage);
	expect(await outcome(receipt)).toMatchObject({ state: "settled" });
	const ids = asked(stage, "receipt", first).map(({ request }) => request?.requestId);
	expect(ids).toHaveLength(4);
	expect(new Set(ids).size).toBe(1);
	expect(inBooks(stage, transactionId).receipts).toHaveLength(1);
});

test("a fiscal receipt that the server refuses is told with its code, and the paper one is enough", async () => {
	const customer = newCustomer();
	const transactionId = "00000000-0000-4000-8000-00000000dead";
	const wish = { key: "receipt-of-nobody", transactionId, invoice: invoiceOf(customer) };
	const { operationId } = await stage.pos.call("receipt.send", wish);
	const cashier = cashierReads("receipt-undelivered");
	expect(await outcome(operationId)).toMatchObject({
		...{ state: "refused", fault: "receipt-undelivered", wireCode: "UNKNOWN_TRANSACTION_ID" },
		...{ moneyMoved: "no", cashier },
	});
});

test("a fiscal receipt that was on its way when the till died is handed over by the next run", async () => {
	const customer = newCustomer();
	const { operationId, transactionId } = await pay(stage, {}, customer);
	stage.payApi.disturb({ on: "receipt", closeBeforeProcessing: true });
	const arrival = stage.payApi.arrival("receipt");
	const receipt = await sendReceipt(customer, operationId);
	await arrival;
	await stage.daemon.kill();
	await restart(stage);
	expect(await outcome(receipt)).toMatchObject({ state: "settled" });
	expect(inBooks(stage, transactionId).receipts).toHaveLength(1);
});

test("a fiscal receipt with a word that the settings do not list is refused before it is sent", async () => {
	const customer = newCustomer();
	const { operationId } = await pay(stage, {}, customer);
	const invoice = { ...invoiceOf(customer), taxation: "moon" };
	const { data } = await refusal(stage.pos.call("receipt.send", { key: "moon", operationId, invoice }));
	expect(data).toMatchObject({
		fault: "request-invalid",
		detail: expect.stringContaining("invoice.taxation"),
	});
});

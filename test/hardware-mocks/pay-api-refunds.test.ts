import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type MockPayApi, type Script, startPayApi } from "../../hardware-mocks/pay-api.ts";
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

const { storeId } = checkoutBody();
const bread = { name: "Хлеб", article: "1", price: 41_152, quantity: 3, totalAmount: 123_456, tax: "vat10" };

/** Three loaves, paid unless the script says otherwise. */
async function paid(script: Script = {}): Promise<string> {
	api.next({ accept: 0, ...script });
	const checkoutInvoice = { orderId: "42", totalAmount: bread.totalAmount, items: [bread] };
	return `${(await till.checkout(checkoutBody({ checkoutInvoice }))).json.transactionId}`;
}

/** Of all the loaves, or of some. */
function refundBody(transactionId: string, quantity = 3, refundAmount = quantity * bread.price): object {
	const items = [{ ...bread, quantity, totalAmount: refundAmount }];
	return { requestId: randomUUID(), storeId, terminalId: "till-7", transactionId, refundAmount, items };
}

const refund = async (body: object) => (await till.post("transaction/refund", body)).json;

test("a full refund gives all back once, however often it is repeated", async () => {
	const body = refundBody(await paid());
	const first = await refund(body);
	expect(first).toMatchObject({
		refStatus: "accepted",
		status: "refunded",
		slip: { totalAmount: 123_456, refundTransactionId: first.refTransactionId },
	});
	expect(await refund(body)).toEqual(first);
	expect(api.transactions[0]?.refunds).toHaveLength(1);
});

test("partial refunds leave the rest, and none goes beyond it", async () => {
	const id = await paid();
	expect(await refund(refundBody(id, 1))).toMatchObject({ status: "partial_refunded" });
	expect(await refund(refundBody(id, 2, 82_305))).toMatchObject({
		refStatus: "rejected",
		errorCode: "REQUESTED_REFUND_AMOUNT_IS_GREATER_THAN_AVAILABLE",
	});
	expect(await refund(refundBody(id, 2))).toMatchObject({ status: "refunded" });
	expect(await refund(refundBody(id, 1))).toMatchObject({
		errorCode: "TERMINAL_STATE_OF_PAYMENT_TRANSACTION",
	});
});

test("a quantity cannot come back twice, and what is weighed comes back whole", async () => {
	const id = await paid();
	await refund(refundBody(id, 2));
	const again = await till.post("transaction/refund", refundBody(id, 2, 100));
	expect(again).toMatchObject({ status: 400, json: { message: "refund of too many of 1" } });
	const cheese = { ...bread, quantity: 300, price: 100, totalAmount: 30_000, measure: "GRAM" };
	const checkoutInvoice = { orderId: "43", totalAmount: 30_000, items: [cheese] };
	api.next({ accept: 0 });
	const { transactionId } = (await till.checkout(checkoutBody({ checkoutInvoice }))).json;
	const part = { ...refundBody(`${transactionId}`), refundAmount: 10_000 };
	const items = [{ ...cheese, quantity: 100, totalAmount: 10_000 }];
	expect((await till.post("transaction/refund", { ...part, items })).status).toBe(400);
});

test("a refund that is new is told by its own id, and a second one waits for it", async () => {
	const id = await paid({ refundPolls: 2 });
	const { refTransactionId, refStatus } = await refund(refundBody(id, 1));
	expect(refStatus).toBe("new");
	expect(await refund(refundBody(id, 1))).toMatchObject({
		errorCode: "PAYMENT_TRANSACTION_IS_BEING_REFUNDED_ALREADY",
	});
	const poll = () => till.post("transaction/status", { requestId: randomUUID(), refTransactionId });
	expect((await poll()).json).toMatchObject({ refTransactionId, refStatus: "new" });
	expect((await poll()).json).toMatchObject({ refTransactionId, refStatus: "accepted" });
});

test("nothing is paid back of what was not paid or not bought", async () => {
	const id = await paid({ accept: 1 });
	expect(await refund(refundBody(id))).toMatchObject({ errorCode: "PAYMENT_TRANSACTION_IS_NOT_PAID" });
	const stranger = { ...refundBody(id), items: [{ ...bread, article: "2" }] };
	expect((await till.post("transaction/refund", stranger)).status).toBe(400);
});

test("a script refuses a refund or has the bank reject it", async () => {
	const refused = refundBody(await paid({ refuseRefund: "CANCEL_REFUNDING_BY_BANK" }));
	expect(await refund(refused)).toMatchObject({ code: "CANCEL_REFUNDING_BY_BANK" });
	const rejected = refundBody(await paid({ refundError: "EXTERNAL_PROVIDER_ERROR" }));
	expect(await refund(rejected)).toMatchObject({
		refStatus: "rejected",
		errorCode: "EXTERNAL_PROVIDER_ERROR",
		status: "accepted",
	});
});

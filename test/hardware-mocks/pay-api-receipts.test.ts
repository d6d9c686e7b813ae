import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type MockPayApi, startPayApi } from "../../hardware-mocks/pay-api.ts";
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

function receiptBody(transactionId: unknown, changes: object = {}): object {
	const bread = { name: "Хлеб", article: "1", price: 400, quantity: 1, totalAmount: 400, tax: "vat10" };
	const invoice = {
		orderId: "42",
		receiptId: "1027",
		merchantName: "ООО «Хлеб»",
		merchantAddress: "Москва, Тверская, 1",
		inn: "007701234567",
		dateTime: "2026-11-24T12:00:00+03:00",
		shift: "12",
		cashier: "Иванова",
		receiptType: "debit",
		totalAmount: 400,
		items: [bread],
		...changes,
	};
	return { requestId: randomUUID(), storeId, terminalId: "till-7", transactionId, invoice };
}

const send = (body: object) => till.post("transaction/receipt", body);

async function started(accept: number): Promise<unknown> {
	api.next({ accept });
	return (await till.checkout()).json.transactionId;
}

test("a fiscal receipt is answered by nothing at all, and is in the books once", async () => {
	const body = receiptBody(await started(0));
	expect(await send(body)).toMatchObject({ status: 200, text: "" });
	expect(await send(body)).toMatchObject({ status: 200, text: "" });
	expect(api.transactions[0]?.receipts).toMatchObject([{ receiptId: "1027" }]);
});

test("there is none for what was not paid or is not known", async () => {
	expect((await send(receiptBody(await started(1)))).json).toMatchObject({
		code: "PAYMENT_TRANSACTION_IS_NOT_PAID",
	});
	expect((await send(receiptBody(randomUUID()))).json).toMatchObject({ code: "UNKNOWN_TRANSACTION_ID" });
});

test("a receipt against the document is refused with the field that is wrong", async () => {
	const id = await started(0);
	const wrong = [
		{ inn: "7701234567" },
		{ dateTime: "24.11.2026" },
		{ receiptType: "gift" },
		{ colour: "red" },
	];
	for (const changes of wrong) {
		const { status, json } = await send(receiptBody(id, changes));
		expect(status).toBe(400);
		expect(json.message).toContain(Object.keys(changes)[0]);
	}
	expect(api.transactions[0]?.receipts).toEqual([]);
	expect(api.complaints).toHaveLength(wrong.length);
});

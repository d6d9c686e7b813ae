import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type MockPayApi, startPayApi } from "../../hardware-mocks/pay-api.ts";
import { checkoutBody, invoice, login, openTill, password, type Till } from "./pay-api-till.ts";

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

const started = async (body?: object) => `${(await till.checkout(body)).json.transactionId}`;

test("a payment goes from new over pending to accepted, and money moves once", async () => {
	api.next({ accept: 2 });
	const checkout = await till.checkout();
	expect(checkout).toMatchObject({ status: 200, json: { status: "new" } });
	expect(checkout.json).not.toHaveProperty("slip");
	const id = `${checkout.json.transactionId}`;
	expect((await till.status(id)).json).toMatchObject({ transactionId: id, status: "pending" });
	expect(api.paymentsMade()).toBe(0);
	expect((await till.status(id)).json).toMatchObject({ status: "accepted", paymentGroup: "SBP" });
	expect((await till.status(id)).json).toMatchObject({ status: "accepted" });
	expect(api.paymentsMade()).toBe(1);
	expect(api.transactions).toMatchObject([{ transactionId: id, polls: 3, status: "accepted" }]);
	expect(api.complaints).toEqual([]);
});

test("accept 0 is accepted by the checkout itself, with its slip", async () => {
	api.next({ accept: 0 });
	expect((await till.checkout()).json).toMatchObject({ status: "accepted", slip: { totalAmount: 123_456 } });
});

test("a slip of SBP is complete", async () => {
	api.next({ accept: 0 });
	const body = checkoutBody();
	const { slip, transactionId } = (await till.checkout(body)).json;
	const { storeId, terminalId } = body;
	expect(slip).toEqual({
		id: expect.stringMatching(/^[0-9a-f-]{36}$/),
		paymentType: "SBP",
		storeId,
		terminalId,
		orderId: "42",
		paymentTransactionId: transactionId,
		merchantId: expect.any(String),
		operationDateTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
		operationId: expect.stringMatching(/^B[0-9A-F]{31}$/),
		qrcId: expect.stringMatching(/^AD[0-9A-F]{30}$/),
		kzo: expect.stringMatching(/^[0-9A-F]{32}$/),
		currency: "RUB",
		totalAmount: 123_456,
	});
});

test("a slip of DOLYAME has no fields of SBP", async () => {
	api.next({ accept: 1 });
	const id = await started(checkoutBody({ paymentMethods: [{ type: "DOLYAME" }] }));
	const { json } = await till.status(id);
	expect(json).toMatchObject({ paymentGroup: "INSTALLMENT", slip: { paymentType: "DOLYAME" } });
	for (const field of ["merchantId", "qrcId", "kzo"]) expect(json.slip).not.toHaveProperty(field);
});

test("a rejected payment says why and moves no money", async () => {
	api.next({ reject: "NOT_ENOUGH_LIMIT_TO_PAY" });
	const { json } = await till.status(await started());
	expect(json).toMatchObject({ status: "rejected", errorCode: "NOT_ENOUGH_LIMIT_TO_PAY", slip: {} });
	expect(api.paymentsMade()).toBe(0);
});

test("less than 4 roubles is rejected", async () => {
	const small = await till.checkout(checkoutBody({ checkoutInvoice: invoice(399) }));
	expect(small.json).toMatchObject({ status: "rejected", errorCode: "TOTAL_AMOUNT_IS_TOO_SMALL" });
	const enough = await till.checkout(checkoutBody({ checkoutInvoice: invoice(400) }));
	expect(enough.json).toMatchObject({ status: "new" });
});

test("a refused checkout is answered 422 with its code, and there is no transaction", async () => {
	api.next({ refuse: "UNKNOWN_SESSION_ID" });
	expect(await till.checkout()).toMatchObject({ status: 422, json: { code: "UNKNOWN_SESSION_ID" } });
	expect(api.transactions).toEqual([]);
});

test("a repeat of any call gets its first answer byte for byte and does nothing again", async () => {
	api.next({ accept: 2 });
	const body = checkoutBody();
	const first = await till.checkout(body);
	const transactionId = first.json.transactionId;
	const poll = { requestId: randomUUID(), transactionId };
	const firstPoll = await till.post("transaction/status", poll);
	await till.status(`${transactionId}`);
	expect((await till.checkout(body)).text).toBe(first.text);
	expect((await till.post("transaction/status", poll)).text).toBe(firstPoll.text);
	expect(api.transactions).toMatchObject([{ polls: 2, status: "accepted" }]);
	expect(api.requests.map(({ repeat }) => repeat)).toEqual([false, false, false, true, true]);
});

test("a requestId with another body is refused and complained about", async () => {
	const body = checkoutBody();
	await till.checkout(body);
	expect((await till.checkout({ ...body, terminalId: "till-8" })).status).toBe(400);
	expect(api.complaints).toEqual([expect.stringContaining("requestId was used for another request")]);
});

test("a payment that nobody decides can be cancelled, once", async () => {
	api.next({ pending: true });
	const id = await started();
	await till.status(id);
	const { json } = await till.cancel(id);
	expect(json).toMatchObject({ transactionId: id, refStatus: "accepted", status: "canceled" });
	expect((await till.status(id)).json).toMatchObject({ status: "canceled", refStatus: "accepted" });
	expect((await till.cancel(id)).json).toMatchObject({ code: "WRONG_TRANSACTION_STATE_CHANGE" });
	expect(api.paymentsMade()).toBe(0);
	const byReference = { requestId: randomUUID(), refTransactionId: json.refTransactionId };
	expect((await till.post("transaction/status", byReference)).json).toMatchObject({ transactionId: id });
});

test("a cancel that comes just too late is declined, and the payment is accepted", async () => {
	api.next({ acceptOnCancel: true });
	const id = await started();
	expect((await till.status(id)).json).toMatchObject({ status: "pending" });
	expect(await till.cancel(id)).toMatchObject({
		status: 422,
		json: { code: "WRONG_TRANSACTION_STATE_CHANGE" },
	});
	expect((await till.status(id)).json).toMatchObject({ status: "accepted", slip: {} });
});

test("a cancel can be declined by refStatus: the payment goes on", async () => {
	api.next({ accept: 1, cancel: "rejected" });
	const id = await started();
	expect(await till.cancel(id)).toMatchObject({
		status: 200,
		json: { refStatus: "rejected", status: "new" },
	});
	expect((await till.status(id)).json).toMatchObject({ refStatus: "rejected", status: "accepted" });
});

test("a cancel can take until the next status poll", async () => {
	api.next({ pending: true, cancel: "slow" });
	const id = await started();
	expect((await till.cancel(id)).json).toMatchObject({ refStatus: "new", status: "new" });
	expect((await till.status(id)).json).toMatchObject({ refStatus: "accepted", status: "canceled" });
});

test("answers can be odd: a word of their own, a slip that is late, fields that no document names", async () => {
	api.next({ accept: 2, oddStatus: "reserved", slipLate: 1, slip: { bank: "Банк", kzo: undefined } });
	const id = await started();
	expect((await till.status(id)).json.status).toBe("reserved");
	const early = (await till.status(id)).json;
	expect(early).toMatchObject({ status: "accepted" });
	expect(early).not.toHaveProperty("slip");
	const { slip } = (await till.status(id)).json;
	expect(slip).toMatchObject({ bank: "Банк", paymentType: "SBP" });
	expect(slip).not.toHaveProperty("kzo");
});

test("a cardSession is good for one transaction", async () => {
	api.next({ accept: 1 });
	const { cardSession } = checkoutBody();
	const id = await started(checkoutBody({ cardSession }));
	const again = () => till.checkout(checkoutBody({ cardSession }));
	expect((await again()).json).toMatchObject({ code: "TRANSACTION_FOR_SESSION_ID_ALREADY_EXISTS" });
	await till.status(id);
	expect((await again()).json).toMatchObject({ code: "TRANSACTION_FOR_SESSION_ID_ALREADY_PAYED" });
});

test("an unknown transaction has an empty status and cannot be cancelled", async () => {
	const id = randomUUID();
	expect((await till.status(id)).json).toMatchObject({ transactionId: id, status: "" });
	expect((await till.cancel(id)).json).toMatchObject({ code: "UNKNOWN_TRANSACTION_ID" });
});

test("a store that it does not know is refused", async () => {
	const strict = await startPayApi({ login, password, stores: [randomUUID()] });
	const stranger = openTill(strict);
	expect((await stranger.checkout()).json).toMatchObject({ code: "UNKNOWN_PARTNER_ID" });
	await stranger.close();
	await strict.close();
});

test("every wrong request is answered with what is wrong with it", async () => {
	const wrong: readonly [string, unknown, Record<string, string>, number, string][] = [
		["checkout", checkoutBody(), { authorization: "Basic eDp5" }, 401, "wrong login or password"],
		["checkout", checkoutBody(), { "content-type": "text/plain" }, 400, "content-type"],
		["checkout", checkoutBody(), { token: "12" }, 400, "token"],
		["checkout", "{", {}, 400, "not UTF-8 JSON"],
		["checkout", checkoutBody({ cardsession: "A" }), {}, 400, "cardsession"],
		["checkout", checkoutBody({ storeId: "7" }), {}, 400, "storeId"],
		["checkout", checkoutBody({ checkoutInvoice: invoice(1.5) }), {}, 400, "checkoutInvoice.totalAmount"],
		["checkout", checkoutBody({ paymentMethods: [{ type: "" }] }), {}, 400, "paymentMethods.0.type"],
		["transaction/status", { requestId: randomUUID() }, {}, 400, "transactionId or refTransactionId"],
		["transaction/pay", {}, {}, 404, "no such call"],
	];
	for (const [path, body, headers, status, why] of wrong) {
		const reply = await till.post(path, body, headers);
		expect(reply.status, why).toBe(status);
		expect(reply.json.message).toContain(why);
	}
	expect(api.complaints).toHaveLength(wrong.length);
	expect(api.transactions).toEqual([]);
});

test("a HEAD request warms the connection that the checkout then takes", async () => {
	const narrow = openTill(api, 1);
	expect(await narrow.head()).toBe(200);
	await narrow.checkout();
	await narrow.close();
	expect(api.requests.map(({ call }) => call)).toEqual(["warm", "checkout"]);
	expect(new Set(api.requests.map(({ connection }) => connection)).size).toBe(1);
});

test("the first byte of every request on a kept connection has its own time", async () => {
	const marks: bigint[] = [];
	for (let count = 0; count < 3; count += 1) {
		marks.push(process.hrtime.bigint());
		await till.checkout();
	}
	marks.push(process.hrtime.bigint());
	const between = api.requests.map(
		({ firstByteAt }, index) => firstByteAt > (marks[index] ?? 0n) && firstByteAt < (marks[index + 1] ?? 0n),
	);
	expect(between).toEqual([true, true, true]);
});

test("an arrival that is waited for resolves with its request", async () => {
	const arrival = api.arrival("checkout");
	await till.head();
	const body = checkoutBody();
	await till.checkout(body);
	expect(await arrival).toMatchObject({ call: "checkout", request: body, got: "200" });
});

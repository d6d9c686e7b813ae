import { randomUUID } from "node:crypto";
import { afterEach, expect, test } from "vitest";
import { type MockPayApi, type PayApiOptions, startPayApi } from "../../hardware-mocks/pay-api.ts";
import { checkoutBody, invoice, login, openTill, password, type Till } from "./pay-api-till.ts";

let api: MockPayApi;
let till: Till;

async function open(options: Partial<PayApiOptions> = {}): Promise<void> {
	api = await startPayApi({ login, password, ...options });
	till = openTill(api);
}

afterEach(async () => {
	await till.close();
	await api.close();
});

/** A right question, with some fields changed. */
function question(changes: object = {}): object {
	const { requestId, cardSession, storeId, terminalId, checkoutInvoice, user } = checkoutBody();
	return { requestId, cardsession: cardSession, storeId, terminalId, checkoutInvoice, user, ...changes };
}

const ask = (body: object = question(), headers?: Record<string, string>) =>
	till.post("availability-info/task", body, headers);

const sbp = { paymentType: "SBP", available: true };
const notLate = { paymentType: "PAYLATE", available: false, message: "Лимит исчерпан" };

test("the ways to pay are told at once", async () => {
	await open({ providers: { isDefault: true, list: [sbp, notLate] } });
	expect(await ask()).toMatchObject({
		status: 200,
		json: { koshelekPayIsDefault: true, paymentTypeAvailabilityInfoList: [sbp, notLate] },
	});
	expect(api.requests).toMatchObject([{ call: "providers", got: "200" }]);
	expect(api.complaints).toEqual([]);
});

test("or they are promised, and told by a GET when they are complete", async () => {
	await open({ providers: { list: [sbp], promised: { timeout: 30, polls: 1 } } });
	const { status, json, headers } = await ask();
	expect(status).toBe(201);
	expect(json).toMatchObject({ timeout: 30, availabilityInfoId: expect.any(String) });
	expect(headers.location).toBe(`/api/v1/merchant/availability-info/${json.availabilityInfoId}`);
	const poll = () => till.get(`availability-info/${json.availabilityInfoId}`);
	expect((await poll()).json).toEqual({ computationComplete: false, pollingTimeout: 30 });
	expect((await poll()).json).toEqual({
		computationComplete: true,
		koshelekPayIsDefault: false,
		paymentTypeAvailabilityInfoList: [sbp],
	});
	expect(api.requests.map(({ call }) => call)).toEqual(["providers", "providers-poll", "providers-poll"]);
});

test("a list that was never promised is not found", async () => {
	await open();
	expect((await till.get(`availability-info/${randomUUID()}`)).status).toBe(404);
	expect((await till.get("availability-info/task")).status).toBe(404);
	expect((await till.get(`availability-info/${randomUUID()}`, { authorization: "Basic eDp5" })).status).toBe(
		401,
	);
});

test("nobody may pay less than 4 roubles, nor more than the card's limit", async () => {
	await open({ sessions: { RICH: {}, POOR: { limit: 50_000 } } });
	const list = async (cardsession: string, totalAmount: number) =>
		(await ask(question({ cardsession, checkoutInvoice: invoice(totalAmount) }))).json
			.paymentTypeAvailabilityInfoList;
	expect(await list("RICH", 60_000)).toContainEqual(sbp);
	const none = (message: string) => [
		{ paymentType: "SBP", available: false, message },
		{ paymentType: "DOLYAME", available: false, message },
	];
	expect(await list("RICH", 399)).toEqual(none("TOTAL_AMOUNT_IS_TOO_SMALL"));
	expect(await list("POOR", 60_000)).toEqual(none("NOT_ENOUGH_LIMIT_TO_PAY"));
	expect((await ask(question({ cardsession: "STRANGER" }))).json).toMatchObject({
		code: "UNKNOWN_SESSION_ID",
	});
});

test("the same rules bind a checkout", async () => {
	await open({ sessions: { POOR: { limit: 50_000 } }, paymentTypes: ["SBP", "PAYLATE"] });
	const pay = async (changes: object) => (await till.checkout(checkoutBody(changes))).json;
	expect(await pay({ cardSession: "STRANGER" })).toMatchObject({ code: "UNKNOWN_SESSION_ID" });
	expect(await pay({ cardSession: "POOR" })).toMatchObject({
		status: "rejected",
		errorCode: "NOT_ENOUGH_LIMIT_TO_PAY",
	});
	expect(await pay({ paymentMethods: [{ type: "DOLYAME" }] })).toMatchObject({
		message: "paymentMethods.0.type: expected one of SBP, PAYLATE",
	});
});

test("a new way to pay needs no more than its word", async () => {
	await open({ paymentTypes: ["PAYLATE"], script: { accept: 0 } });
	const { json } = await till.checkout(checkoutBody({ paymentMethods: [{ type: "PAYLATE" }] }));
	expect(json).toMatchObject({ status: "accepted", slip: { paymentType: "PAYLATE" } });
});

test("this call alone spells cardsession in small letters", async () => {
	await open();
	const { cardSession } = checkoutBody();
	const reply = await ask({ ...question({ cardsession: undefined }), cardSession });
	expect(reply.status).toBe(400);
	expect(reply.json.message).toContain("cardsession");
	expect(api.complaints).toEqual([expect.stringContaining("cardSession")]);
});

test("providers, checkout and refund need the header token, the other calls do not", async () => {
	await open({ script: { accept: 0 } });
	const transactionId = `${(await till.checkout()).json.transactionId}`;
	const { storeId } = checkoutBody();
	const refund = { requestId: randomUUID(), storeId, terminalId: "till-7", transactionId, refundAmount: 1 };
	for (const [path, body] of [
		["availability-info/task", question()],
		["checkout", checkoutBody()],
		["transaction/refund", refund],
	] as const) {
		const { status, json } = await till.post(path, body, { token: "" });
		expect([status, json.message], path).toEqual([400, "header token is not base64 and three digits"]);
	}
	const status = { requestId: randomUUID(), transactionId };
	expect((await till.post("transaction/status", status, { token: "" })).status).toBe(200);
});

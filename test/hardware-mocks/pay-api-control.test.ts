import { once } from "node:events";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Control, startControl } from "../../hardware-mocks/pay-api/control.ts";
import { type MockPayApi, startPayApi } from "../../hardware-mocks/pay-api.ts";
import { checkoutBody, login, openTill, password, type Till } from "./pay-api-till.ts";

let api: MockPayApi;
let till: Till;
let control: Control;

beforeEach(async () => {
	api = await startPayApi({ login, password });
	till = openTill(api);
	control = await startControl(api, 0);
});

afterEach(async () => {
	await till.close();
	await control.close();
	await api.close();
});

const answerOf = async (response: Response) => ({ status: response.status, json: await response.json() });

const post = (path: string, body: unknown = {}, headers: Record<string, string> = {}) =>
	fetch(`${control.url}${path}`, {
		method: "POST",
		headers,
		body: typeof body === "string" ? body : JSON.stringify(body),
	}).then(answerOf);

const transactions = async () =>
	(await fetch(`${control.url}/transactions`).then(answerOf)).json as readonly object[];

const done = { status: 200, json: { done: true } };

test("transactions are listed with their refunds, and without the card", async () => {
	const { cardSession } = checkoutBody();
	api.next({ accept: 0 });
	const { transactionId } = (await till.checkout(checkoutBody({ cardSession }))).json;
	const listed = await transactions();
	const facts = { transactionId, status: "accepted", orderId: "42", totalAmount: 123_456, rest: 123_456 };
	expect(listed).toMatchObject([{ ...facts, refunds: [], receipts: [], startedAt: expect.any(String) }]);
	expect(JSON.stringify(listed)).not.toContain(cardSession);
});

test("a payment is confirmed or rejected by hand, once", async () => {
	api.next({ pending: true });
	const { transactionId } = (await till.checkout()).json;
	expect(await post("/decide", { transactionId })).toEqual(done);
	expect(await transactions()).toMatchObject([{ status: "accepted" }]);
	expect(await post("/decide", { transactionId })).toMatchObject({ status: 409 });
	api.next({ pending: true });
	const second = (await till.checkout()).json.transactionId;
	await post("/decide", { transactionId: `${second}`.slice(0, 8), errorCode: "EXTERNAL_PROVIDER_ERROR" });
	expect((await transactions())[1]).toMatchObject({
		status: "rejected",
		errorCode: "EXTERNAL_PROVIDER_ERROR",
	});
	const { requestId } = checkoutBody();
	expect(await post("/decide", { transactionId: requestId })).toMatchObject({ status: 404 });
});

test("stories and troubles are given by their names", async () => {
	expect(await post("/next", { accept: 0, slip: { bank: "Банк" }, postback: { times: 2 } })).toEqual(done);
	expect((await till.checkout()).json).toMatchObject({ status: "accepted", slip: { bank: "Банк" } });
	expect(await post("/trouble", { on: "status", code: "UNKNOWN_TRANSACTION_ID" })).toEqual(done);
	expect((await till.status(`${api.transactions[0]?.transactionId}`)).status).toBe(422);
});

test("the server goes down and comes back, however often it is told", async () => {
	expect([await post("/down"), await post("/down")]).toEqual([done, done]);
	await expect(till.checkout()).rejects.toThrow();
	expect([await post("/up"), await post("/up")]).toEqual([done, done]);
	expect((await till.checkout()).status).toBe(200);
});

test.each([
	["/next", { acept: 1 }, 400, "acept"],
	["/next", { accept: -1 }, 400, "accept"],
	["/next", { postback: { late: "soon" } }, 400, "postback.late"],
	["/trouble", { on: "payment", silent: true }, 400, "on"],
	["/trouble", "{", 400, "not JSON"],
	["/decide", {}, 400, "transactionId"],
	["/decide", "[]", 400, "body"],
	["/down", { now: true }, 400, "now"],
	["/toString", {}, 404, "POST /decide"],
] as const)("%s %j is refused, and the answer says why", async (path, body, status, words) => {
	const answer = await post(path, body);
	expect(answer).toEqual({ status, json: { error: expect.stringContaining(words) } });
	expect((await till.checkout()).json).toMatchObject({ status: "new" });
});

test("a body that is too long is refused, and the next one is read", async () => {
	const answer = await post("/next", "x".repeat(70_000));
	expect(answer).toEqual({ status: 413, json: { error: "a body of more than 65536 bytes" } });
	expect(await post("/next", { accept: 0 })).toEqual(done);
});

test("whatever JSON comes is obeyed or refused, and the server goes on", async () => {
	const path = fc.constantFrom("/next", "/trouble", "/decide");
	const names = ["accept", "late", "on", "postback", "times", "transactionId", "fields", "code"];
	const body = fc.oneof(fc.jsonValue(), fc.dictionary(fc.constantFrom(...names), fc.jsonValue()));
	await fc.assert(
		fc.asyncProperty(path, body, async (where, json) => {
			expect([200, 400, 404]).toContain((await post(where, json)).status);
		}),
		{ numRuns: 200 },
	);
	expect(await transactions()).toEqual([]);
});

test("a page in a browser cannot reach it", async () => {
	expect(await post("/down", {}, { origin: "https://shop.example" })).toMatchObject({ status: 403 });
	const socket = connect(Number(new URL(control.url).port), "127.0.0.1");
	await once(socket, "connect");
	socket.end("POST /down HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
	expect(await text(socket)).toMatch(/^HTTP\/1\.1 403 /);
	expect((await till.checkout()).status).toBe(200);
});

import { afterEach, beforeEach, expect, test, vi } from "vitest";
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

test("a connection cut before processing leaves nothing behind; the repeat is processed as new", async () => {
	api.next({ closeBeforeProcessing: true });
	const body = checkoutBody();
	await expect(till.checkout(body)).rejects.toThrow();
	expect(api.transactions).toEqual([]);
	expect((await till.checkout(body)).json).toMatchObject({ status: "new" });
	expect(api.requests.map(({ repeat }) => repeat)).toEqual([false, false]);
});

test("a connection cut after processing leaves a transaction; the repeat gets the first answer", async () => {
	api.next({ closeAfterProcessing: true });
	const body = checkoutBody();
	await expect(till.checkout(body)).rejects.toThrow();
	const [transaction] = api.transactions;
	expect((await till.checkout(body)).json).toMatchObject({ transactionId: transaction?.transactionId });
	expect(api.transactions).toHaveLength(1);
	expect(api.requests.map(({ got }) => got)).toEqual(["connection cut", "200"]);
});

test("a silent server processes and never answers, not even a repeat", async () => {
	api.next({ silent: true });
	const body = checkoutBody();
	const waiting = [till.checkout(body), till.checkout(body)].map((reply) =>
		reply.catch(() => "never answered"),
	);
	await vi.waitUntil(() => api.requests.length === 2, { timeout: 20_000 });
	expect(api.requests.map(({ got }) => got)).toEqual(["silence", "silence"]);
	await till.close();
	expect(await Promise.all(waiting)).toEqual(["never answered", "never answered"]);
	expect(api.transactions).toHaveLength(1);
});

test("a late answer comes late, and a repeat meanwhile gets it at once", async () => {
	api.next({ late: 200 });
	const body = checkoutBody();
	const order: string[] = [];
	const late = till.checkout(body).then((reply) => {
		order.push("late");
		return reply;
	});
	await api.arrival("checkout");
	const prompt = await till.checkout(body);
	order.push("prompt");
	expect((await late).text).toBe(prompt.text);
	expect(order).toEqual(["prompt", "late"]);
});

test("a proxy's page comes with status 200 and is no JSON", async () => {
	api.next({ html: true });
	const reply = await till.checkout();
	expect(reply).toMatchObject({ status: 200, headers: { "content-type": "text/html; charset=utf-8" } });
	expect(reply.text).toContain("<!doctype html>");
	expect(api.requests).toMatchObject([{ got: "200 and a page of HTML", answer: { status: "new" } }]);
});

test("an oversize answer is right but for its 5 MB", async () => {
	api.next({ oversize: true });
	const { text, json } = await till.checkout();
	expect(text.length).toBeGreaterThan(5_000_000);
	expect(json).toMatchObject({ status: "new" });
});

test("a truncated answer breaks off in the middle", async () => {
	api.next({ truncated: true });
	await expect(till.checkout()).rejects.toThrow();
	expect(api.requests).toMatchObject([{ got: expect.stringMatching(/^\d+ of \d+ bytes of 200$/) }]);
});

test("an answer can name another request or another transaction", async () => {
	api.next({ wrongRequestId: true });
	const body = checkoutBody();
	expect((await till.checkout(body)).json.requestId).not.toBe(body.requestId);
	expect((await till.checkout(body)).json.requestId).toBe(body.requestId);
	api.next({ wrongTransactionId: true, on: "status" });
	const id = `${(await till.checkout()).json.transactionId}`;
	expect((await till.status(id)).json.transactionId).not.toBe(id);
});

test("status 500 is answered after processing, status 429 instead of it", async () => {
	api.next({ status: 500 });
	expect((await till.checkout()).status).toBe(500);
	expect(api.transactions).toHaveLength(1);
	api.next({ status: 429 });
	expect(await till.checkout()).toMatchObject({ status: 429, headers: { "retry-after": "1" } });
	expect(api.transactions).toHaveLength(1);
});

test("a trouble can be for one kind of call and for several times", async () => {
	api.next({ accept: 1, on: "status", status: 503, times: 2 });
	const id = `${(await till.checkout()).json.transactionId}`;
	const statuses = [await till.status(id), await till.status(id), await till.status(id)];
	expect(statuses.map(({ status }) => status)).toEqual([503, 503, 200]);
});

test("a disturbance is for whoever calls next", async () => {
	const id = `${(await till.checkout()).json.transactionId}`;
	api.disturb({ on: "cancel", closeAfterProcessing: true });
	await expect(till.cancel(id)).rejects.toThrow();
	expect((await till.status(id)).json).toMatchObject({ status: "canceled" });
});

test("a server that was down comes back on its port with its books", async () => {
	const body = checkoutBody();
	const first = await till.checkout(body);
	await api.down();
	await expect(till.checkout(body)).rejects.toThrow();
	await api.up();
	expect((await till.checkout(body)).text).toBe(first.text);
});

test("a client that does not trust its authority, or looks at the name, refuses it", async () => {
	const wrong = await startPayApi({ login, password, certificateFor: "pay.example" });
	const trusting = openTill(wrong);
	await expect(trusting.checkout()).rejects.toMatchObject({ code: "ERR_TLS_CERT_ALTNAME_INVALID" });
	const other = openTill({ ...api, caPem: wrong.caPem });
	await expect(other.checkout()).rejects.toThrow(/certificate/);
	expect(api.requests).toEqual([]);
	await Promise.all([trusting.close(), other.close()]);
	await wrong.close();
});

test("an answer is cut at the byte that the script names, and the repeat gets all of it", async () => {
	for (const cutAnswerAt of [0, 1, 40]) {
		api.next({ cutAnswerAt });
		const body = checkoutBody();
		await expect(till.checkout(body)).rejects.toThrow();
		expect(api.requests.at(-1)?.got).toMatch(new RegExp(`^${cutAnswerAt} of \\d+ bytes of 200$`));
		expect((await till.checkout(body)).json).toMatchObject({ status: "new" });
	}
	expect(api.transactions).toHaveLength(3);
});

test("a gateway that is too busy says in its own words when to come again", async () => {
	api.disturb({ status: 503, retryAfter: "Wed, 21 Oct 2026 07:28:00 GMT" });
	const { status, headers } = await till.checkout();
	expect([status, headers["retry-after"]]).toEqual([503, "Wed, 21 Oct 2026 07:28:00 GMT"]);
});

test("a request is cut at the byte that is named, and the repeat is processed as new", async () => {
	const body = checkoutBody();
	for (const cutRequestAt of [0, 1, 40]) {
		api.disturb({ cutRequestAt });
		await expect(till.checkout(body)).rejects.toThrow();
		const got = `connection cut after ${cutRequestAt} bytes of the request`;
		expect(api.requests.at(-1)).toMatchObject({ got, trouble: `cutRequestAt ${cutRequestAt}` });
	}
	api.next({ cutRequestAt: 1 });
	await expect(till.checkout(body)).rejects.toThrow();
	expect(api.transactions).toEqual([]);
	expect((await till.checkout(body)).json).toMatchObject({ status: "new" });
});

test("a request that a gateway hands over twice is processed once", async () => {
	api.next({ twice: true, accept: 0 });
	expect((await till.checkout()).json).toMatchObject({ status: "accepted" });
	expect(api.requests.map(({ repeat }) => repeat)).toEqual([false, true]);
	expect(api.paymentsMade()).toBe(1);
});

test("an answer can say what no document names, and a status can go backwards", async () => {
	api.next({ accept: 1, on: "status", skip: 1, fields: { status: "pending", slip: undefined } });
	const id = `${(await till.checkout()).json.transactionId}`;
	const words = [await till.status(id), await till.status(id), await till.status(id)];
	expect(words.map(({ json }) => json.status)).toEqual(["accepted", "pending", "accepted"]);
	expect(words[1]?.json).not.toHaveProperty("slip");
	api.disturb({ on: "cancel", fields: { refStatus: "reserved", status: 7 } });
	api.next({ pending: true });
	const open = `${(await till.checkout()).json.transactionId}`;
	expect((await till.cancel(open)).json).toMatchObject({ refStatus: "reserved", status: 7 });
});

test("a customer can decide by the clock, whether anybody asks or not", async () => {
	api.next({ afterMs: 30 });
	await till.checkout();
	expect(api.transactions).toMatchObject([{ status: "new" }]);
	await vi.waitUntil(() => api.paymentsMade() === 1, { timeout: 20_000 });
	expect(api.transactions).toMatchObject([{ polls: 0 }]);
});

import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Stage } from "../../hardware-mocks/demo/stage.ts";
import { realWorld } from "../../hardware-mocks/pay-api/ambient.ts";
import type { Transaction } from "../../hardware-mocks/pay-api/bank.ts";
import { slipOf } from "../../hardware-mocks/pay-api/slip.ts";
import { asked, begin, endOf, inBooks, pay, payApi, startRefund } from "./flow-kit.ts";
import { logLine } from "./log-lines.ts";
import { openShop, payOnce } from "./shop.ts";

const login = "koshelek";
const password: string = randomUUID();
let stage: Stage;
let url: string;

beforeAll(async () => {
	const port = await freePort();
	url = `http://127.0.0.1:${port}/postback`;
	vi.stubEnv("KASSAD_POSTBACK_PASSWORD", password);
	const limits = {
		mostBodyBytes: 65_536,
		mostConnections: 16,
		requestMs: 5_000,
		idleMs: 30_000,
		keepMs: 10_000,
	};
	const postback = {
		...{ host: "127.0.0.1", port, path: "/postback", login, tls: null, ...limits },
		password: { env: "KASSAD_POSTBACK_PASSWORD" },
	};
	// One question, and the next only after ten seconds: what ends a payment meanwhile was posted.
	stage = await openShop({}, payApi({ postback, poll: { firstMs: 250, everyMs: 10_000 } }));
}, 60_000);

afterAll(() => stage.strike());

async function freePort(): Promise<number> {
	const server = createServer().listen(0, "127.0.0.1");
	await once(server, "listening");
	const { port } = server.address() as AddressInfo;
	server.close();
	await once(server, "close");
	return port;
}

/** The server tells something by itself. Resolves with the HTTP status that the till answers. */
async function post(body: object | string, as = password): Promise<number> {
	const authorization = `Basic ${Buffer.from(`${login}:${as}`).toString("base64")}`;
	const headers = { authorization, "content-type": "application/json" };
	const text = typeof body === "string" ? body : JSON.stringify({ requestId: randomUUID(), ...body });
	const { status } = await fetch(url, { method: "POST", headers, body: text });
	return status;
}

/** What the server posts of a payment that the customer has confirmed; with `refTransactionId` of its refund. */
function paidFacts({ transactionId, checkout }: Transaction, refTransactionId?: string) {
	const { storeId, terminalId, checkoutInvoice } = checkout;
	const { orderId, totalAmount } = checkoutInvoice;
	const ids = { transactionId, ...(refTransactionId && { refTransactionId }) };
	const slip = slipOf({ paymentType: "SBP", storeId, terminalId, orderId, totalAmount, ...ids }, realWorld);
	return { ...ids, status: "accepted", slip };
}

/** A payment that nobody confirms at the server, and that the till has asked about once. */
async function openPayment() {
	const first = stage.payApi.requests.length;
	const arrival = stage.payApi.arrival("status");
	const operationId = await begin(stage, { pending: true });
	await arrival;
	return { operationId, transaction: inBooks(stage), polls: () => asked(stage, "status", first).length };
}

test("what is posted before the next question settles the payment, and nothing is asked any more", async () => {
	const { operationId, transaction, polls } = await openPayment();
	const facts = paidFacts(transaction);
	expect(await post(facts)).toBe(200);
	const body = await endOf(stage, operationId);
	expect(body).toMatchObject({ state: "settled", moneyMoved: "yes", slip: facts.slip });
	expect(polls()).toBe(1);
});

test("a rejection that is posted refuses the payment with its reason", async () => {
	const { operationId, transaction } = await openPayment();
	const { transactionId } = transaction;
	await post({ transactionId, status: "rejected", errorCode: "NOT_ENOUGH_LIMIT_TO_PAY" });
	const told = { fault: "limit-not-enough", moneyMoved: "no" };
	expect(await endOf(stage, operationId)).toMatchObject({ state: "refused", ...told });
});

test("what is posted while the checkout's own answer is on its way settles the payment without a question", async () => {
	const first = stage.payApi.requests.length;
	const arrival = stage.payApi.arrival("checkout");
	const operationId = await begin(stage, { pending: true, late: 500 });
	await arrival;
	// Nobody waits for this transaction yet, so the server is asked to say it again.
	expect(await post(paidFacts(inBooks(stage)))).toBe(404);
	expect(await endOf(stage, operationId)).toMatchObject({ state: "settled", moneyMoved: "yes" });
	expect(asked(stage, "status", first)).toEqual([]);
});

test("a refund whose end is posted is settled, with the slip of the refund", async () => {
	const { operationId, transactionId } = await pay(stage, { accept: 0, refundPending: true });
	const arrival = stage.payApi.arrival("status");
	const refunding = await startRefund(stage, { operationId });
	await arrival;
	const transaction = inBooks(stage, transactionId);
	const facts = paidFacts(transaction, transaction.refunds[0]?.refTransactionId);
	expect(await post({ ...facts, status: "refunded", refStatus: "accepted" })).toBe(200);
	const body = await endOf(stage, refunding.operationId);
	expect(body).toMatchObject({ kind: "refund", state: "settled", slip: facts.slip });
});

test.each(["accepted", "canceled"])(
	"%s that is posted after the till has heard by asking changes nothing",
	async (status) => {
		const operationId = await payOnce(stage);
		const before = await stage.pos.call("operation.get", { operationId });
		const receipts = stage.printer.receipts.length;
		const facts = paidFacts(inBooks(stage));
		expect([await post({ ...facts, status }), await post({ ...facts, status })]).toEqual([200, 200]);
		await payOnce(stage);
		expect(await stage.pos.call("operation.get", { operationId })).toEqual(before);
		expect(stage.printer.receipts).toHaveLength(receipts + 1);
	},
);

test("a forged postback is refused, and the payment waits for the true one", async () => {
	const { operationId, transaction } = await openPayment();
	const facts = paidFacts(transaction);
	expect(await post(facts, "guessed")).toBe(401);
	expect(await post("not JSON")).toBe(422);
	expect(await stage.pos.call("operation.get", { operationId })).toMatchObject({ state: "in-progress" });
	const { transactionId } = transaction;
	await post({ transactionId, status: "rejected", errorCode: "SUBSCRIPTION_IS_NOT_FOUND" });
	expect(await endOf(stage, operationId)).toMatchObject({ fault: "subscription-not-found" });
	expect(await logLine(stage.daemon, "postback refused")).toMatchObject({ level: "warn", status: 401 });
});

test("a postback about a transaction that nobody knows is not taken, and the log has a word of it", async () => {
	const { transactionId: _, ...facts } = paidFacts(inBooks(stage));
	expect(await post({ ...facts, transactionId: randomUUID() })).toBe(404);
	const told = await logLine(stage.daemon, "postback about an unknown transaction");
	expect(told).toMatchObject({ level: "warn", from: "127.0.0.1" });
	await payOnce(stage);
});

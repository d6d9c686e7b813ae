import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { pino } from "pino";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { makeCertificate } from "../../hardware-mocks/pay-api/certificate.ts";
import { type MockPayApi, type Script, startPayApi } from "../../hardware-mocks/pay-api.ts";
import { Secret } from "../../src/model/secret.ts";
import { servePostbacks } from "../../src/pay/postbacks.ts";
import { checkoutBody, login, openTill, password, type Till } from "./pay-api-till.ts";

type Posted = {
	readonly authorization: string | undefined;
	readonly body: Readonly<Record<string, unknown>>;
};

const right = `Basic ${Buffer.from("koshelek:тайна").toString("base64")}`;

let posted: Posted[];
let stop: () => Promise<void>;
let api: MockPayApi;
let till: Till;

/** A till that takes everything. */
beforeEach(async () => {
	posted = [];
	const server = createServer(async (request, response) => {
		const body = (await json(request)) as Posted["body"];
		posted.push({ authorization: request.headers.authorization, body });
		response.end();
	});
	server.listen(0, "127.0.0.1");
	await once(server, "listening");
	const { port } = server.address() as AddressInfo;
	const postback = { url: `http://127.0.0.1:${port}/postback`, login: "koshelek", password: "тайна" };
	api = await startPayApi({ login, password, postback });
	till = openTill(api);
	stop = async () => {
		await till.close();
		await api.close();
		server.closeAllConnections();
		server.close();
	};
});

afterEach(() => stop());

async function started(script: Script): Promise<string> {
	api.next(script);
	return `${(await till.checkout()).json.transactionId}`;
}

const until = (count: number) =>
	vi.waitUntil(() => api.postbacks.length === count, { timeout: 20_000, interval: 5 });

/** A moment in which what is not to come could have come. */
async function settled(): Promise<void> {
	for (let count = 0; count < 5; count += 1) await till.head();
}

test("the end of a payment is posted in the words of transaction/status", async () => {
	const transactionId = await started({ afterMs: 1 });
	await until(1);
	expect(posted).toMatchObject([
		{ authorization: right, body: { transactionId, status: "accepted", slip: { totalAmount: 123_456 } } },
	]);
	expect(api.postbacks).toMatchObject([{ kind: "true", got: "200" }]);
});

test("so are a rejection, a cancel and a decision of the person who watches", async () => {
	await started({ accept: 0, reject: "EXTERNAL_PROVIDER_ERROR" });
	await until(1);
	await till.cancel(await started({ pending: true }));
	await until(2);
	const open = await started({ pending: true });
	expect(api.decide(open, "PAYMENT_DECLINED_BY_EXTERNAL_PROVIDER")).toBe(true);
	expect(api.decide(open)).toBe(false);
	expect(api.decide("nobody")).toBe(false);
	await until(3);
	expect(posted.map(({ body }) => [body.status, body.errorCode])).toEqual([
		["rejected", "EXTERNAL_PROVIDER_ERROR"],
		["canceled", undefined],
		["rejected", "PAYMENT_DECLINED_BY_EXTERNAL_PROVIDER"],
	]);
});

test("a refund is posted with its own id when it has ended", async () => {
	const transactionId = await started({ accept: 0, refundPending: true });
	const { storeId } = checkoutBody();
	const item = {
		name: "Хлеб",
		article: "1",
		price: 123_456,
		quantity: 1,
		totalAmount: 123_456,
		tax: "vat10",
	};
	const { refTransactionId } = (
		await till.post("transaction/refund", {
			requestId: transactionId,
			storeId,
			terminalId: "till-7",
			transactionId,
			refundAmount: 123_456,
			items: [item],
		})
	).json;
	await until(1);
	expect(api.decide(`${refTransactionId}`)).toBe(true);
	await until(2);
	expect(posted[1]?.body).toMatchObject({ refTransactionId, refStatus: "accepted", transactionId });
});

test("a postback can come twice, late, or never", async () => {
	await started({ accept: 0, postback: { times: 2, late: 20 } });
	await started({ accept: 0, postback: { times: 0 } });
	await until(2);
	await settled();
	const [first, second] = posted;
	expect(posted).toHaveLength(2);
	expect(second?.body.transactionId).toBe(first?.body.transactionId);
});

test("it can be answered by the till before the checkout is", async () => {
	await started({ accept: 0, postback: { beforeAnswer: true } });
	expect(posted).toHaveLength(1);
	expect(api.postbacks).toMatchObject([{ got: "200" }]);
});

test("a forged one has a wrong password and says accepted, another is about nothing that is known", async () => {
	const transactionId = await started({ pending: true, postback: { forged: true, unknown: true } });
	await until(2);
	const forged = posted.find(({ authorization }) => authorization !== right);
	expect(forged?.body).toMatchObject({ transactionId, status: "accepted" });
	const stranger = posted.find(({ authorization }) => authorization === right);
	expect(stranger?.body.status).toBe("accepted");
	expect(stranger?.body.transactionId).not.toBe(transactionId);
	expect(api.transactions).toMatchObject([{ status: "new" }]);
});

test("kassad's own server hears it over TLS", async () => {
	const { caPem, cert, key } = await makeCertificate();
	const log = pino({ level: "silent" });
	const clock = { now: () => Date.now(), sleep: () => Promise.resolve() };
	const limits = {
		mostBodyBytes: 65_536,
		mostConnections: 16,
		requestMs: 5_000,
		idleMs: 5_000,
		keepMs: 5_000,
	};
	const place = { host: "127.0.0.1", port: 0, path: "/postback", login: "koshelek" };
	const settings = { ...limits, ...place, password: { env: "NONE" }, tls: { certFile: "", keyFile: "" } };
	const credentials = { password: new Secret("тайна"), tls: { cert, key: new Secret(key) } };
	const server = await servePostbacks(settings, credentials, { log, clock });
	const url = `https://localhost:${server.port}/postback`;
	const postback = { url, login: "koshelek", password: "тайна", ca: caPem };
	const posting = await startPayApi({ login, password, postback, script: { pending: true } });
	const client = openTill(posting);
	const transactionId = `${(await client.checkout()).json.transactionId}`;
	const heard = new Promise((resolve) => server.posted.listen(transactionId, resolve));
	posting.decide(transactionId);
	expect(await heard).toMatchObject({ transactionId, status: "accepted" });
	await client.close();
	await posting.close();
	await server.close();
});

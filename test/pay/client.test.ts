import { expect, test } from "vitest";
import { Secret } from "../../src/model/secret.ts";
import type { SawDate } from "../../src/pay/http-date.ts";
import { json, scriptedServer } from "./server.ts";
import { shopSettings } from "./settings.ts";
import { clientOf, shop } from "./shop.ts";

/** A connection is free again one turn of the event loop after its answer. */
const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

test("a checkout goes to its path under the partner's base URL, with Basic auth and the token", async () => {
	const { client, server } = await shop(json({ status: "new" }));
	const reply = await client.call("checkout", { requestId: "r" }, { token: new Secret("Zm9v123") });
	expect(reply).toEqual({ kind: "answer", status: 200, json: { status: "new" } });
	const [heard] = server.heard;
	expect(heard).toMatchObject({
		method: "POST",
		path: "/partner/api/v1/merchant/checkout",
		body: '{"requestId":"r"}',
		headers: {
			authorization: `Basic ${Buffer.from("partner:пароль:1").toString("base64")}`,
			token: "Zm9v123",
			"content-type": "application/json; charset=utf-8",
		},
	});
});

test("status and cancel have their own paths and no token", async () => {
	const { client, server } = await shop(json({}));
	await client.call("status", {}, {});
	await client.call("cancel", {}, {});
	expect(server.heard.map(({ path, headers }) => [path, headers.token])).toEqual([
		["/partner/api/v1/merchant/transaction/status", undefined],
		["/partner/api/v1/merchant/transaction/cancel", undefined],
	]);
});

test("JSON under a wrong content type is an answer", async () => {
	const { client } = await shop((response) => response.end('{"status":"new"}'));
	expect(await client.call("status", {}, {})).toMatchObject({ kind: "answer" });
});

test("a page in place of JSON leaves the request unanswered, whatever it says it is", async () => {
	const page = "<!doctype html><h1>Войдите в сеть</h1>";
	const { client } = await shop((response) =>
		response.writeHead(200, { "content-type": "application/json" }).end(page),
	);
	expect(await client.call("checkout", {}, {})).toMatchObject({
		kind: "unanswered",
		fault: "server-answer-unreadable",
	});
});

test("a documented 422 is a refusal with its row's fault", async () => {
	const { client } = await shop(json({ code: "UNKNOWN_SESSION_ID", details: "Карта не найдена" }, 422));
	expect(await client.call("checkout", {}, {})).toMatchObject({
		kind: "refusal",
		fault: "session-unknown",
		wireCode: "UNKNOWN_SESSION_ID",
	});
});

test("a 422 with an unknown code is a refusal that keeps the code", async () => {
	const { client } = await shop(json({ code: "MOON_IN_SCORPIO" }, 422));
	expect(await client.call("checkout", {}, {})).toMatchObject({
		kind: "refusal",
		fault: "unlisted-refusal",
		wireCode: "MOON_IN_SCORPIO",
	});
});

test("all connections are warmed, and carry the payments after it", async () => {
	const { client, server } = await shop((response, { method }) => {
		if (method === "HEAD") response.end();
		else if (server.heard.length > 3) response.end("{}");
	});
	await client.warm();
	await nextTurn();
	const slowPoll = client.call("status", {}, {});
	await client.call("cancel", {}, {});
	server.cutConnections();
	await slowPoll;
	expect(server.heard.map(({ method, connection }) => [method, connection])).toEqual([
		["HEAD", 1],
		["HEAD", 2],
		["POST", 1],
		["POST", 2],
	]);
});

test("a warming request shows no password", async () => {
	const { client, server } = await shop((response) => response.end());
	await client.warm();
	expect(server.heard[0]?.headers.authorization).toBeUndefined();
});

test("a lost connection is opened again before it is needed", async () => {
	const opened = Promise.withResolvers<void>();
	const { client, server } = await shop(
		(response, { connection }) => response.end("", () => connection === 2 && opened.resolve()),
		{ connections: 1, retry: { ...shopSettings.retry, firstWaitMs: 10 } },
	);
	await client.warm();
	server.cutConnections();
	await opened.promise;
	expect(server.heard.map(({ method, connection }) => [method, connection])).toEqual([
		["HEAD", 1],
		["HEAD", 2],
	]);
});

test("a server that is not there is only logged by warming", async () => {
	const server = await scriptedServer(json({}));
	await server[Symbol.asyncDispose]();
	const { client, lines } = clientOf(server.url, server.ca);
	await client.warm();
	expect(lines).toHaveLength(1);
	expect(lines[0]).toMatch(/^warn the Pay API does not answer .*ECONNREFUSED/);
});

test("a payment does not wait behind a warming request that the server is slow to answer", async () => {
	const { client, server } = await shop((response, { method }) => {
		if (method === "POST") response.end("{}");
	});
	const warming = client.warm();
	await client.call("status", {}, {});
	expect(await client.call("checkout", {}, {})).toMatchObject({ kind: "answer" });
	await client.close();
	await warming;
	expect(server.heard.filter(({ method }) => method === "POST")).toHaveLength(2);
});

test("a server that closes after each answer is not knocked at without a pause", async () => {
	const { client, server } = await shop((response) => response.setHeader("connection", "close").end("{}"));
	await client.warm();
	await client.call("status", {}, {});
	await client.call("status", {}, {});
	expect(server.heard.filter(({ method }) => method === "HEAD")).toHaveLength(shopSettings.connections);
});

test("a list of providers is promised, then asked for by its id without a body", async () => {
	const { client, server } = await shop((response, { method }) =>
		method === "GET"
			? response.end('{"computationComplete":true}')
			: response.writeHead(201, { location: "/somewhere/a-1" }).end('{"availabilityInfoId":"a-1"}'),
	);
	const token = new Secret("Zm9v123");
	expect(await client.call("providers", {}, { token })).toEqual({
		kind: "answer",
		status: 201,
		json: { availabilityInfoId: "a-1" },
		location: "/somewhere/a-1",
	});
	expect(await client.call("providers-poll", undefined, { id: "a-1" })).toMatchObject({
		kind: "answer",
		status: 200,
		json: { computationComplete: true },
	});
	expect(server.heard.map(({ method, path, body, headers }) => [method, path, body, headers.token])).toEqual([
		["POST", "/partner/api/v1/merchant/availability-info/task", "{}", "Zm9v123"],
		["GET", "/partner/api/v1/merchant/availability-info/a-1", "", undefined],
	]);
});

test("an empty 200 takes a fiscal receipt and no checkout", async () => {
	const { client } = await shop((response) => response.writeHead(200).end());
	expect(await client.call("receipt", {}, {})).toEqual({ kind: "answer", status: 200, json: {} });
	expect(await client.call("checkout", {}, {})).toMatchObject({
		kind: "unanswered",
		fault: "server-answer-unreadable",
	});
});

test.each([
	["seconds", "7", 7_000],
	["a date", "Tue, 24 Nov 2026 12:00:09 GMT", 9_000],
	["more seconds than are granted", "86400", shopSettings.retry.mostRetryAfterMs],
])("a server that wants to be left alone says so in %s, and nothing has happened", async (_, wish, ms) => {
	const { client } = await shop((response) =>
		response.writeHead(429, { "retry-after": wish, date: "Tue, 24 Nov 2026 12:00:00 GMT" }).end(),
	);
	expect(await client.call("checkout", {}, {})).toEqual({
		kind: "not-sent",
		fault: "too-many-requests",
		httpStatus: 429,
		detail: "HTTP 429",
		retryAfterMs: ms,
	});
});

test("the server's clock is told with every answer, to warming too", async () => {
	const told: Parameters<SawDate>[] = [];
	const date = "Tue, 24 Nov 2026 12:00:00 GMT";
	const { client } = await shop(
		(response) => response.writeHead(503, { date }).end(),
		{ connections: 1 },
		(...dates) => void told.push(dates),
	);
	const before = Date.now();
	await client.warm();
	await client.call("status", {}, {});
	expect(told).toHaveLength(2);
	for (const [serverDate, sentAt, receivedAt] of told) {
		expect(serverDate).toBe(Date.parse(date));
		expect([before, sentAt, receivedAt, Date.now()]).toEqual(
			[before, sentAt, receivedAt, Date.now()].toSorted((a, b) => a - b),
		);
	}
});

import { createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { systemClock } from "../../src/clock.ts";
import type { Log } from "../../src/model/log.ts";
import { Secret } from "../../src/model/secret.ts";
import { openPayClient } from "../../src/pay/client.ts";
import { json, type Play, type ScriptedServer, scriptedServer } from "./server.ts";
import { shopSettings } from "./settings.ts";

type Over = Partial<typeof shopSettings>;

function openLogbook() {
	const lines: string[] = [];
	const write = (level: string) => (facts: object, message: string) =>
		void lines.push(`${level} ${message} ${JSON.stringify(facts)}`);
	const log: Log = {
		trace: write("trace"),
		debug: write("debug"),
		info: write("info"),
		warn: write("warn"),
		error: write("error"),
	};
	return { log, lines };
}

/** A client of a server; both end with the test. */
function clientOf(url: string, ca: string | undefined, over: Over = {}) {
	const { log, lines } = openLogbook();
	const client = openPayClient(
		{ ...shopSettings, baseUrl: { test: `${url}/partner/`, production: "https://example.invalid" }, ...over },
		{ login: "partner", password: new Secret("пароль:1"), ...(ca === undefined ? {} : { ca }) },
		log,
		systemClock,
	);
	onTestFinished(() => client.close());
	return { client, lines };
}

async function shop(
	play: Play,
	over: Over = {},
): Promise<ReturnType<typeof clientOf> & { server: ScriptedServer }> {
	const server = await scriptedServer(play);
	onTestFinished(() => server[Symbol.asyncDispose]());
	return { server, ...clientOf(server.url, server.ca, over) };
}

/** A connection is free again one turn of the event loop after its answer. */
const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

const answerMs = (ms: number): Over => ({ deadlines: { connectMs: 3_000, answerMs: ms } });

test("a checkout goes to its path under the partner's base URL, with Basic auth and the token", async () => {
	const { client, server } = await shop(json({ status: "new" }));
	const reply = await client.call("checkout", { requestId: "r" }, { token: new Secret("Zm9v123") });
	expect(reply).toEqual({ kind: "answer", json: { status: "new" } });
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

test("5 MB of JSON are cut off and leave the request unanswered", async () => {
	const { client, server } = await shop(json({ status: "accepted", padding: "x".repeat(5_000_000) }));
	expect(await client.call("checkout", {}, {})).toEqual({
		kind: "unanswered",
		fault: "server-answer-unreadable",
		detail: "FaultError: server-answer-unreadable: more than 65536 bytes",
	});
	expect(server.heard).toHaveLength(1);
});

test("JSON that breaks off leaves the request unanswered", async () => {
	const { client } = await shop((response) => {
		response.writeHead(200, { "content-length": 100 });
		response.write('{"status":"acc', () => response.destroy());
	});
	expect(await client.call("checkout", {}, {})).toMatchObject({ kind: "unanswered", fault: "server-silent" });
});

test("a connection reset after the request arrived leaves it unanswered, and it is not repeated behind our back", async () => {
	const { client, server } = await shop((response) => response.destroy());
	expect(await client.call("checkout", {}, {})).toMatchObject({ kind: "unanswered", fault: "server-silent" });
	expect(server.heard).toHaveLength(1);
});

test("a connection reset before TLS is up means that nothing was sent", async () => {
	const raw = createServer((socket) => socket.resetAndDestroy());
	await new Promise<void>((resolve) => void raw.listen(0, "127.0.0.1", resolve));
	onTestFinished(() => void raw.close());
	const { port } = raw.address() as { port: number };
	const { client } = clientOf(`https://localhost:${port}`, undefined);
	expect(await client.call("checkout", {}, {})).toMatchObject({
		kind: "not-sent",
		fault: "server-unreachable",
	});
});

test("a server that takes the connection and never speaks TLS is left after the time to connect", async () => {
	const raw = createServer((socket) => void socket.on("error", () => socket.destroy()).resume());
	await new Promise<void>((resolve) => void raw.listen(0, "127.0.0.1", resolve));
	onTestFinished(() => void raw.close());
	const { port } = raw.address() as { port: number };
	const { client } = clientOf(`https://localhost:${port}`, undefined, {
		deadlines: { connectMs: 100, answerMs: 8_000 },
	});
	expect(await client.call("checkout", {}, {})).toMatchObject({
		kind: "not-sent",
		fault: "server-unreachable",
	});
});

test("an answer that has not come within the deadline leaves the request unanswered", async () => {
	const { client } = await shop(() => undefined, answerMs(100));
	expect(await client.call("checkout", {}, {})).toEqual({
		kind: "unanswered",
		fault: "server-silent",
		detail: "no whole answer within 100 ms",
	});
});

test("an answer that trickles byte by byte does not outlive the deadline", async () => {
	const { client } = await shop((response) => {
		const drops = setInterval(() => response.write(" "), 20);
		response.on("close", () => clearInterval(drops));
	}, answerMs(150));
	expect(await client.call("checkout", {}, {})).toMatchObject({ kind: "unanswered", fault: "server-silent" });
});

test("a refused connection means that nothing was sent", async () => {
	const server = await scriptedServer(json({}));
	await server[Symbol.asyncDispose]();
	const { client } = clientOf(server.url, server.ca);
	expect(await client.call("checkout", {}, {})).toMatchObject({
		kind: "not-sent",
		fault: "server-unreachable",
	});
});

test("a host that is not found means that nothing was sent", async () => {
	const { client } = clientOf("https://kassad.invalid", undefined);
	expect(await client.call("checkout", {}, {})).toMatchObject({
		kind: "not-sent",
		fault: "server-unreachable",
	});
});

test("a certificate for another host is refused before anything is sent", async () => {
	const server = await scriptedServer(json({}), { hostName: "other.example" });
	onTestFinished(() => server[Symbol.asyncDispose]());
	const { client } = clientOf(server.url, server.ca);
	expect(await client.call("checkout", {}, {})).toMatchObject({
		kind: "not-sent",
		fault: "server-certificate",
	});
	expect(server.heard).toEqual([]);
});

test("a certificate that nobody vouches for is refused before anything is sent", async () => {
	const server = await scriptedServer(json({}));
	onTestFinished(() => server[Symbol.asyncDispose]());
	const { client } = clientOf(server.url, undefined);
	expect(await client.call("checkout", {}, {})).toMatchObject({
		kind: "not-sent",
		fault: "server-certificate",
	});
	expect(server.heard).toEqual([]);
});

test("a request that is given up while it waits for a connection never leaves", async () => {
	const { client, server } = await shop(() => undefined, { connections: 1, ...answerMs(300) });
	const first = client.call("status", { first: true }, {});
	const givenUp = new AbortController();
	const second = client.call("checkout", { second: true }, { signal: givenUp.signal });
	givenUp.abort("kassad is stopping");
	expect(await second).toMatchObject({ kind: "not-sent", detail: "kassad is stopping" });
	expect(await first).toMatchObject({ kind: "unanswered" });
	await client.call("status", { third: true }, {});
	expect(server.heard.map(({ body }) => body)).toEqual(['{"first":true}', '{"third":true}']);
});

test("a request that is given up after it left is unanswered", async () => {
	const givenUp = new AbortController();
	const { client } = await shop(() => givenUp.abort("kassad is stopping"));
	expect(await client.call("checkout", {}, { signal: givenUp.signal })).toMatchObject({ kind: "unanswered" });
});

test("a warm connection carries the first payment and those after it", async () => {
	const { client, server } = await shop((response, { method }) =>
		response.end(method === "HEAD" ? "" : "{}"),
	);
	await client.warm();
	await nextTurn();
	await client.call("checkout", {}, {});
	await nextTurn();
	await client.call("status", {}, {});
	expect(server.heard.map(({ method, connection }) => [method, connection])).toEqual([
		["HEAD", 1],
		["POST", 1],
		["POST", 1],
	]);
});

test("a warming request shows no password", async () => {
	const { client, server } = await shop((response) => response.end());
	await client.warm();
	expect(server.heard[0]?.headers.authorization).toBeUndefined();
});

test("a lost connection is opened again before it is needed", async () => {
	const warmed = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
	let knocks = 0;
	const { client, server } = await shop((response) => response.end("", () => warmed[knocks++]?.resolve()), {
		retry: { ...shopSettings.retry, firstWaitMs: 10 },
	});
	await client.warm();
	server.cutConnections();
	await warmed[1]?.promise;
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
	expect(server.heard.filter(({ method }) => method === "HEAD")).toHaveLength(1);
});

test("neither the password nor the token nor the card is in what is logged or told", async () => {
	const { client, lines } = await shop((response) => response.destroy());
	const token = new Secret("dG9rZW4967");
	const reply = await client.call("checkout", { cardSession: "A1G97N" }, { token });
	const told = JSON.stringify(reply) + lines.join();
	for (const secret of [
		"A1G97N",
		"dG9rZW4967",
		"пароль",
		Buffer.from("partner:пароль:1").toString("base64"),
	]) {
		expect(told).not.toContain(secret);
	}
});

test("plain http reaches a server on this machine", async () => {
	const server = await scriptedServer(json({ status: "new" }), { plain: true });
	onTestFinished(() => server[Symbol.asyncDispose]());
	const { client } = clientOf(server.url, undefined);
	expect(await client.call("status", {}, {})).toMatchObject({ kind: "answer" });
});

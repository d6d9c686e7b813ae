import { request } from "node:http";
import { afterEach, expect, test, vi } from "vitest";
import { memoryFeed, rawClient, token } from "./counter.ts";
import { openForPages, openGuest, openPage, origin } from "./page.ts";

afterEach(() => void vi.useRealTimers());

const hello = { client: "a page", token };

test("a page says a token and then all is as over the Unix socket, one message in a frame", async () => {
	const feed = memoryFeed();
	const { port, logged } = await openForPages({}, {}, feed);
	const page = await openPage(port);
	page.ask(1, "hello", hello);
	expect(await page.next()).toMatchObject({ id: 1, result: { name: "kassad" } });
	page.ask(2, "events.subscribe", {});
	expect(await page.next()).toMatchObject({ id: 2, result: { seq: 0 } });
	feed.append({ first: true });
	feed.append({ first: false });
	expect(await page.next()).toMatchObject({ method: "event", params: { seq: 1 } });
	expect(await page.next()).toMatchObject({ method: "event", params: { seq: 2 } });
	page.socket.close();
	expect(await page.closed).toBe(1005);
	await vi.waitUntil(() => logged.some((line) => line.includes("client gone")));
	expect(logged.join("")).toMatch(/"transport":"web-socket","tokenName":"till-3","program":"a page"/);
	expect(logged.join("")).not.toContain(token);
});

test("a message may be written over several lines, or come as a binary frame; an empty frame is none", async () => {
	const { port } = await openForPages();
	const page = await openGuest(port);
	page.socket.send("");
	expect(await page.next()).toMatchObject({ id: null, error: { code: -32_700 } });
	page.socket.send(JSON.stringify({ jsonrpc: "2.0", id: 1, method: "ping" }, null, 2));
	expect(await page.next()).toMatchObject({ id: 1, result: { seq: 0 } });
	page.socket.send(Buffer.from(JSON.stringify({ jsonrpc: "2.0", id: 2, method: "ping" })));
	expect(await page.next()).toMatchObject({ id: 2 });
	page.socket.send(Buffer.from([0xff, 0xfe]));
	expect(await page.next()).toMatchObject({ id: null, error: { code: -32_700 } });
});

test("a page without its token is told so, and the connection ends", async () => {
	const { port } = await openForPages();
	const page = await openPage(port);
	page.ask(1, "ping", {});
	expect(await page.next()).toMatchObject({ id: 1, error: { data: { fault: "not-allowed" } } });
	expect(await page.closed).toBe(1000);
});

/** The status of the answer to a request for a WebSocket with some headers otherwise. */
async function upgrade(
	port: number,
	headers: Record<string, string | string[] | undefined>,
	path = "/kassad",
) {
	const all = {
		...{ connection: "Upgrade", upgrade: "websocket", "sec-websocket-version": "13" },
		...{ "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==", origin, host: `127.0.0.1:${port}` },
		...headers,
	};
	const given = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
	const asked = request({
		host: "127.0.0.1",
		port,
		path,
		headers: given as Record<string, string>,
		setHost: false,
	});
	asked.end();
	const answered = new Promise<number | undefined>((resolve, reject) => {
		asked.on("response", (response) => {
			response.resume();
			resolve(response.statusCode);
		});
		asked.on("upgrade", (response, socket) => {
			socket.destroy();
			resolve(response.statusCode);
		});
		asked.on("error", reject);
	});
	return answered;
}

test("a page of another origin, or under another name of this machine, is refused before it can say anything", async () => {
	const { port, logged } = await openForPages();
	expect(await upgrade(port, {})).toBe(101);
	expect(await upgrade(port, { origin: "http://evil.example" })).toBe(403);
	expect(await upgrade(port, { origin: undefined })).toBe(403);
	expect(await upgrade(port, { origin: "null" })).toBe(403);
	expect(await upgrade(port, { host: `rebound.example:${port}` })).toBe(403);
	expect(await upgrade(port, {}, "/other")).toBe(404);
	const refused = logged.filter((line) => line.includes("a page was refused")).join("");
	expect(refused).toContain('"said":"http://evil.example"');
	expect(refused).toContain(`"said":"rebound.example:${port}"`);
});

test("what asks for no WebSocket is told to, and nothing more", async () => {
	const { port } = await openForPages();
	const plain = { connection: undefined, upgrade: undefined };
	expect(await upgrade(port, plain)).toBe(426);
	expect(await upgrade(port, { ...plain, host: "rebound.example" })).toBe(403);
	expect(await upgrade(port, { "sec-websocket-key": "short" })).toBe(400);
});

test("a connection that says nothing, not even HTTP, is closed in time", async () => {
	vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
	const { port } = await openForPages({}, { authMs: 5_000 });
	const silent = await rawClient(port);
	const half = await rawClient(port);
	half.say("GET /kassad HTTP/1.1\r\n");
	const page = await openPage(port);
	await vi.waitUntil(() => vi.getTimerCount() === 3);
	await vi.advanceTimersByTimeAsync(5_000);
	await Promise.all([silent.closed, half.closed, page.closed]);
	expect(await page.next()).toMatchObject({ error: { data: { fault: "not-allowed" } } });
});

test("one that has gone by itself is neither waited for nor told of", async () => {
	vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
	const { port, logged } = await openForPages();
	const [silent, page] = [await rawClient(port), await openPage(port)];
	await vi.waitUntil(() => vi.getTimerCount() === 2);
	silent.socket.destroy();
	page.socket.terminate();
	await vi.waitUntil(() => vi.getTimerCount() === 0);
	expect(logged).toEqual([]);
});

test("one stranger too many sends away the oldest, also while it speaks HTTP", async () => {
	const { port } = await openForPages({}, { mostStrangers: 2 });
	const silent = await rawClient(port);
	await openGuest(port);
	const later = await openPage(port);
	await openPage(port);
	await silent.closed;
	later.ask(1, "hello", hello);
	expect(await later.next()).toMatchObject({ id: 1, result: {} });
});

test("closing answers what is on its way, and waits neither for strangers nor for who does not hang up", async () => {
	const { promise, resolve } = Promise.withResolvers<void>();
	const { port, server } = await openForPages({
		"pay.cancel": async ({ operationId }) => {
			await promise;
			return { operationId, state: "in-progress" };
		},
	});
	const busy = await openGuest(port);
	const deaf = await openGuest(port);
	const half = await rawClient(port);
	half.say("GET /kassad HTTP/1.1\r\n");
	busy.ask(1, "pay.cancel", { operationId: "o" });
	busy.ask(2, "ping");
	await busy.next();
	deaf.socket.pause();
	const closed = server.close();
	await half.closed;
	resolve();
	expect(await busy.next()).toMatchObject({ id: 1, result: { operationId: "o" } });
	expect(await busy.closed).toBe(1000);
	await closed;
	deaf.socket.resume();
	await deaf.closed;
});

test("a page that has gone without a word is noticed by its heartbeat", async () => {
	vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
	const { port, logged } = await openForPages();
	const page = await openGuest(port, { heartbeatMs: 1_000 });
	await vi.advanceTimersByTimeAsync(1_000);
	expect(await page.next()).toMatchObject({ method: "heartbeat", params: { seq: 0 } });
	await vi.advanceTimersByTimeAsync(2_250);
	expect(await page.closed).toBe(1006);
	expect(logged.join("")).toContain('"why":"it is silent"');
});

import { afterEach, expect, test, vi } from "vitest";
import type { Client } from "../../src/pos/client.ts";
import { memoryFeed, openCounter, rawClient, token } from "./counter.ts";

/** Only what our own clock uses: sockets go on as always. */
const stopClock = () =>
	void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"], now: Date.UTC(2026, 10, 24, 12) });
afterEach(() => void vi.useRealTimers());

test("ping is answered with the newest event and the till's time", async () => {
	stopClock();
	const feed = memoryFeed();
	const { path } = await openCounter({}, {}, feed);
	const client = await rawClient(path);
	feed.append({});
	client.ask(1, "ping");
	expect(await client.next()).toMatchObject({ id: 1, result: { seq: 1, at: "2026-11-24T12:00:00.000Z" } });
	client.ask(2, "ping", { more: 1 });
	expect(await client.next()).toMatchObject({ id: 2, error: { data: { fault: "request-invalid" } } });
});

test("a client that asks for it hears a heartbeat when nothing else is said, and is cut off when it is silent", async () => {
	stopClock();
	const clients: Client[] = [];
	const { path, logged } = await openCounter({
		"scans.accept": async (_, client) => {
			clients.push(client);
			return { leaseMs: 3_000 };
		},
	});
	const client = await rawClient(path);
	client.ask(1, "scans.accept", {});
	await client.next();
	client.ask(2, "hello", { client: "test", heartbeatMs: 2_000 });
	await client.next();
	for (const second of [2, 4, 6]) {
		await vi.advanceTimersByTimeAsync(2_000);
		expect(await client.next()).toEqual({
			...{ jsonrpc: "2.0", method: "heartbeat" },
			params: { seq: 0, at: `2026-11-24T12:00:0${second}.000Z` },
		});
	}
	const gone = new Promise<void>((resolve) => clients[0]?.gone.addEventListener("abort", () => resolve()));
	await vi.advanceTimersByTimeAsync(500);
	await client.closed;
	await gone;
	expect(logged.join("")).toContain("it is silent");
});

test("a client that goes on saying something stays", async () => {
	stopClock();
	const { path } = await openCounter();
	const client = await rawClient(path);
	client.ask(0, "hello", { client: "test", heartbeatMs: 1_000 });
	await client.next();
	for (let id = 1; id < 10; id += 1) {
		await vi.advanceTimersByTimeAsync(700);
		client.ask(id, "ping");
		const { id: answered } = await client.next();
		expect(answered).toBe(id);
	}
});

test("hello without heartbeatMs ends the heartbeat, and a client without one may be silent for ever", async () => {
	stopClock();
	const { path } = await openCounter();
	const client = await rawClient(path);
	for (const wish of [{ heartbeatMs: 1_000 }, {}]) {
		client.ask(1, "hello", { client: "test", ...wish });
		await client.next();
	}
	expect(vi.getTimerCount()).toBe(0);
	await vi.advanceTimersByTimeAsync(3_600_000);
	client.ask(2, "ping");
	expect(await client.next()).toMatchObject({ id: 2 });
});

test("a client whose requests are all being worked on is not called silent, and one that has gone leaves no timer", async () => {
	stopClock();
	const { path, logged } = await openCounter(
		{ "pay.cancel": () => new Promise(() => undefined) },
		{ mostPending: 1 },
	);
	const client = await rawClient(path);
	client.ask(1, "hello", { client: "test", heartbeatMs: 1_000 });
	await client.next();
	client.ask(2, "pay.cancel", { operationId: "o" });
	for (let second = 0; second < 10; second += 1) {
		await vi.advanceTimersByTimeAsync(1_000);
		expect(await client.next()).toMatchObject({ method: "heartbeat" });
	}
	client.socket.destroy();
	await vi.advanceTimersByTimeAsync(1_000);
	await vi.waitUntil(() => logged.some((line) => line.includes("client gone")));
	await vi.advanceTimersByTimeAsync(1_000);
	expect(vi.getTimerCount()).toBe(0);
});

test("a token goes no further than the door", async () => {
	const said: object[] = [];
	const { path } = await openCounter({
		hello: async (params) => {
			said.push(params);
			return { name: "kassad", version: "1.2.3", protocol: 1, language: "ru", seq: 0 };
		},
	});
	const client = await rawClient(path);
	client.ask(1, "hello", { client: "test", token, heartbeatMs: 1_000 });
	await client.next();
	expect(said).toEqual([{ client: "test" }]);
});

test("a heartbeat outside of the settings is refused, and the client stays without", async () => {
	const { path } = await openCounter();
	const client = await rawClient(path);
	for (const heartbeatMs of [999, 60_001]) {
		client.ask(1, "hello", { client: "test", heartbeatMs });
		const { error } = await client.next();
		expect(error?.data).toMatchObject({
			fault: "request-invalid",
			detail: "heartbeatMs: expected 1000 to 60000",
		});
	}
});

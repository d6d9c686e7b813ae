import { expect, test } from "vitest";
import { FaultError } from "../../src/model/fault.ts";
import type { Client } from "../../src/pos/client.ts";
import { openCounter, rawClient } from "./counter.ts";

test("broken JSON and broken UTF-8 are told, and the connection goes on", async () => {
	const { path } = await openCounter();
	const client = await rawClient(path);
	client.say("{oops\n");
	expect(await client.next()).toMatchObject({
		id: null,
		error: { code: -32_700, data: { fault: "request-invalid", detail: "the line is not JSON" } },
	});
	client.say(Buffer.from([0xff, 0xfe, 0x0a]));
	expect(await client.next()).toMatchObject({
		id: null,
		error: { code: -32_700, data: { detail: "the line is not UTF-8" } },
	});
	client.ask(1, "hello", { client: "test" });
	expect(await client.next()).toMatchObject({ id: 1, result: { name: "kassad" } });
});

test("sixteen unreadable lines in a row end the connection, fifteen do not, and empty ones do not count", async () => {
	const { path, logged } = await openCounter();
	const client = await rawClient(path);
	for (let round = 0; round < 2; round += 1) {
		client.say(`\n{oops\n`.repeat(15) + hellos(1));
		for (let count = 0; count < 15; count += 1) expect(await client.next()).toMatchObject({ id: null });
		expect(await client.next()).toMatchObject({ id: 0, result: {} });
	}
	client.say("{oops\n".repeat(100));
	for (let count = 0; count < 15; count += 1) await client.next();
	const detail = "the line is not JSON; 16 such lines in a row, the connection is closed";
	expect(await client.next()).toMatchObject({ error: { code: -32_700, data: { detail } } });
	await expect(client.next()).rejects.toThrow("ended");
	await client.closed;
	expect(logged.join("")).toContain("16 such lines in a row");
});

test("a batch is refused and none of its requests is made", async () => {
	let calls = 0;
	const { path } = await openCounter({
		"pay.cancel": async ({ operationId }) => {
			calls += 1;
			return { operationId, state: "in-progress" };
		},
	});
	const client = await rawClient(path);
	client.say('[{"jsonrpc":"2.0","id":1,"method":"pay.cancel","params":{"operationId":"o"}}]\n');
	expect(await client.next()).toMatchObject({ id: null, error: { code: -32_600 } });
	expect(calls).toBe(0);
});

test("a notification is neither answered nor obeyed: nobody could hear what came of it", async () => {
	let calls = 0;
	const { path } = await openCounter({
		"pay.cancel": async ({ operationId }) => {
			calls += 1;
			return { operationId, state: "in-progress" };
		},
	});
	const client = await rawClient(path);
	client.ask(undefined, "pay.cancel", { operationId: "o" });
	client.ask(2, "hello", { client: "test" });
	expect(await client.next()).toMatchObject({ id: 2 });
	expect(calls).toBe(0);
});

test("sixty requests in one write are all answered, in order, and then the connection ends", async () => {
	const { path } = await openCounter({}, { mostPending: 4 });
	const client = await rawClient(path);
	client.socket.end(hellos(60));
	for (let id = 0; id < 60; id += 1) expect(await client.next()).toMatchObject({ id, result: {} });
	await client.closed;
});

test("more requests than may be worked on at once wait their turn, and so does the end", async () => {
	const waiting: (() => void)[] = [];
	const { path } = await openCounter(
		{
			"pay.cancel": ({ operationId }) =>
				new Promise((resolve) => waiting.push(() => resolve({ operationId, state: "in-progress" }))),
		},
		{ mostPending: 2 },
	);
	const client = await rawClient(path);
	for (const id of [1, 2, 3]) client.ask(id, "pay.cancel", { operationId: "o" });
	client.socket.end();
	const another = await rawClient(path);
	another.ask(1, "hello", { client: "test" });
	await another.next();
	expect(waiting.length).toBe(2);
	for (const id of [1, 2, 3]) {
		waiting.shift()?.();
		expect(await client.next()).toMatchObject({ id, result: {} });
	}
	await client.closed;
});

/** That many requests, numbered from 0. */
function hellos(count: number): string {
	const request = (id: number) => ({ jsonrpc: "2.0", id, method: "hello", params: { client: "test" } });
	return Array.from({ length: count }, (_, id) => `${JSON.stringify(request(id))}\n`).join("");
}

test("a line of 100 MB is refused within bounded memory, and the next client is served", async () => {
	const { path, settings } = await openCounter();
	const client = await rawClient(path);
	const before = process.memoryUsage().arrayBuffers;
	let most = 0;
	const piece = Buffer.alloc(1_048_576, "x");
	const pour = (left: number): void => {
		most = Math.max(most, process.memoryUsage().arrayBuffers - before);
		if (left > 0 && client.socket.writable) client.socket.write(piece, () => pour(left - 1));
	};
	pour(100);
	expect(await client.next()).toMatchObject({
		id: null,
		error: {
			data: { fault: "message-too-large", detail: expect.stringContaining(`${settings.mostMessageBytes}`) },
		},
	});
	await client.closed;
	expect(most).toBeLessThan(10 * 1_048_576);
	const another = await rawClient(path);
	another.ask(1, "hello", { client: "test" });
	expect(await another.next()).toMatchObject({ id: 1 });
});

test("a client that does not read its answers is cut off", async () => {
	const { path, logged } = await openCounter({}, { mostUnreadBytes: 262_144 });
	const client = await rawClient(path);
	client.socket.pause();
	client.say(hellos(20_000));
	const another = await rawClient(path);
	for (let count = 0; !logged.join("").includes("client cut off"); count += 1) {
		another.ask(count, "hello", { client: "test" });
		await another.next();
	}
	client.socket.resume();
	await client.closed;
});

test("a client that has said all and waits gets its answer, and then the connection ends", async () => {
	const { promise, resolve } = Promise.withResolvers<void>();
	const { path } = await openCounter({
		"pay.cancel": async ({ operationId }) => {
			await promise;
			return { operationId, state: "in-progress" };
		},
	});
	const client = await rawClient(path);
	client.ask(1, "pay.cancel", { operationId: "o" });
	client.socket.end();
	const another = await rawClient(path);
	another.ask(1, "hello", { client: "test" });
	await another.next();
	resolve();
	expect(await client.next()).toMatchObject({ id: 1, result: { operationId: "o" } });
	await client.closed;
});

test("a client can be told what is its own business, and nobody else hears it", async () => {
	const { path, clients } = await openKnowing();
	const [client, other] = [await rawClient(path), await rawClient(path)];
	client.ask(1, "scans.accept", {});
	expect(await client.next()).toMatchObject({ id: 1, result: { leaseMs: 3_000 } });
	clients[0]?.notify("scan.offer", { scanId: "s-1" });
	expect(await client.next()).toEqual({ jsonrpc: "2.0", method: "scan.offer", params: { scanId: "s-1" } });
	other.ask(2, "hello", { client: "other" });
	expect(await other.next()).toMatchObject({ id: 2 });
});

test("methods get the same client from its first request to the end of its connection, and are told that end", async () => {
	const { path, clients } = await openKnowing();
	const [client, other] = [await rawClient(path), await rawClient(path)];
	for (const [id, asker] of [client, client, other].entries()) {
		asker.ask(id, "scans.accept", {});
		await asker.next();
	}
	const [first, second, third] = clients;
	expect(first).toBe(second);
	expect(third).not.toBe(first);
	const end = new Promise<void>((gone) => first?.gone.addEventListener("abort", () => gone()));
	client.socket.destroy();
	await end;
	expect(third?.gone.aborted).toBe(false);
	first?.notify("scan.offer", {});
});

/** A till that remembers who has asked for scans. */
async function openKnowing() {
	const clients: Client[] = [];
	const accept = async (_: object, client: Client) => {
		clients.push(client);
		return { leaseMs: 3_000 };
	};
	return { ...(await openCounter({ "scans.accept": accept })), clients };
}

test("a client is told nothing that the disk does not hold, and is cut off once when the disk fails", async () => {
	const sync = Promise.withResolvers<void>();
	const { path, logged } = await openCounter({}, {}, undefined, undefined, () => sync.promise);
	const client = await rawClient(path);
	const heard: unknown[] = [];
	client.socket.on("data", (bytes) => heard.push(bytes));
	client.say(hellos(3));
	sync.promise.catch(() => undefined);
	sync.reject(new FaultError("journal-failed", "the disk reports a failure"));
	await client.closed;
	expect(heard).toEqual([]);
	const cutOff = logged.filter((line) => line.includes("client cut off"));
	expect(cutOff).toHaveLength(1);
	expect(cutOff[0]).toContain("the disk has failed");
});

test("a client that hangs up its half after a question gets the answer when the disk holds it", async () => {
	const sync = Promise.withResolvers<void>();
	const { path } = await openCounter({}, {}, undefined, undefined, () => sync.promise);
	const client = await rawClient(path);
	client.ask(1, "hello", { client: "test" });
	client.socket.end();
	sync.resolve();
	expect(await client.next()).toMatchObject({ id: 1, result: { name: "kassad" } });
	await client.closed;
});

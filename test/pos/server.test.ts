import { once } from "node:events";
import { existsSync, statSync } from "node:fs";
import { connect } from "node:net";
import fc from "fast-check";
import { pino } from "pino";
import { expect, onTestFinished, test, vi } from "vitest";
import { systemClock } from "../../src/clock.ts";
import { nothingToSync } from "../../src/model/on-disk.ts";
import { atOnce } from "../../src/model/turns.ts";
import { servePos } from "../../src/pos/server.ts";
import { explain, type Message, memoryFeed, openCounter, rawClient } from "./counter.ts";

test("two clients at once get each its own answers, and both get the events", async () => {
	const feed = memoryFeed();
	const { path } = await openCounter({}, { mostPending: 64 }, feed);
	const clients = await Promise.all(["a", "b"].map(async (name) => ({ name, ...(await rawClient(path)) })));
	for (const client of clients) {
		client.ask("s", "events.subscribe", {});
		await client.next();
	}
	for (let count = 0; count < 50; count += 1) {
		for (const { ask, name } of clients) ask(count, "pay.cancel", { operationId: `${name}${count}` });
		feed.append({ count });
	}
	for (const { next, name } of clients) {
		const messages: Message[] = [];
		while (messages.length < 100) messages.push(await next());
		const answers = messages.filter(({ id }) => id !== undefined);
		expect(answers.map(({ result }) => result?.operationId)).toEqual(
			Array.from({ length: 50 }, (_, count) => `${name}${count}`),
		);
		const events = messages.filter(({ method }) => method === "event");
		expect(events.map(({ params }) => params?.seq)).toEqual(Array.from({ length: 50 }, (_, at) => at + 1));
	}
});

test("a client that loses its connection again and again hears every event once", async () => {
	const feed = memoryFeed();
	const { path } = await openCounter({}, {}, feed);
	const stay = fc.record({ before: fc.nat(20), after: fc.nat(20), listens: fc.nat(30) });
	await fc.assert(
		fc.asyncProperty(fc.array(stay, { minLength: 1, maxLength: 4 }), async (stays) => {
			const start = feed.lastSeq();
			let last = start;
			for (const { before, after, listens } of stays) {
				for (let count = 0; count < before; count += 1) feed.append({});
				const client = await rawClient(path);
				client.ask(1, "events.subscribe", { since: last });
				for (let count = 0; count < after; count += 1) queueMicrotask(() => feed.append({}));
				await client.next();
				const most = Math.min(listens, feed.lastSeq() - last);
				for (let count = 0; count < most; count += 1) {
					const { params } = await client.next();
					expect(params?.seq).toBe(last + 1);
					last += 1;
				}
				client.socket.destroy();
				await client.closed;
			}
		}),
		{ numRuns: 30 },
	);
});

test("one client too many is told so, and is let in when another has left", async () => {
	const { path } = await openCounter({}, { mostClients: 2 });
	const first = await rawClient(path);
	const second = await rawClient(path);
	for (const { ask, next } of [first, second]) {
		ask(1, "hello", { client: "test" });
		await next();
	}
	const third = await rawClient(path);
	expect(await third.next()).toMatchObject({
		id: null,
		error: { data: { fault: "too-many-clients", moneyMoved: "no", next: "wait" } },
	});
	await third.closed;
	first.socket.end();
	await first.closed;
	const fourth = await rawClient(path);
	fourth.ask(1, "hello", { client: "test" });
	expect(await fourth.next()).toMatchObject({ id: 1, result: { name: "kassad" } });
});

test("connections beyond those that are served or told why not are hung up on", async () => {
	vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
	onTestFinished(() => void vi.useRealTimers());
	const { path } = await openCounter({}, { mostClients: 1, mostStrangers: 1 });
	const open = async () => {
		const socket = connect({ path, allowHalfOpen: true });
		onTestFinished(() => void socket.destroy());
		await once(socket, "connect");
		return socket;
	};
	const guest = await rawClient(path);
	// Each is told why not, and stays.
	for (let count = 0; count < 65; count += 1) {
		const [said] = await once(await open(), "data");
		expect(`${said}`).toContain("too-many-clients");
	}
	const oneMore = await open();
	oneMore.on("data", () => expect.unreachable());
	await once(oneMore, "end");
	guest.ask(1, "ping");
	expect(await guest.next()).toMatchObject({ id: 1 });
});

test("a second server on the same socket is refused, and the first one goes on", async () => {
	const { path, settings } = await openCounter();
	const client = await rawClient(path);
	const log = pino({ level: "silent" });
	const tools = { explain, log, clock: systemClock, onDisk: nothingToSync, turn: atOnce, tokens: [] };
	await expect(servePos(settings, {} as never, memoryFeed(), tools)).rejects.toMatchObject({
		code: "config-invalid",
	});
	client.ask(1, "hello", { client: "test" });
	expect(await client.next()).toMatchObject({ id: 1 });
	const another = await rawClient(path);
	another.ask(1, "hello", { client: "test" });
	expect(await another.next()).toMatchObject({ id: 1 });
});

test("the socket has the configured mode", async () => {
	const { path } = await openCounter({}, { mode: "0660" });
	expect(statSync(path).mode & 0o777).toBe(0o660);
});

test("closing answers what is on its way, ends every connection and removes the file", async () => {
	const { promise, resolve } = Promise.withResolvers<void>();
	const { path, server } = await openCounter({
		"pay.cancel": async ({ operationId }) => {
			await promise;
			return { operationId, state: "in-progress" };
		},
	});
	const [busy, idle] = [await rawClient(path), await rawClient(path)];
	idle.ask(1, "hello", { client: "test" });
	await idle.next();
	busy.ask(1, "pay.cancel", { operationId: "o" });
	busy.ask(2, "hello", { client: "test" });
	await busy.next();
	const closed = server.close();
	await idle.closed;
	resolve();
	expect(await busy.next()).toMatchObject({ id: 1, result: { operationId: "o" } });
	await closed;
	expect(existsSync(path)).toBe(false);
	await expect(rawClient(path)).rejects.toMatchObject({ code: "ENOENT" });
});

test("closing does not wait for a client that never hangs up", async () => {
	const { path, server } = await openCounter();
	const client = await rawClient(path);
	client.ask(1, "hello", { client: "test" });
	await client.next();
	client.socket.pause();
	await server.close();
	client.socket.resume();
	await client.closed;
});

test("of requests that come together each waits for a turn of its own, in their order, though the client ends", async () => {
	let turn = 0;
	const turns: number[] = [];
	const asked: string[] = [];
	const { path } = await openCounter({
		"pay.cancel": async ({ operationId }) => {
			turns.push(turn);
			// Until the event loop looks again.
			setImmediate(() => {
				turn += 1;
			});
			asked.push(operationId);
			return { operationId, state: "in-progress" };
		},
	});
	const client = await rawClient(path);
	const cancel = (operationId: string) =>
		`${JSON.stringify({ jsonrpc: "2.0", id: operationId, method: "pay.cancel", params: { operationId } })}\n`;
	const names = ["a", "b", "c", "d", "e"];
	client.say(names.map(cancel).join(""));
	client.socket.end();
	for (const name of names) expect(await client.next()).toMatchObject({ id: name });
	await client.closed;
	expect(asked).toEqual(names);
	// The first is done when it is heard, the second when the loop has heard all.
	expect(new Set(turns.slice(1)).size).toBe(names.length - 1);
});

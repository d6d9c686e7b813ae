import { expect, test } from "vitest";
import { FaultError } from "../../src/model/fault.ts";
import { memoryFeed, openCounter, rawClient, wish } from "./counter.ts";

/** A promise that the test settles by hand. */
const byHand = <T>() => Promise.withResolvers<T>();

test("a request gets its answer under its own id", async () => {
	const { path } = await openCounter();
	const client = await rawClient(path);
	client.ask("me", "hello", { client: "test" });
	expect(await client.next()).toEqual({
		jsonrpc: "2.0",
		id: "me",
		result: { name: "kassad", version: "1.2.3", protocol: 1, language: "ru", seq: 0 },
	});
});

test("requests are handed over in the order of arrival and answered in the order in which they finish", async () => {
	const till = { asked: [] as string[], answer: new Map<string, () => void>(), allAsked: byHand<void>() };
	const { path } = await openCounter({
		"pay.start": ({ key }) =>
			new Promise((resolve) => {
				till.asked.push(key);
				till.answer.set(key, () => resolve({ operationId: `of ${key}`, state: "in-progress" }));
				if (till.asked.length === 3) till.allAsked.resolve();
			}),
	});
	const client = await rawClient(path);
	for (const key of ["a", "b", "c"]) client.ask(key, "pay.start", { ...wish, key });
	await till.allAsked.promise;
	expect(till.asked).toEqual(["a", "b", "c"]);
	for (const key of ["c", "a", "b"]) {
		till.answer.get(key)?.();
		expect(await client.next()).toMatchObject({ id: key, result: { operationId: `of ${key}` } });
	}
});

test("a wish reaches the till with its hash", async () => {
	const hashes: string[] = [];
	const { path } = await openCounter({
		"pay.start": async ({ key }, hash) => {
			hashes.push(hash);
			return { operationId: key, state: "in-progress" };
		},
	});
	const client = await rawClient(path);
	client.ask(1, "pay.start", wish);
	client.ask(2, "pay.start", { ...wish, key: "k-2" });
	client.ask(3, "pay.start", { ...wish, totalAmount: 1 });
	await Promise.all([client.next(), client.next(), client.next()]);
	expect(hashes[0]).toMatch(/^[0-9a-f]{64}$/);
	expect(hashes[1]).toBe(hashes[0]);
	expect(hashes[2]).not.toBe(hashes[0]);
});

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

test("an unknown method is refused with the list of those there are", async () => {
	const { path } = await openCounter();
	const client = await rawClient(path);
	for (const method of ["pay.refund", "constructor", "__proto__"]) {
		client.ask(1, method, {});
		const { error } = await client.next();
		expect(error).toMatchObject({ code: -32_601, data: { fault: "method-unknown", moneyMoved: "no" } });
		expect(error?.data.detail).toContain("pay.start, pay.cancel, operation.get, scan.take, events.subscribe");
	}
});

test("parameters that do not fit are refused with path and reason", async () => {
	const { path } = await openCounter();
	const client = await rawClient(path);
	client.ask(1, "pay.start", { ...wish, items: [{ ...wish.items[0], quantity: 0.5 }] });
	expect(await client.next()).toMatchObject({
		id: 1,
		error: {
			code: -32_602,
			message: "request-invalid: items[0].quantity: Invalid input: expected int, received number",
			data: { fault: "request-invalid", moneyMoved: "no", acts: "technician", next: "never" },
		},
	});
});

test("a fault reaches the POS with the money's fate and the cashier's message", async () => {
	const { path } = await openCounter({
		"pay.start": async () => {
			throw new FaultError("order-unresolved", "operation o-1 is unknown");
		},
	});
	const client = await rawClient(path);
	client.ask(1, "pay.start", wish);
	expect(await client.next()).toMatchObject({
		id: 1,
		error: {
			code: -32_000,
			data: {
				fault: "order-unresolved",
				moneyMoved: "unknown",
				acts: "cashier",
				next: "wait",
				cashier: { title: "title of order-unresolved", text: "what to do, order order-1" },
				detail: "operation o-1 is unknown",
			},
		},
	});
});

test.each(["throws", "rejects"])(
	"a method that %s unexpectedly tells neither client nor log its text",
	async (how) => {
		const { path, logged } = await openCounter({
			"scan.take": () => {
				const error = new TypeError("card 9900112233445566, password 123456");
				if (how === "throws") throw error;
				return Promise.reject(error);
			},
		});
		const client = await rawClient(path);
		client.ask(1, "scan.take", { scanId: "s" });
		const answer = await client.next();
		expect(answer).toMatchObject({
			id: 1,
			error: { code: -32_603, data: { fault: "internal-failure", moneyMoved: "unknown" } },
		});
		const [reference] = /[0-9a-f]{8}$/.exec(answer.error?.message ?? "") ?? ["no reference"];
		const entry = logged.find((line) => line.includes(reference));
		expect(entry).toContain("client-session.test.ts");
		expect(JSON.stringify(answer) + logged.join("")).not.toMatch(/9900112233445566|123456/);
	},
);

test("an answer that cannot be written out is an internal failure, not a silence", async () => {
	const loop: { itself?: unknown } = {};
	loop.itself = loop;
	const { path } = await openCounter({ "pay.cancel": async () => loop as never });
	const client = await rawClient(path);
	client.ask(1, "pay.cancel", { operationId: "o" });
	expect(await client.next()).toMatchObject({ id: 1, error: { data: { fault: "internal-failure" } } });
});

test("more requests than may wait are refused, and served again when there is room", async () => {
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
	expect(await client.next()).toMatchObject({
		id: 3,
		error: { data: { fault: "too-many-requests-pending" } },
	});
	waiting.shift()?.();
	expect(await client.next()).toMatchObject({ id: 1, result: {} });
	client.ask(4, "hello", { client: "test" });
	expect(await client.next()).toMatchObject({ id: 4, result: { name: "kassad" } });
});

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
	const { path, logged } = await openCounter({}, { mostUnreadBytes: 65_536 });
	const client = await rawClient(path);
	client.socket.pause();
	client.say("{}\n".repeat(10_000));
	const another = await rawClient(path);
	for (let count = 0; !logged.join("").includes("client cut off"); count += 1) {
		another.ask(count, "hello", { client: "test" });
		await another.next();
	}
	client.socket.resume();
	await client.closed;
});

test("a client that does not read its events is cut off, and another one goes on hearing them", async () => {
	const feed = memoryFeed();
	const { path, logged } = await openCounter({}, { mostUnreadBytes: 65_536 }, feed);
	const [deaf, good] = [await rawClient(path), await rawClient(path)];
	for (const client of [deaf, good]) {
		client.ask(1, "events.subscribe", {});
		await client.next();
	}
	deaf.socket.pause();
	let heard = 0;
	while (!logged.join("").includes("client cut off")) {
		feed.append({ text: "x".repeat(10_000) });
		heard += 1;
		expect((await good.next()).params?.seq).toBe(heard);
	}
	deaf.socket.resume();
	await deaf.closed;
});

test("a client that comes back far behind gets everything, though it is more than may stand unread", async () => {
	const feed = memoryFeed();
	for (let count = 0; count < 500; count += 1) feed.append({ text: "x".repeat(2_000) });
	const { path } = await openCounter({}, { mostUnreadBytes: 65_536 }, feed);
	const client = await rawClient(path);
	client.ask(1, "events.subscribe", { since: 0 });
	expect(await client.next()).toMatchObject({ id: 1, result: { seq: 500 } });
	for (let seq = 1; seq <= 500; seq += 1) expect((await client.next()).params?.seq).toBe(seq);
	feed.append({});
	expect((await client.next()).params?.seq).toBe(501);
});

test("without a number only what comes from now on is heard", async () => {
	const feed = memoryFeed();
	feed.append({});
	const { path } = await openCounter({}, {}, feed);
	const client = await rawClient(path);
	client.ask(1, "events.subscribe");
	expect(await client.next()).toMatchObject({ id: 1, result: { seq: 1 } });
	feed.append({ what: "new" });
	expect(await client.next()).toEqual({
		jsonrpc: "2.0",
		method: "event",
		params: { seq: 2, type: "scan", at: "2026-11-24T12:00:00+03:00", body: { what: "new" } },
	});
});

test("a number of another journal is refused instead of keeping the client deaf", async () => {
	const { path } = await openCounter();
	const client = await rawClient(path);
	client.ask(1, "events.subscribe", { since: 5_000 });
	expect(await client.next()).toMatchObject({
		id: 1,
		error: {
			data: { fault: "request-invalid", detail: "since: the newest event is 0, 5000 was never sent" },
		},
	});
});

test("subscribing again takes the place of the first subscription", async () => {
	const feed = memoryFeed();
	const { path } = await openCounter({}, {}, feed);
	const client = await rawClient(path);
	for (const id of [1, 2]) {
		client.ask(id, "events.subscribe", {});
		await client.next();
	}
	feed.append({});
	client.ask(3, "hello", { client: "test" });
	expect(await client.next()).toMatchObject({ method: "event" });
	expect(await client.next()).toMatchObject({ id: 3 });
});

test("a client that has said all and waits gets its answer, and then the connection ends", async () => {
	const { promise, resolve } = byHand<void>();
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

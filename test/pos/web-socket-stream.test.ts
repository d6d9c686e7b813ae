import { once } from "node:events";
import type { Socket } from "node:net";
import { expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import { rawClient } from "./counter.ts";
import { openForPages, openGuest, type openPage, origin } from "./page.ts";

type Page = Awaited<ReturnType<typeof openPage>>;

/** Under the library, which would say nothing wrong. */
const rawSocketOf = ({ socket }: Page) => (socket as unknown as { readonly _socket: Socket })._socket;

test("a message above the limit ends the connection by the WebSocket's own word for it, and the log tells", async () => {
	const { port, logged } = await openForPages({}, { mostMessageBytes: 1_024 });
	const page = await openGuest(port);
	page.socket.send(`"${"x".repeat(1_022)}"`);
	expect(await page.next()).toMatchObject({ error: { data: { fault: "request-invalid" } } });
	page.socket.send("x".repeat(1_025));
	expect(await page.closed).toBe(1009);
	await vi.waitUntil(() => logged.some((line) => line.includes("client gone")));
	expect(logged.find((line) => line.includes('"code":"message-too-large"'))).toContain('"level":"warn"');
});

test("compression is not agreed on: a small message cannot become a large one", async () => {
	const { port } = await openForPages();
	const page = new WebSocket(`ws://127.0.0.1:${port}/kassad`, { origin, perMessageDeflate: true });
	await once(page, "open");
	expect(page.extensions).toBe("");
	page.terminate();
});

test("what is no frame of a client ends the connection: one without a mask, and one cut into too many pieces", async () => {
	const { port } = await openForPages();
	const [page, cutter] = [await openGuest(port), await openGuest(port)];
	rawSocketOf(page).write(Buffer.from([0x81, 0x02, 0x7b, 0x7d]));
	expect(await page.closed).toBe(1002);
	for (let count = 0; count < 2_000; count += 1) cutter.socket.send(" ", { fin: false });
	expect(await cutter.closed).toBe(1008);
});

test.each([
	[
		"asks",
		'"why":"it does not read"',
		(page: Page) => {
			for (let id = 0; id < 400; id += 1) page.ask(id, "rpc.discover");
		},
	],
	[
		"pings",
		"client gone",
		(page: Page) => {
			// A ping of 125 bytes, masked with zeros (RFC 6455, section 5.2).
			const ping = Buffer.alloc(131).fill(Buffer.from([0x89, 0xfd]), 0, 2);
			rawSocketOf(page).write(Buffer.concat(Array(10_000).fill(ping)));
		},
	],
])("a page that %s without end and does not read is cut off", async (_, word, pour) => {
	const { port, path, logged } = await openForPages({}, { mostUnreadBytes: 262_144 });
	const page = await openGuest(port);
	page.socket.pause();
	pour(page);
	const local = await rawClient(path);
	for (let id = 0; !logged.some((line) => line.includes(word)); id += 1) {
		local.ask(id, "ping");
		await local.next();
	}
	expect(logged.filter((line) => line.includes("client gone"))).toHaveLength(1);
});

test("more requests than may be worked on at once wait their turn", async () => {
	const waiting: (() => void)[] = [];
	const { port } = await openForPages(
		{
			"pay.cancel": ({ operationId }) =>
				new Promise((resolve) => waiting.push(() => resolve({ operationId, state: "in-progress" }))),
		},
		{ mostPending: 2 },
	);
	const page = await openGuest(port);
	const other = await openGuest(port);
	for (let id = 0; id < 200; id += 1) page.ask(id, "pay.cancel", { operationId: "o" });
	for (let id = 0; id < 20; id += 1) {
		other.ask(id, "ping");
		await other.next();
	}
	expect(waiting.length).toBe(2);
	for (let id = 0; id < 200; id += 1) {
		waiting.shift()?.();
		expect(await page.next()).toMatchObject({ id });
	}
});

test("while there is no room the page is not read: what it says waits with it", async () => {
	const { port } = await openForPages(
		{ "pay.cancel": () => new Promise(() => undefined) },
		{ mostPending: 1, mostClients: 2 },
	);
	const [page, other] = [await openGuest(port), await openGuest(port)];
	page.ask(1, "pay.cancel", { operationId: "o" });
	const long = " ".repeat(65_536);
	for (let count = 0; count < 500; count += 1) page.socket.send(long);
	// Until nothing has been read for a good while.
	for (let [least, since] = [Number.POSITIVE_INFINITY, 0]; since < 100; since += 1) {
		if (page.socket.bufferedAmount < least) [least, since] = [page.socket.bufferedAmount, 0];
		other.ask(since, "ping");
		await other.next();
	}
	expect(page.socket.bufferedAmount).toBeGreaterThan(10 * 1_048_576);
});

test("each message is a text frame without a line feed, also when several leave together", async () => {
	const { port } = await openForPages();
	const page = await openGuest(port);
	const frames: [string, boolean][] = [];
	page.socket.on("message", (data, isBinary) => frames.push([data.toString(), isBinary]));
	for (const id of [1, 2, 3]) page.ask(id, "ping");
	for (const id of [1, 2, 3]) expect(await page.next()).toMatchObject({ id });
	expect(frames.map(([text, isBinary]) => [text.includes("\n"), isBinary])).toEqual(
		Array(3).fill([false, false]),
	);
});

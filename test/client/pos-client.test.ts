import { join } from "node:path";
import { lastValueFrom, map, toArray } from "rxjs";
import { expect, test } from "vitest";
import { connectPos } from "../../src/client/pos-client.ts";
import { PosError } from "../../src/client/pos-error.ts";
import type { Client } from "../../src/pos/client.ts";
import { memoryFeed, openCounter, rawClient, temporaryFolder, wish } from "../pos/counter.ts";
import { at, connected, listening, scanned } from "./kit.ts";

test("a call resolves with its own answer", async () => {
	const { path } = await openCounter();
	const client = await connected(path);
	const answers = await Promise.all([
		client.call("hello", { client: "test" }),
		client.call("pay.start", wish),
		client.call("scan.take", { scanId: "s-7" }),
	]);
	expect(answers).toMatchObject([{ name: "kassad" }, { operationId: "operation of k-1" }, { scanId: "s-7" }]);
});

test("a refused call rejects with code and data", async () => {
	const { path } = await openCounter();
	const client = await connected(path);
	const refused = await client.ask("pay.refund").catch((error: unknown) => error);
	expect(refused).toBeInstanceOf(PosError);
	expect(refused).toMatchObject({
		code: -32_601,
		data: { fault: "method-unknown", moneyMoved: "no", cashier: { title: "title of method-unknown" } },
	});
});

test("events come in order and end with the connection", async () => {
	const feed = memoryFeed();
	const { path, server } = await openCounter({}, {}, feed);
	const client = await connected(path);
	const all = lastValueFrom(client.events$.pipe(toArray()));
	expect(await client.call("events.subscribe", { since: 0 })).toEqual({ seq: 0 });
	for (const what of ["a", "b", "c"]) feed.append(scanned(what));
	await client.call("hello", { client: "test" });
	await server.close();
	expect((await all).map(({ seq, body }) => [seq, body.what])).toEqual([
		[1, "a"],
		[2, "b"],
		[3, "c"],
	]);
});

test("an event is given once, whether it came before it was asked for or after", async () => {
	const feed = memoryFeed();
	const { path } = await openCounter({}, {}, feed);
	const client = await connected(path);
	await client.call("events.subscribe", {});
	feed.append(scanned("a"));
	feed.append(scanned("b"));
	await client.call("hello", { client: "test" });
	expect(await client.nextEvent(({ body }) => body.what === "b")).toMatchObject({ seq: 2 });
	expect(await client.nextEvent(() => true)).toMatchObject({ seq: 1 });
	const next = client.nextEvent(() => true);
	feed.append(scanned("c"));
	expect(await next).toMatchObject({ seq: 3 });
});

test("scans that are offered come apart from events, and end with the connection", async () => {
	const clients: Client[] = [];
	const accept = async (_: object, client: Client) => {
		clients.push(client);
		return { leaseMs: 3_000 };
	};
	const { path, server } = await openCounter({ "scans.accept": accept });
	const client = await connected(path);
	const offers = lastValueFrom(client.offers$.pipe(toArray()));
	const events = lastValueFrom(client.events$.pipe(toArray()));
	await client.call("scans.accept");
	const offer = { ...{ scanId: "s-1", ...scanned("a") }, at, offer: 1, leaseMs: 3_000 };
	clients[0]?.notify("scan.offer", offer);
	await client.call("hello", { client: "test" });
	await server.close();
	expect(await offers).toEqual([offer]);
	expect(await events).toEqual([]);
});

test("an event that does not come is given up", async () => {
	const { path } = await openCounter();
	const client = await connected(path);
	await expect(client.nextEvent(() => true, 20)).rejects.toThrow("no such event within 20 ms");
});

test("answers are read however the line is cut into pieces", async () => {
	const { path, first } = await listening();
	const client = await connected(path);
	const answer = client.ask("hello");
	const socket = await first;
	const line = Buffer.from('{"jsonrpc":"2.0","id":1,"result":{"name":"касса"}}\n');
	for (const byte of line) await new Promise((sent) => socket.write(Buffer.of(byte), sent));
	expect(await answer).toEqual({ name: "касса" });
});

test("open calls and awaited events fail when the connection ends", async () => {
	const { path, first } = await listening();
	const client = await connected(path);
	const call = expect(client.ask("hello")).rejects.toThrow("kassad has closed the connection");
	const event = expect(client.nextEvent(() => true)).rejects.toThrow("the connection ended");
	(await first).end();
	await Promise.all([call, event, client.closed]);
	await expect(client.ask("hello")).rejects.toThrow("kassad has closed the connection");
	await client.close();
});

test("a client that is turned away is told why", async () => {
	const { path } = await openCounter({}, { mostClients: 1 });
	const taken = await rawClient(path);
	taken.ask(1, "hello", { client: "test" });
	await taken.next();
	const client = await connected(path);
	await expect(client.call("hello", { client: "test" })).rejects.toMatchObject({
		data: { fault: "too-many-clients" },
	});
});

test("nobody at the socket is the operating system's error", async () => {
	await expect(connectPos(join(temporaryFolder(), "no.sock"))).rejects.toMatchObject({ code: "ENOENT" });
});

test("the events of one type are typed, and the others are not among them", async () => {
	const feed = memoryFeed();
	const { path, server } = await openCounter({}, {}, feed);
	const client = await connected(path);
	const scans = lastValueFrom(
		client.on("scan").pipe(
			map(({ body }) => body.scanner),
			toArray(),
		),
	);
	const prints = lastValueFrom(client.on("print").pipe(toArray()));
	await client.call("events.subscribe", { since: 0 });
	feed.append(scanned("a"));
	await client.call("hello", { client: "test" });
	await server.close();
	expect([await scans, await prints]).toEqual([["front"], []]);
});

test("events that nobody asks for are kept up to a bound, and the newest stay", async () => {
	const feed = memoryFeed();
	const { path } = await openCounter({}, { mostUnreadBytes: 16_777_216 }, feed);
	const client = await connected(path);
	await client.call("events.subscribe", {});
	for (let count = 0; count < 4_100; count += 1) feed.append(scanned("a"));
	await client.call("hello", { client: "test" });
	expect((await client.nextEvent(() => true)).seq).toBe(5);
});

test("an asker that stumbles over an event is told so, and the event is the next one's", async () => {
	const feed = memoryFeed();
	const { path } = await openCounter({}, {}, feed);
	const client = await connected(path);
	await client.call("events.subscribe", {});
	const clumsy = client.nextEvent(({ body }) => String(body.slip).length > JSON.parse("{"));
	const other = client.nextEvent(() => true);
	const told = expect(clumsy).rejects.toThrow(SyntaxError);
	feed.append(scanned("a"));
	await told;
	expect(await other).toMatchObject({ seq: 1 });
});

import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { lastValueFrom, toArray } from "rxjs";
import { expect, onTestFinished, test } from "vitest";
import { connectPos, PosError } from "../../hardware-mocks/pos-client.ts";
import type { Client } from "../../src/pos/client.ts";
import { memoryFeed, openCounter, rawClient, temporaryFolder, wish } from "../pos/counter.ts";

const program = join(import.meta.dirname, "../../hardware-mocks/pos-client.ts");

async function connected(path: string) {
	const client = await connectPos(path);
	onTestFinished(() => client.close());
	return client;
}

/** A server of the test's own making; the test gets the first client's socket. */
async function listening(): Promise<{ path: string; first: Promise<Socket> }> {
	const path = join(temporaryFolder(), "own.sock");
	const { promise: first, resolve } = Promise.withResolvers<Socket>();
	const server = createServer(resolve);
	onTestFinished(() => void server.close());
	await new Promise<void>((up) => server.listen(path, up));
	return { path, first };
}

test("a call resolves with its own answer", async () => {
	const { path } = await openCounter();
	const client = await connected(path);
	const answers = await Promise.all([
		client.call("hello", { client: "test" }),
		client.call("pay.start", wish),
		client.call<{ cardNumber: string }>("scan.take", { scanId: "s-7" }),
	]);
	expect(answers).toMatchObject([{ name: "kassad" }, { operationId: "operation of k-1" }, { scanId: "s-7" }]);
});

test("a refused call rejects with code and data", async () => {
	const { path } = await openCounter();
	const client = await connected(path);
	const refused = await client.call("pay.refund").catch((error: unknown) => error);
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
	for (const what of ["a", "b", "c"]) feed.append({ what });
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
	feed.append({ what: "a" });
	feed.append({ what: "b" });
	await client.call("hello", { client: "test" });
	expect(await client.nextEvent(({ body }) => body.what === "b")).toMatchObject({ seq: 2 });
	expect(await client.nextEvent(() => true)).toMatchObject({ seq: 1 });
	const next = client.nextEvent(() => true);
	feed.append({ what: "c" });
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
	clients[0]?.notify("scan.offer", { scanId: "s-1", offer: 1 });
	await client.call("hello", { client: "test" });
	await server.close();
	expect(await offers).toEqual([{ scanId: "s-1", offer: 1 }]);
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
	const answer = client.call("hello");
	const socket = await first;
	const line = Buffer.from('{"jsonrpc":"2.0","id":1,"result":{"name":"касса"}}\n');
	for (const byte of line) await new Promise((sent) => socket.write(Buffer.of(byte), sent));
	expect(await answer).toEqual({ name: "касса" });
});

test("open calls and awaited events fail when the connection ends", async () => {
	const { path, first } = await listening();
	const client = await connected(path);
	const call = expect(client.call("hello")).rejects.toThrow("kassad has closed the connection");
	const event = expect(client.nextEvent(() => true)).rejects.toThrow("the connection ended");
	(await first).end();
	await Promise.all([call, event, client.closed]);
	await expect(client.call("hello")).rejects.toThrow("kassad has closed the connection");
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

const run = (...args: string[]) =>
	promisify(execFile)(process.execPath, [program, ...args]).then(
		({ stdout }) => ({ code: 0, stdout, stderr: "" }),
		(error: { code: number; stdout: string; stderr: string }) => error,
	);

test("the program prints the answer, and the refusal with the cashier's message", async () => {
	const { path } = await openCounter();
	const asked = await run("--socket", path, "hello", '{"client":"me"}');
	expect(asked.code).toBe(0);
	expect(JSON.parse(asked.stdout)).toMatchObject({ name: "kassad" });
	const refused = await run("--socket", path, "pay.start", "{}");
	expect(refused.code).toBe(1);
	expect(JSON.parse(refused.stdout)).toMatchObject({
		fault: "request-invalid",
		moneyMoved: "no",
		cashier: { title: "title of request-invalid" },
	});
});

test("the program explains itself, and what is wrong with its command line", async () => {
	expect(await run("--help")).toMatchObject({
		code: 0,
		stdout: expect.stringContaining("--socket PATH METHOD"),
	});
	expect(await run("hello")).toMatchObject({
		code: 2,
		stderr: expect.stringContaining("--socket PATH METHOD"),
	});
	expect(await run("--sock", "x")).toMatchObject({ code: 2, stderr: expect.stringContaining("--sock") });
	expect(await run("--socket", "/no/such.sock", "hello")).toMatchObject({
		code: 1,
		stderr: expect.stringContaining("ENOENT"),
	});
	expect(await run("--socket", "/no/such.sock", "hello", "{oops")).toMatchObject({ code: 2 });
});

test("the program prints events as they come, until the connection ends", async () => {
	const feed = memoryFeed();
	const { path, server } = await openCounter({}, {}, feed);
	feed.append({ what: "old" });
	const child = spawn(process.execPath, [program, "--socket", path, "events.subscribe", '{"since":0}']);
	const exited = once(child, "exit");
	let printed = "";
	for await (const piece of child.stdout.setEncoding("utf8")) {
		printed += piece;
		if (printed.includes('"what": "old"') && feed.lastSeq() === 1) feed.append({ what: "new" });
		if (printed.includes('"what": "new"')) await server.close();
	}
	expect(await exited).toEqual([0, null]);
});

import { lastValueFrom, toArray } from "rxjs";
import { expect, test } from "vitest";
import { NoAnswer } from "../../src/client/pos-error.ts";
import { openCounter } from "../pos/counter.ts";
import { at, connected, listening } from "./kit.ts";

test("an answer that does not come is waited for no longer than the deadline, and the client goes on", async () => {
	const { path } = await openCounter({ "scans.accept": () => new Promise(() => undefined) });
	const client = await connected(path, { callMs: 50 });
	await expect(client.call("scans.accept")).rejects.toMatchObject({ name: "NoAnswer", why: "late" });
	expect(await client.call("hello", { client: "test" })).toMatchObject({ name: "kassad" });
});

test("answers find their questions in whatever order they come", async () => {
	const { promise, resolve } = Promise.withResolvers<{ leaseMs: number }>();
	const { path } = await openCounter({ "scans.accept": () => promise });
	const client = await connected(path);
	const first = client.call("scans.accept");
	expect(await client.call("scanner.pause")).toEqual({ paused: ["front"] });
	resolve({ leaseMs: 7 });
	expect(await first).toEqual({ leaseMs: 7 });
});

test("an answer may have more in it than is known, and not less", async () => {
	const { path, first } = await listening();
	const client = await connected(path);
	const more = client.call("scans.accept");
	const socket = await first;
	socket.write('{"jsonrpc":"2.0","id":1,"result":{"leaseMs":1,"news":{"a":[1]}}}\n');
	expect(await more).toEqual({ leaseMs: 1, news: { a: [1] } });
	const less = client.call("scans.accept");
	socket.write('{"jsonrpc":"2.0","id":2,"result":{"leaseMs":"soon"}}\n');
	await expect(less).rejects.toMatchObject({
		why: "unreadable",
		message: expect.stringContaining("leaseMs"),
	});
	expect(await Promise.race([client.closed, "open"])).toBe("open");
});

test("an event of a type that is not known is left alone", async () => {
	const { path, first } = await listening();
	const client = await connected(path);
	const all = lastValueFrom(client.unasked$.pipe(toArray()));
	(await first).end(event({ seq: 1, type: "weather", at, body: { rain: true } }));
	expect(await all).toMatchObject([{ method: "event", params: { type: "weather" } }]);
});

const event = (params: object) => `${JSON.stringify({ jsonrpc: "2.0", method: "event", params })}\n`;

test.each([
	["another protocol", "HTTP/1.1 400 Bad Request\r\n\r\n"],
	["no message", '{"jsonrpc":"2.0"}\n'],
	["an answer that is no object", '{"jsonrpc":"2.0","id":1,"result":[]}\n'],
	["a refusal without words", '{"jsonrpc":"2.0","id":1,"error":{"code":1,"message":"no"}}\n'],
	["bytes that are no text", Buffer.from([0xff, 0xfe, 0x0a])],
	["a message as deep as a well", `{"id":1,"result":{"a":${"[".repeat(500_000)}${"]".repeat(500_000)}}}\n`],
	["an event without a number", event({ type: "scan", at, body: {} })],
	["a scan without a scanner", event({ seq: 1, type: "scan", at, body: { kind: "foreign" } })],
	["a slip that is a text", event({ seq: 1, type: "operation", at, body: { slip: "paid" } })],
])("%s is not taken in: the call and the client end with a reason", async (_, bytes) => {
	const { path, first } = await listening();
	const client = await connected(path, { reconnect: true });
	const seen: object[] = [];
	client.events$.subscribe((one) => seen.push(one));
	const call = client.ask("hello").catch((error: unknown) => error);
	(await first).on("error", () => undefined).write(bytes);
	expect(await call).toBeInstanceOf(NoAnswer);
	expect(await call).toMatchObject({ why: "unreadable" });
	expect((await client.closed).message).toContain("does not speak as kassad does");
	expect(seen).toEqual([]);
});

test("a message without end is not taken in", async () => {
	const { path, first } = await listening();
	const client = await connected(path);
	const socket = await first;
	const piece = Buffer.alloc(1_048_576, "x");
	const pour = () => {
		while (socket.writable && socket.write(piece));
	};
	socket.on("error", () => undefined).on("drain", pour);
	pour();
	expect((await client.closed).message).toContain("its message has no end");
});

test("answers to questions that nobody asked come to nothing", async () => {
	const { path, first } = await listening();
	const client = await connected(path);
	const answer = client.ask("hello");
	const socket = await first;
	for (let id = -3; id < 2; id += 1) socket.write(`{"jsonrpc":"2.0","id":${id},"result":{"number":${id}}}\n`);
	expect(await answer).toEqual({ number: 1 });
});

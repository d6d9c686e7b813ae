import { createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { json, type Play, scriptedServer } from "./server.ts";
import { shopSettings } from "./settings.ts";
import { answerMs, clientOf, shop } from "./shop.ts";

/** Whatever bytes it takes, in place of an answer. */
const raw =
	(...pieces: readonly string[]): Play =>
	(response) => {
		for (const piece of pieces) response.socket?.write(piece);
	};

const unreadable = { kind: "unanswered", fault: "server-answer-unreadable" };
const silent = { kind: "unanswered", fault: "server-silent" };

test("5 MB of JSON are cut off and leave the request unanswered", async () => {
	const { client, server } = await shop(json({ status: "accepted", padding: "x".repeat(5_000_000) }));
	expect(await client.call("checkout", {}, {})).toEqual({
		kind: "unanswered",
		fault: "server-answer-unreadable",
		detail: "FaultError: server-answer-unreadable: more than 65536 bytes",
	});
	expect(server.heard).toHaveLength(1);
});

test("JSON that breaks off with its connection leaves the request unanswered", async () => {
	const { client } = await shop((response) => {
		response.writeHead(200, { "content-length": 100 });
		response.write('{"status":"acc', () => response.destroy());
	});
	expect(await client.call("checkout", {}, {})).toMatchObject(silent);
});

test("JSON that breaks off in a whole answer leaves the request unanswered", async () => {
	const { client } = await shop((response) => response.end('{"status":"acc'));
	expect(await client.call("checkout", {}, {})).toMatchObject(unreadable);
});

test("an answer without a length that breaks off inside its JSON leaves the request unanswered", async () => {
	const { client } = await shop((response) => {
		response.socket?.end('HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{"status":"acc');
	});
	expect(await client.call("checkout", {}, {})).toMatchObject(unreadable);
});

test.each([
	["before the answer", ""],
	["inside its headers", "HTTP/1.1 200 OK\r\ncontent-le"],
	["before the body", "HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n"],
	["inside the body", 'HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n{"status":'],
	["inside a chunk", 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n14\r\n{"status":'],
	["before the last chunk", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n"],
])(
	"a connection reset %s leaves the request unanswered, and it is not repeated behind our back",
	async (_, bytes) => {
		const server = await scriptedServer(
			({ socket }) => void socket?.write(bytes, () => setImmediate(() => socket.resetAndDestroy())),
			{ plain: true },
		);
		onTestFinished(() => server[Symbol.asyncDispose]());
		const { client } = clientOf(server.url, undefined);
		expect(await client.call("checkout", {}, {})).toMatchObject(silent);
		expect(server.heard).toHaveLength(1);
	},
);

test("a connection reset after the whole answer changes nothing about it", async () => {
	const answered = 'HTTP/1.1 200 OK\r\ncontent-length: 21\r\n\r\n{"status":"accepted"}';
	const server = await scriptedServer(
		({ socket }) => void socket?.write(answered, () => setImmediate(() => socket.resetAndDestroy())),
		{ plain: true },
	);
	onTestFinished(() => server[Symbol.asyncDispose]());
	const { client } = clientOf(server.url, undefined);
	expect(await client.call("checkout", {}, {})).toMatchObject({
		kind: "answer",
		json: { status: "accepted" },
	});
});

test.each([
	["headers too long", `HTTP/1.1 200 OK\r\nx-long: ${"x".repeat(100_000)}\r\ncontent-length: 2\r\n\r\n{}`],
	["too many headers", `HTTP/1.1 200 OK\r\n${"x: y\r\n".repeat(20_000)}content-length: 2\r\n\r\n{}`],
	["no HTTP at all", "220 mail.example ESMTP ready\r\n"],
	["a chunk of no length", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n"],
])("an answer with %s is unreadable", async (_, bytes) => {
	const { client } = await shop(raw(bytes));
	expect(await client.call("checkout", {}, {})).toMatchObject(unreadable);
});

test("an answer of two lengths leaves the request unanswered", async () => {
	const { client } = await shop(raw("HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}"));
	expect(await client.call("checkout", {}, {})).toMatchObject({ kind: "unanswered" });
});

test("an announcement before the answer is not the answer", async () => {
	const early = "HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n";
	const { client } = await shop(raw(early, "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}"));
	expect(await client.call("checkout", {}, {})).toMatchObject({ kind: "answer", status: 200 });
});

test("an answer that nobody asked for is not taken for that to the next request", async () => {
	const twice = 'HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{"no":"1"}'.repeat(2);
	const { client, server } = await shop(
		(response, heard) => {
			if (server.heard.length === 1) raw(twice)(response, heard);
			else response.end('{"no":"2"}');
		},
		{ connections: 1 },
	);
	const [first, second] = [client.call("status", {}, {}), client.call("status", {}, {})];
	expect(await first).toMatchObject({ json: { no: "1" } });
	expect(await second).toMatchObject({ json: { no: "2" } });
});

test.each([301, 302, 303, 307, 308])("a redirect (HTTP %i) is not followed", async (status) => {
	const other = await shop(json({ status: "accepted" }));
	const { client, server } = await shop((response) =>
		response.writeHead(status, { location: `${other.server.url}/` }).end(),
	);
	expect(await client.call("checkout", {}, {})).toMatchObject({ ...unreadable, detail: `HTTP ${status}` });
	expect([server.heard.length, other.server.heard.length]).toEqual([1, 0]);
});

test("an answer that has not come within the deadline leaves the request unanswered", async () => {
	const { client } = await shop(() => undefined, answerMs(100));
	expect(await client.call("checkout", {}, {})).toEqual({
		...silent,
		detail: "no whole answer within 100 ms",
	});
});

test("an answer that trickles byte by byte does not outlive the deadline", async () => {
	const { client } = await shop((response) => {
		const drops = setInterval(() => response.write(" "), 20);
		response.on("close", () => clearInterval(drops));
	}, answerMs(150));
	expect(await client.call("checkout", {}, {})).toMatchObject(silent);
});

test("a request that has waited too long for its connection to open never leaves", async () => {
	const arrived = Promise.withResolvers<void>();
	const mute = createServer((socket) => {
		socket.on("error", () => socket.destroy()).resume();
		arrived.resolve();
	});
	await new Promise<void>((resolve) => void mute.listen(0, "127.0.0.1", resolve));
	onTestFinished(() => void mute.close());
	const { port } = mute.address() as { port: number };
	const { client } = clientOf(`https://localhost:${port}`, undefined, {
		deadlines: { ...shopSettings.deadlines, startMs: 100 },
	});
	const reply = client.call("checkout", {}, {});
	await arrived.promise;
	expect(await reply).toEqual({
		kind: "not-sent",
		fault: "server-unreachable",
		detail: "no connection within 100 ms",
	});
});

test("a request that is given up while it waits for a connection never leaves", async () => {
	const { client, server } = await shop(() => undefined, { connections: 1, ...answerMs(300) });
	const first = client.call("status", { first: true }, {});
	const givenUp = new AbortController();
	const second = client.call("checkout", { second: true }, { signals: [givenUp.signal] });
	givenUp.abort("kassad is stopping");
	expect(await second).toMatchObject({ kind: "not-sent", detail: "kassad is stopping" });
	expect(await first).toMatchObject({ kind: "unanswered" });
	await client.call("status", { third: true }, {});
	expect(server.heard.map(({ body }) => body)).toEqual(['{"first":true}', '{"third":true}']);
});

test("a request that is given up before it is handed over never leaves", async () => {
	const { client, server } = await shop(json({}));
	const signals = [AbortSignal.abort("kassad is stopping")];
	expect(await client.call("checkout", {}, { signals })).toMatchObject({
		kind: "not-sent",
		detail: "kassad is stopping",
	});
	await client.call("status", {}, {});
	expect(server.heard).toHaveLength(1);
});

test("a request that is given up after it left is unanswered", async () => {
	const givenUp = new AbortController();
	const { client } = await shop(() => givenUp.abort("kassad is stopping"));
	expect(await client.call("checkout", {}, { signals: [givenUp.signal] })).toMatchObject({
		kind: "unanswered",
	});
});

test("the time to start does not end a request that has left", async () => {
	const { client } = await shop((response) => void setTimeout(() => response.end("{}"), 400), {
		deadlines: { ...shopSettings.deadlines, startMs: 300 },
	});
	expect(await client.call("checkout", {}, {})).toMatchObject({ kind: "answer" });
});

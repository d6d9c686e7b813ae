import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { Intake } from "../../src/pos/intake.ts";
import { LineCutter } from "../../src/pos/lines.ts";
import { temporaryFolder } from "./counter.ts";

/** A client's socket, and the one that kassad has for it. */
async function connected(): Promise<{ client: Socket; socket: Socket }> {
	const path = join(temporaryFolder(), "s.sock");
	const server = createServer({ allowHalfOpen: true }).listen(path);
	const client = connect(path);
	const [socket] = (await once(server, "connection")) as [Socket];
	onTestFinished(() => {
		client.destroy();
		socket.destroy();
		server.close();
	});
	return { client, socket };
}

/** An intake of which each step is written down. */
function written(socket: Socket, { room = Number.POSITIVE_INFINITY } = {}) {
	const taken: string[] = [];
	const { promise: ended, resolve } = Promise.withResolvers<void>();
	const space = { room };
	const channel = { stream: socket, cutter: new LineCutter(1_024) };
	const intake = new Intake(channel, {
		hasRoom: () => taken.length < space.room,
		take: (line) => void taken.push(line.kind === "text" ? line.text : line.kind),
		end: resolve,
	});
	return { intake, taken, ended, space };
}

const numbers = (count: number) => Array.from({ length: count }, (_, at) => `${at}`);
const asLines = (texts: readonly string[]) => texts.map((text) => `${text}\n`).join("");

test("a request is taken the moment it arrives", async () => {
	const { client, socket } = await connected();
	const { taken } = written(socket);
	client.write("a\n");
	const [arrived] = await new Promise<[string[]]>((resolve) =>
		socket.once("data", () => resolve([[...taken]])),
	);
	expect(arrived).toEqual(["a"]);
});

test("a chunk of many lines is taken in shares, and others have their turn between them", async () => {
	const { client, socket } = await connected();
	const { taken, ended } = written(socket);
	const seen: number[] = [];
	socket.once("data", () => {
		const look = () => {
			seen.push(taken.length);
			if (taken.length < 40) setImmediate(look);
		};
		look();
	});
	client.end(asLines(numbers(40)));
	await ended;
	expect(seen.slice(0, 2)).toEqual([16, 32]);
	expect(taken).toEqual(numbers(40));
});

test("a client that pours without a pause is read no further in a turn than its share, and then again", async () => {
	const { socket } = await connected();
	const { taken } = written(socket);
	// The system reads several chunks before it looks at anybody else.
	const chunk = Buffer.alloc(65_536, "\n");
	for (let count = 0; count < 3; count += 1) socket.emit("data", chunk);
	expect(socket.isPaused()).toBe(false);
	socket.emit("data", chunk);
	expect(socket.isPaused()).toBe(true);
	await once(socket, "resume");
	expect(taken).toEqual([]);
});

test("what there is no room for waits with the client, and the end comes after it", async () => {
	const { client, socket } = await connected();
	const { intake, taken, ended, space } = written(socket, { room: 3 });
	const line = "x".repeat(1_000);
	client.on("error", () => undefined);
	let sent = 0;
	for (; client.write(asLines(Array(10).fill(line))); sent += 10);
	client.end();
	await once(socket, "pause");
	expect(taken.length).toBe(3);
	expect(socket.isPaused()).toBe(true);
	space.room = Number.POSITIVE_INFINITY;
	intake.goOn();
	await ended;
	expect(taken).toEqual(Array(sent + 10).fill(line));
});

test("after a stop nothing is taken, not even the rest of the chunk", async () => {
	const { client, socket } = await connected();
	const { intake, taken, space } = written(socket, { room: 1 });
	client.write("a\nb\n");
	await once(socket, "pause");
	intake.stop();
	space.room = 9;
	intake.goOn();
	socket.resume();
	client.end("c\n");
	await once(socket, "end");
	expect(taken).toEqual(["a"]);
});

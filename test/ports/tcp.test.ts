import { once } from "node:events";
import { type AddressInfo, createServer, connect as netConnect, type Server, type Socket } from "node:net";
import { Worker } from "node:worker_threads";
import { lastValueFrom, toArray } from "rxjs";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openTcp } from "../../src/ports/tcp.ts";

let server: Server;
let sockets: Socket[];

beforeEach(async () => {
	sockets = [];
	server = createServer((socket) => {
		sockets.push(socket);
		socket.on("error", () => undefined);
	});
	server.listen(0, "127.0.0.1");
	await once(server, "listening");
});

afterEach(async () => {
	for (const socket of sockets) socket.destroy();
	await new Promise((resolve) => server.close(resolve));
});

const portNumber = () => (server.address() as AddressInfo).port;

/** Both ends of one connection. */
async function connect() {
	const accepted = once(server, "connection") as Promise<[Socket]>;
	const port = await openTcp("127.0.0.1", portNumber(), 5_000);
	const [device] = await accepted;
	return { port, device };
}

test("bytes go both ways, and all that was written has left when the port is closed", async () => {
	const { port, device } = await connect();
	const big = Buffer.alloc(3_000_000, 0x55);
	const received: Buffer[] = [];
	device.on("data", (bytes: Buffer) => received.push(bytes));
	device.write("hello");
	const heard = lastValueFrom(port.bytes$.pipe(toArray()));
	const ended = once(device, "end");
	const writing = port.write(big);
	await port.close();
	await writing;
	await ended;
	expect(Buffer.concat(received).equals(big)).toBe(true);
	expect(Buffer.concat(await heard).toString()).toBe("hello");
});

test("the end of the other side ends the port", async () => {
	const { port, device } = await connect();
	device.end("bye");
	expect(await port.gone).toEqual({
		reason: "closed",
		detail: `127.0.0.1:${portNumber()} was closed by the other side`,
	});
	const heard = await lastValueFrom(port.bytes$.pipe(toArray()));
	expect(Buffer.concat(heard).toString()).toBe("bye");
});

test("a reset ends the port as failed, without an error in its bytes", async () => {
	const { port, device } = await connect();
	device.resetAndDestroy();
	expect(await port.gone).toMatchObject({ reason: "failed", detail: expect.stringContaining("ECONNRESET") });
	expect(await lastValueFrom(port.bytes$.pipe(toArray()))).toEqual([]);
});

test("a write that the end of the connection cuts short is rejected", async () => {
	const { port, device } = await connect();
	device.pause();
	const writing = port.write(Buffer.alloc(50_000_000));
	device.resetAndDestroy();
	await expect(writing).rejects.toMatchObject({
		code: "printer-unreachable",
		detail: expect.stringContaining("50000000 bytes were not all written"),
	});
});

test("a printer that stops reading keeps the write waiting, and close cuts it after two seconds", async () => {
	const { port, device } = await connect();
	device.pause();
	const refused = expect(port.write(Buffer.alloc(50_000_000))).rejects.toMatchObject({
		code: "printer-unreachable",
		gone: { reason: "closed" },
	});
	await port.close();
	await refused;
});

test("further writes to a printer that stops reading are refused: their memory is bounded", async () => {
	const { port, device } = await connect();
	device.pause();
	const first = port.write(Buffer.alloc(50_000_000));
	const bytes = Buffer.alloc(100_000);
	const later = Array.from({ length: 100 }, () => port.write(bytes));
	const ends = Promise.allSettled([first, ...later]);
	await expect(later.at(-1)).rejects.toMatchObject({
		code: "printer-unreachable",
		detail: expect.stringMatching(
			/^100000 bytes were not all written to .*: \d+ bytes wait in front of them$/,
		),
	});
	device.destroy();
	expect((await ends).filter(({ status }) => status === "fulfilled")).toEqual([]);
});

test("a write after close is rejected", async () => {
	const { port } = await connect();
	const closing = port.close();
	await expect(port.write(Uint8Array.of(1))).rejects.toMatchObject({ gone: { reason: "closed" } });
	await closing;
});

test("nobody at the port is a refusal that says what to do", async () => {
	const port = portNumber();
	await new Promise((resolve) => server.close(resolve));
	await expect(openTcp("127.0.0.1", port, 5_000)).rejects.toMatchObject({
		code: "printer-unreachable",
		gone: { reason: "refused" },
		detail: expect.stringMatching(/ECONNREFUSED.*nothing listens/),
	});
});

test("a connection that is not made in time is given up", async () => {
	const full = await fullListener();
	await expect(openTcp("127.0.0.1", full.port, 200)).rejects.toMatchObject({
		code: "printer-unreachable",
		gone: { reason: "timed-out", detail: expect.stringContaining("no connection within 200 ms") },
	});
	await full.close();
});

test("a device that does not end the connection is given two seconds, then it is cut", async () => {
	vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
	try {
		const { port } = await connect();
		server.removeAllListeners("connection");
		const [device] = sockets as [Socket];
		Object.assign(device, { allowHalfOpen: true });
		device.resume();
		const ended = once(device, "end");
		const closing = port.close();
		await ended;
		await vi.advanceTimersByTimeAsync(2_000);
		await closing;
		expect(await port.gone).toMatchObject({ reason: "closed", detail: expect.stringContaining("kassad") });
	} finally {
		vi.useRealTimers();
	}
});

/** A listener that accepts nothing and whose queue is full: a further connection gets no answer at all. */
async function fullListener() {
	const worker = new Worker(
		`const { parentPort } = require("node:worker_threads");
		const server = require("node:net").createServer().listen(0, "127.0.0.1", 1, () => {
			parentPort.postMessage(server.address().port);
			Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
		});`,
		{ eval: true },
	);
	const [port] = (await once(worker, "message")) as [number];
	const queued = [netConnect(port, "127.0.0.1"), netConnect(port, "127.0.0.1")];
	for (const socket of queued) await once(socket, "connect");
	const close = async () => {
		for (const socket of queued) socket.destroy();
		await worker.terminate();
	};
	return { port, close };
}

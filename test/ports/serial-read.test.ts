import { closeSync, openSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { SerialPort } from "serialport";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type MockScanner, plugScanner } from "../../hardware-mocks/scanner.ts";
import { openSerial } from "../../src/ports/serial.ts";
import type { UnixPort } from "../../src/ports/serial-guard.ts";
import { readWhenReadable } from "../../src/ports/serial-read.ts";
import { heard } from "./heard.ts";

let scanner: MockScanner;

beforeEach(() => {
	scanner = plugScanner(join(tmpdir(), `read-${process.pid}`));
});

afterEach(() => scanner.close());

async function openBare(): Promise<UnixPort> {
	const port = await SerialPort.binding.open({ path: scanner.link, baudRate: 9_600 });
	if (!("poller" in port)) throw new TypeError("this is no Unix");
	readWhenReadable(port);
	return port;
}

async function read(port: UnixPort, length: number): Promise<string> {
	const { buffer, bytesRead } = await port.read(Buffer.alloc(length + 1), 1, length);
	return buffer.toString("latin1", 1, 1 + bytesRead);
}

test("bytes come in order and once, however few of them are read at a time", async () => {
	const port = await openBare();
	const pieces = fc.array(fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 300 }), {
		minLength: 1,
	});
	await fc.assert(
		fc.asyncProperty(pieces, fc.integer({ min: 1, max: 400 }), async (sent, most) => {
			await Promise.all(sent.map((piece) => scanner.send(Buffer.from(piece))));
			const all = sent.join("");
			let got = "";
			while (got.length < all.length) got += await read(port, most);
			expect(got).toBe(all);
		}),
		{ numRuns: 20, seed: 1 },
	);
	await port.close();
});

test("a read that was called for nothing goes on waiting", async () => {
	const port = await openBare();
	const reading = read(port, 9);
	port.poller.emit("readable", null);
	expect(port.poller.listenerCount("readable")).toBe(1);
	await scanner.send(Buffer.from("abc"));
	expect(await reading).toBe("abc");
	await port.close();
});

test("of a line that has ended and reads as empty, each event is answered by one more wait", async () => {
	const port = await openBare();
	// The end itself is not heard: only that something might be read.
	port.poller.poll = () => undefined;
	const waits = vi.spyOn(port.poller, "once");
	const reading = read(port, 9).catch(String);
	await scanner.unplug();
	for (let turn = 0; turn < 3; turn += 1) port.poller.emit("readable", null);
	expect(waits).toHaveBeenCalledTimes(4);
	await port.close();
	expect(await reading).toContain("Canceled");
});

test("an unplug ends a read that waits, and it is no cancelled one", async () => {
	const port = await openBare();
	const failure = read(port, 9).catch((error: unknown) => error);
	await scanner.unplug();
	expect(await failure).toBeInstanceOf(Error);
	expect(await failure).not.toHaveProperty("canceled", true);
	await port.close();
});

test("a close cancels the read that waits, and a read of a closed port is cancelled at once", async () => {
	const port = await openBare();
	const waiting = expect(read(port, 9)).rejects.toMatchObject({ canceled: true });
	await port.close();
	await waiting;
	const waits = vi.spyOn(port.poller, "once");
	await expect(read(port, 9)).rejects.toMatchObject({ canceled: true });
	expect(waits).not.toHaveBeenCalled();
});

test("bytes that come in the turn of the close are left to whoever opens the line next", async () => {
	const port = await openBare();
	const { fd } = port;
	const reading = expect(read(port, 9)).rejects.toMatchObject({ canceled: true });
	port.fd = null;
	port.poller.emit("readable", null);
	await reading;
	port.fd = fd;
	await port.close();
});

test.each([
	[
		"a descriptor that is open no more means that the device is lost",
		"closed",
		{ code: "EBADF", disconnect: true },
	],
	["any other failure is told as it is", "folder", { code: "EISDIR" }],
] as const)("%s", async (_, kind, expected) => {
	const port = await openBare();
	const { fd } = port;
	const folder = openSync(tmpdir(), "r");
	port.fd = kind === "folder" ? folder : 2 ** 20;
	const failure = read(port, 9).catch((error: unknown) => error);
	port.poller.emit("readable", null);
	expect(await failure).toMatchObject(expected);
	expect(await failure).toHaveProperty("code", expected.code);
	expect("disconnect" in ((await failure) as object)).toBe("disconnect" in expected);
	closeSync(folder);
	port.fd = fd;
	await port.close();
});

test("a flood is heard whole and in order while the device holds back what is written to it", async () => {
	const port = await openSerial(scanner.link, {
		baudRate: 9_600,
		dataBits: 8,
		parity: "none",
		stopBits: 1,
		flow: "xon-xoff",
	});
	const first = heard(port, 1);
	// XOFF, and a byte that tells when the line has it.
	await scanner.send(Buffer.from("\x13a"));
	await first;
	const writing = port.write(Buffer.from("held"));
	const flood = Array.from({ length: 30_000 }, (_, index) => `${index}\r`).join("");
	const hearing = heard(port, flood.length);
	await scanner.send(Buffer.from(flood));
	expect((await hearing).toString("latin1")).toBe(flood);
	expect(scanner.received).toHaveLength(0);
	await scanner.send(Buffer.from("\x11"));
	await writing;
	await expect.poll(() => Buffer.from(scanner.received).toString(), { timeout: 20_000 }).toBe("held");
	await port.close();
});

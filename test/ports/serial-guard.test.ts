import { readlinkSync, realpathSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SerialPort } from "serialport";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type MockScanner, plugScanner } from "../../hardware-mocks/scanner.ts";
import { guard, type UnixPort } from "../../src/ports/serial-guard.ts";

let scanner: MockScanner;

beforeEach(() => {
	scanner = plugScanner(join(tmpdir(), `guard-${process.pid}`));
});

afterEach(() => scanner.close());

async function openBare(): Promise<UnixPort> {
	const port = await SerialPort.binding.open({ path: scanner.link, baudRate: 9_600, xon: true, xoff: true });
	if (!("poller" in port)) throw new TypeError("this is no Unix");
	return port;
}

const read = (port: UnixPort) => port.read(Buffer.alloc(10), 0, 10);

const waitsFor = (port: UnixPort, event: "readable" | "writable") =>
	expect.poll(() => port.poller.listenerCount(event), { timeout: 20_000 }).toBe(1);

async function sayXoff(port: UnixPort) {
	await scanner.send(Uint8Array.of(0x13, 0x61));
	expect((await read(port)).bytesRead).toBe(1);
}

test("a write that is held back hears that it may go on, although a read began to wait after it", async () => {
	const port = await openBare();
	guard(port);
	await sayXoff(port);
	const writing = port.write(Buffer.from("held"));
	await waitsFor(port, "writable");
	const reading = read(port);
	await waitsFor(port, "readable");
	await scanner.send(Uint8Array.of(0x11));
	await writing;
	await scanner.send(Buffer.from("b"));
	expect((await reading).bytesRead).toBe(1);
	await port.close();
});

test("a read hears of bytes, although a write that is held back began to wait after it", async () => {
	const port = await openBare();
	guard(port);
	await sayXoff(port);
	const reading = read(port);
	await waitsFor(port, "readable");
	const refused = expect(port.write(Buffer.from("held"))).rejects.toThrow("Canceled");
	await waitsFor(port, "writable");
	await scanner.send(Buffer.from("b"));
	expect((await reading).bytesRead).toBe(1);
	await port.close();
	await refused;
});

test("a close ends the reads that wait, and a second close is refused", async () => {
	const port = await openBare();
	guard(port);
	const refused = expect(read(port)).rejects.toThrow("Canceled");
	await waitsFor(port, "readable");
	await port.close();
	await refused;
	await expect(port.close()).rejects.toThrow("not open");
});

test.each(["read", "write"] as const)(
	"a descriptor is not closed while a %s of it is under way",
	async (use) => {
		const port = await openBare();
		const { promise: late, resolve: arrive } = Promise.withResolvers<void>();
		// As if its thread had not had the processor for a while.
		const slow = async <T>(result: Promise<T>) => {
			await Promise.allSettled([result, late]);
			return result;
		};
		const { read: quickRead, write: quickWrite, fd } = port;
		port.read = (...where) => slow(quickRead.apply(port, where));
		port.write = (bytes) => slow(quickWrite.call(port, bytes));
		guard(port);
		const used = (use === "read" ? read(port) : port.write(Buffer.from("x"))).then(String, String);
		const closing = port.close();
		expect(port.isOpen).toBe(false);
		// What is opened and closed after it is through in the meantime.
		for (let other = 0; other < 10; other += 1) await readFile("/dev/null");
		const targetOf = () => readlinkSync(`/proc/self/fd/${fd}`);
		expect(targetOf()).toBe(realpathSync(scanner.link));
		arrive();
		await Promise.all([used, closing]);
		expect(targetOf).toThrow("ENOENT");
	},
);

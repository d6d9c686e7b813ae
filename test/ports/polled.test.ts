import { execFileSync, spawn } from "node:child_process";
import { constants, mkdtempSync, readdirSync, readlinkSync } from "node:fs";
import { open, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { filter, firstValueFrom, lastValueFrom, scan, toArray } from "rxjs";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Port } from "../../src/model/device.ts";
import { polledPort } from "../../src/ports/polled.ts";
import { printerPty } from "./printer-pty.ts";

const { O_RDWR, O_WRONLY, O_NONBLOCK, O_NOCTTY } = constants;
/** More than any line or FIFO holds. */
const block = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 7) % 251));
let printer: ReturnType<typeof printerPty>;
let port: Port;
/** How many descriptors of the line there are besides the port's. */
let others: number;

beforeEach(async () => {
	printer = printerPty();
	others = openFiles(printer.path);
	port = await openPort();
});

async function openPort(): Promise<Port> {
	const handle = await open(printer.path, O_RDWR | O_NONBLOCK | O_NOCTTY);
	return polledPort({ handle, name: "/dev/usb/lp7", reads: true });
}

afterEach(async () => {
	await port.close();
	printer.close();
});

const isPending = async (promise: Promise<unknown>) => {
	const still = Symbol("pending");
	return (await Promise.race([promise.catch(() => undefined), Promise.resolve(still)])) === still;
};

test("a block arrives byte for byte, and the write resolves behind its last byte", async () => {
	printer.listen();
	await port.write(block);
	await expect.poll(() => printer.received().equals(block), { timeout: 20_000 }).toBe(true);
});

test("blocks of any size arrive in their order", async () => {
	printer.listen();
	let sent = Buffer.alloc(0);
	await fc.assert(
		fc.asyncProperty(fc.uint8Array({ maxLength: 9_000 }), async (bytes) => {
			sent = Buffer.concat([sent, bytes]);
			await port.write(bytes);
		}),
		{ numRuns: 20 },
	);
	await expect.poll(() => printer.received().equals(sent), { timeout: 20_000 }).toBe(true);
});

test("what the printer says is heard, also while it takes no bytes", async () => {
	const writing = port.write(block).catch(() => undefined);
	const heard = firstValueFrom(
		port.bytes$.pipe(
			scan((all, bytes) => Buffer.concat([all, bytes]), Buffer.alloc(0)),
			filter((all) => all.length >= 4),
		),
	);
	printer.say(Uint8Array.of(0x00, 0x12, 0x13, 0xff));
	expect([...(await heard)]).toEqual([0x00, 0x12, 0x13, 0xff]);
	expect(await isPending(writing)).toBe(true);
	printer.unplug();
	await port.gone;
});

test("a printer that stops taking bytes keeps the write waiting, and none of Node's threads", async () => {
	const writing = port.write(block);
	const more = await Promise.all(Array.from({ length: 5 }, openPort));
	const files = Array.from({ length: 16 }, () => readFile(import.meta.filename, "utf8"));
	expect(new Set(await Promise.all(files)).size).toBe(1);
	expect(await isPending(writing)).toBe(true);
	await Promise.all(more.map((other) => other.close()));
	printer.listen();
	await writing;
	await expect.poll(() => printer.received().equals(block), { timeout: 20_000 }).toBe(true);
});

test("an unplug in the middle of a block rejects the write with how far it came, and ends the port", async () => {
	const writing = port.write(block);
	const refused = expect(writing).rejects.toMatchObject({
		code: "printer-unreachable",
		gone: { reason: "unplugged" },
		detail: expect.stringMatching(
			/^300000 bytes were not all written to \/dev\/usb\/lp7: \/dev\/usb\/lp7: EIO/,
		),
	});
	const heard = lastValueFrom(port.bytes$.pipe(toArray()));
	printer.say(Uint8Array.of(1));
	await firstValueFrom(port.bytes$);
	printer.unplug();
	await refused;
	expect(await port.gone).toMatchObject({ reason: "unplugged" });
	expect(Buffer.concat(await heard)).toEqual(Buffer.of(1));
	await expect(port.write(Uint8Array.of(1))).rejects.toMatchObject({ code: "printer-unreachable" });
});

test("an unplug while nothing is written is found out", async () => {
	printer.unplug();
	expect(await port.gone).toMatchObject({ reason: "unplugged" });
});

test("close waits two seconds for bytes that are not taken, then the write is rejected and the file closed", async () => {
	const writing = port.write(block);
	const refused = expect(writing).rejects.toMatchObject({ gone: { reason: "closed" } });
	await port.close();
	await refused;
	expect(await port.gone).toMatchObject({ reason: "closed" });
	expect(openFiles(printer.path)).toBe(others);
});

test("close waits for bytes that are taken in the meantime", async () => {
	const writing = port.write(block);
	const closing = port.close();
	printer.listen();
	await Promise.all([writing, closing]);
	await expect.poll(() => printer.received().equals(block), { timeout: 20_000 }).toBe(true);
});

test("gone resolves when the file is closed", async () => {
	printer.unplug();
	await port.gone;
	expect(openFiles(printer.path)).toBe(others);
});

test("more writes than a mebibyte that a FIFO's reader does not take are refused, and cost no memory", async () => {
	const path = join(mkdtempSync(join(tmpdir(), "fifo-")), "printer");
	execFileSync("mkfifo", [path]);
	const reader = spawn("sh", ["-c", "exec 3< $0; read line", path], { stdio: ["pipe", "ignore", "inherit"] });
	const handle = await openWhenRead(path);
	const fifo = polledPort({ handle, name: path, reads: false });
	const writes = Array.from({ length: 20 }, () => fifo.write(block));
	const ends = Promise.allSettled(writes);
	await expect(writes.at(-1)).rejects.toMatchObject({ detail: expect.stringMatching(/\d+ bytes wait/) });
	reader.kill("SIGKILL");
	const refused = (await ends).filter(({ status }) => status === "rejected");
	expect(refused).toHaveLength(20);
	expect(await fifo.gone).toMatchObject({ detail: expect.stringContaining("EPIPE") });
});

/** How often this process has the file open. */
function openFiles(path: string): number {
	const targets = readdirSync("/proc/self/fd").map((name) => {
		try {
			return readlinkSync(`/proc/self/fd/${name}`);
		} catch {
			// The folder's own, which is closed.
			return "";
		}
	});
	return targets.filter((target) => target === path || target === `${path} (deleted)`).length;
}

async function openWhenRead(path: string) {
	for (;;) {
		const handle = await open(path, O_WRONLY | O_NONBLOCK).catch(() => undefined);
		if (handle !== undefined) return handle;
		await new Promise(setImmediate);
	}
}

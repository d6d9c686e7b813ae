import {
	closeSync,
	constants,
	mkdtempSync,
	openSync,
	readdirSync,
	readlinkSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ReadStream } from "node:tty";
import * as nodePty from "@lydell/node-pty";
import { filter, firstValueFrom, lastValueFrom, scan, toArray } from "rxjs";
import { expect, test } from "vitest";
import { serialGeneric } from "../../drivers/scanners/serial-generic.ts";
import { plugScanner } from "../../hardware-mocks/scanner.ts";
import type { Port } from "../../src/model/device.ts";
import { openSerial } from "../../src/ports/serial.ts";

const { line } = serialGeneric;
const cycles = 1_000;

/** node-pty's `open`, which its type declarations leave out. */
const { open: openPty } = nodePty as unknown as {
	open(options: { cols: number; rows: number; encoding: null }): {
		readonly master: ReadStream;
		readonly slave: ReadStream;
		readonly ptsName: string;
	};
};

/** A cable whose far end is in this process: no program that is started meanwhile may inherit it. */
async function plugCable() {
	const { master, slave, ptsName: path } = openPty({ cols: 80, rows: 24, encoding: null });
	const quiet = openSync(path, constants.O_RDWR | constants.O_NOCTTY);
	// Its reader would take bytes away from the host. libuv had opened the line once more and leaves node-pty's
	// own descriptor open.
	await closed(slave);
	const ours = openDescriptors().filter((fd) => targetOf(fd) === path);
	expect(ours).toContain(quiet);
	// A pulled cable is what the test is about.
	master.on("error", () => undefined);
	return {
		path,
		send: (text: string) => master.write(text),
		pull: async () => {
			for (const fd of ours) closeSync(fd);
			await closed(master);
		},
	};
}

async function closed(stream: ReadStream) {
	const gone = new Promise((resolve) => stream.once("close", resolve));
	stream.destroy();
	await gone;
}

const openDescriptors = () => readdirSync("/proc/self/fd").map(Number);

function targetOf(fd: number): string {
	try {
		return readlinkSync(`/proc/self/fd/${fd}`);
	} catch {
		// That of the listing itself is gone.
		return "";
	}
}

const descriptors = () => openDescriptors().length;

/** The text so far, as soon as it has an end. */
const heard = (port: Port) =>
	firstValueFrom(
		port.bytes$.pipe(
			scan((text, bytes) => text + Buffer.from(bytes).toString(), ""),
			filter((text) => text.endsWith("\r")),
		),
	);

async function plugAndPull(cycle: number) {
	const cable = await plugCable();
	const port = await openSerial(cable.path, line);
	cable.send(`card ${cycle}\r`);
	expect(await heard(port)).toBe(`card ${cycle}\r`);
	const rest = lastValueFrom(port.bytes$.pipe(toArray()));
	await cable.pull();
	expect(await port.gone).toMatchObject({ reason: "unplugged" });
	expect(await rest).toEqual([]);
}

test("after a thousand unplugs under a serial scanner no descriptor is left", async () => {
	await plugAndPull(0);
	const before = descriptors();
	for (let cycle = 1; cycle <= cycles; cycle += 1) await plugAndPull(cycle);
	expect(descriptors()).toBe(before);
}, 120_000);

test("a line that is opened and closed a thousand times leaves no descriptor", async () => {
	const scanner = plugScanner(join(mkdtempSync(join(tmpdir(), "replug-")), "scanner"));
	const once = async () => (await openSerial(scanner.link, line)).close();
	await once();
	const before = descriptors();
	for (let cycle = 0; cycle < cycles; cycle += 1) await once();
	expect(descriptors()).toBe(before);
	await scanner.close();
}, 120_000);

test("attempts at what is no line, or held, or away, leave no descriptor", async () => {
	const scanner = plugScanner(join(mkdtempSync(join(tmpdir(), "replug-")), "scanner"));
	const file = join(mkdtempSync(join(tmpdir(), "replug-")), "file");
	writeFileSync(file, "");
	const holding = await openSerial(scanner.link, line);
	const attempts = async () => {
		for (const path of [file, scanner.link, "/dev/serial/by-id/none"]) {
			await expect(openSerial(path, line)).rejects.toMatchObject({ code: "scanner-away" });
		}
	};
	await attempts();
	const before = descriptors();
	for (let cycle = 0; cycle < 10; cycle += 1) await attempts();
	expect(descriptors()).toBe(before);
	await holding.close();
	await scanner.close();
});

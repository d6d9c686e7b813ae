import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { lastValueFrom, Subject, toArray } from "rxjs";
import { SerialPort } from "serialport";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { serialGeneric } from "../../drivers/scanners/serial-generic.ts";
import { type MockScanner, plugScanner } from "../../hardware-mocks/scanner.ts";
import type { Port, SerialLine } from "../../src/model/device.ts";
import { openSerial } from "../../src/ports/serial.ts";
import { heard } from "./heard.ts";

const { line } = serialGeneric;
let scanner: MockScanner;
let opened: Port[];

beforeEach(() => {
	scanner = plugScanner(join(tmpdir(), `scanner-${randomUUID()}`));
	opened = [];
});

afterEach(async () => {
	for (const port of opened) await port.close();
	await scanner.close();
});

async function open(path = scanner.link, settings: SerialLine = line): Promise<Port> {
	const port = await openSerial(path, settings);
	opened.push(port);
	return port;
}

test("what a scanner sends arrives byte for byte", async () => {
	const port = await open();
	await fc.assert(
		fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 2_000 }), async (bytes) => {
			const hearing = heard(port, bytes.length);
			await scanner.send(bytes);
			expect([...(await hearing)]).toEqual([...bytes]);
		}),
		{ numRuns: 30 },
	);
});

test("what is written has arrived at the scanner after close", async () => {
	const port = await open();
	const hearing = heard(port, 1);
	await scanner.send(Uint8Array.of(1));
	await hearing;
	const writing = port.write(Uint8Array.of(0x16, 0x54, 0x0d));
	await port.close();
	await writing;
	await expect.poll(() => [...scanner.received], { timeout: 20_000 }).toEqual([0x16, 0x54, 0x0d]);
});

test("an unplug ends the port as unplugged, and its bytes complete", async () => {
	const port = await open();
	const bytes = lastValueFrom(port.bytes$.pipe(toArray()));
	await scanner.unplug();
	expect(await port.gone).toMatchObject({ reason: "unplugged" });
	expect(await bytes).toEqual([]);
});

test("an unplug that the driver keeps silent about ends the port at the next look at what is plugged in", async () => {
	const silence = vi.spyOn(SerialPort.prototype, "open").mockImplementationOnce(function (
		this: SerialPort,
		done,
	) {
		this.open((error) => {
			if (this.port !== undefined && "poller" in this.port) this.port.poller.poll = () => undefined;
			done?.(error);
		});
	});
	const looks$ = new Subject<void>();
	const port = await openSerial(scanner.link, line, { looks$ });
	const bytes = lastValueFrom(port.bytes$.pipe(toArray()));
	await scanner.unplug();
	looks$.next();
	expect(await port.gone).toMatchObject({ reason: "unplugged" });
	expect(await bytes).toEqual([]);
	expect(looks$.observed).toBe(false);
	silence.mockRestore();
});

test("looks at what is plugged in end no port whose device is there, even when its link leads elsewhere", async () => {
	const looks$ = new Subject<void>();
	const port = await openSerial(scanner.link, line, { looks$ });
	opened.push(port);
	rmSync(scanner.link);
	for (let look = 0; look < 3; look += 1) looks$.next();
	const hearing = heard(port, 3);
	await scanner.send(Buffer.from("abc"));
	expect((await hearing).toString()).toBe("abc");
	await port.close();
	expect(await port.gone).toMatchObject({ reason: "closed" });
	expect(looks$.observed).toBe(false);
});

test("half a read that came before the unplug is heard, then the bytes complete", async () => {
	const port = await open();
	const all = lastValueFrom(port.bytes$.pipe(toArray()));
	const half = heard(port, 9);
	await scanner.send(Buffer.from("]C0771234"));
	await half;
	await scanner.unplug();
	expect(Buffer.concat(await all).toString()).toBe("]C0771234");
});

test("a write after the unplug is rejected as scanner-away", async () => {
	const port = await open();
	await scanner.unplug();
	await port.gone;
	await expect(port.write(Uint8Array.of(1))).rejects.toMatchObject({ code: "scanner-away" });
});

test("close is safe to call twice, and after an unplug", async () => {
	const port = await open();
	await Promise.all([port.close(), port.close()]);
	expect(await port.gone).toMatchObject({ reason: "closed" });
	await port.close();
	const other = await open();
	await scanner.unplug();
	await other.gone;
	await other.close();
});

test("a port that does not exist is away, with the system's words and what to do", async () => {
	const failure = openSerial("/dev/serial/by-id/none", line);
	await expect(failure).rejects.toMatchObject({
		code: "scanner-away",
		gone: { reason: "unplugged" },
		detail: expect.stringMatching(/No such file or directory.*plug it in/),
	});
});

test("a file that is no serial line is refused", async () => {
	const file = join(mkdtempSync(join(tmpdir(), "kassad-")), "file");
	writeFileSync(file, "");
	const failure = openSerial(file, line);
	await expect(failure).rejects.toMatchObject({
		code: "scanner-away",
		detail: expect.stringContaining("check that it is a serial device"),
	});
});

test("a line that another program holds is refused", async () => {
	await open();
	await expect(openSerial(scanner.link, line)).rejects.toMatchObject({
		code: "scanner-away",
		detail: expect.stringContaining("end the program that holds it"),
	});
});

test("a scanner that was replugged is opened again under the same name", async () => {
	const first = await open();
	await scanner.unplug();
	await first.gone;
	await scanner.replug();
	const second = await open();
	const hearing = heard(second, 3);
	await scanner.send(Buffer.from("abc"));
	expect((await hearing).toString()).toBe("abc");
});

// A pty has no 7 bits and no parity bit; it shows the rest of what the system was asked for.
const asked: readonly [Partial<SerialLine>, readonly string[]][] = [
	[{}, ["speed 9600", "-cstopb", "-parodd", "-crtscts", "-ixon", "-ixoff"]],
	[{ baudRate: 115_200, stopBits: 2 }, ["speed 115200", "cstopb"]],
	[{ parity: "odd", dataBits: 7 }, ["parodd"]],
	[{ parity: "even", dataBits: 7 }, ["-parodd"]],
	[{ flow: "rts-cts" }, ["crtscts", "-ixon", "-ixoff"]],
	[{ flow: "xon-xoff" }, ["-crtscts", "ixon", "ixoff"]],
];

test.each(asked)("the system is asked for %j", async (settings, expected) => {
	await open(scanner.link, { ...line, ...settings });
	const modes = spawnSync("stty", ["-F", scanner.link, "-a"], { encoding: "utf8" }).stdout;
	const words = ` ${modes.replaceAll(/[;\s]+/g, " ")} `;
	expect(expected.filter((word) => !words.includes(` ${word} `))).toEqual([]);
});

test("a line may be a printer's: then its fault is the printer's", async () => {
	await expect(
		openSerial("/dev/serial/by-id/none", line, { fault: "printer-unreachable" }),
	).rejects.toMatchObject({
		code: "printer-unreachable",
	});
	const port = await openSerial(scanner.link, line, { fault: "printer-unreachable" });
	opened.push(port);
	await scanner.unplug();
	await port.gone;
	await expect(port.write(Uint8Array.of(1))).rejects.toMatchObject({ code: "printer-unreachable" });
});

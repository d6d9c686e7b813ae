import { constants, existsSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { firstValueFrom } from "rxjs";
import { SerialPort } from "serialport";
import { expect, onTestFinished, test } from "vitest";
import type { SerialOptions } from "../../../hardware-mocks/printer/serial-board.ts";
import { type PrinterOptions, startPrinter } from "../../../hardware-mocks/printer.ts";
import { commands, text } from "./sample.ts";

const { begin, cut } = commands;
const status = Buffer.of(0x10, 0x04, 0x01);
const [xon, xoff] = [0x11, 0x13];

function folder(): string {
	const path = mkdtempSync(join(tmpdir(), "kassad-printer-"));
	onTestFinished(() => rmSync(path, { recursive: true }));
	return path;
}

/** A printer on a serial line, and the host's end of it. */
async function serial(line: Omit<SerialOptions, "link">, options: PrinterOptions = {}) {
	const link = join(folder(), "printer");
	const printer = await startPrinter({ port: null, ...options, serial: { link, ...line } });
	onTestFinished(() => printer.close());
	const port = new SerialPort({ path: link, baudRate: 115_200, autoOpen: false });
	// A write that the end of the test cuts off.
	port.on("error", () => undefined);
	await new Promise<void>((resolve, reject) => {
		port.open((error) => (error ? reject(error) : resolve()));
	});
	onTestFinished(async () => {
		if (port.isOpen) await new Promise<void>((resolve) => port.close(() => resolve()));
	});
	const heard: number[] = [];
	const waiters = new Set<() => void>();
	port.on("data", (chunk: Buffer) => {
		heard.push(...chunk);
		for (const look of [...waiters]) look();
	});
	/** Resolves when so many bytes have come. */
	const hears = (count: number) =>
		new Promise<number[]>((resolve) => {
			const look = () => {
				if (heard.length < count) return;
				waiters.delete(look);
				resolve(heard);
			};
			waiters.add(look);
			look();
		});
	return { printer, port, link, heard, hears };
}

test("a serial printer prints all 256 bytes as they are, and answers", async () => {
	const { printer, port, hears } = await serial({ flow: "none" });
	const raster = Buffer.concat([
		Buffer.of(0x1d, 0x76, 0x30, 0, 32, 0, 8, 0),
		Buffer.from(Array.from({ length: 256 }, (_, at) => at)),
	]);
	const sent = Buffer.concat([begin, raster, cut, status]);
	port.write(sent);
	expect(await hears(1)).toEqual([0x12]);
	expect(Buffer.from(printer.receipts[0]?.bytes ?? [])).toEqual(sent.subarray(0, -3));
});

test("a full buffer says XOFF, and XON when there is room again", async () => {
	const { printer, port, hears } = await serial({ flow: "xon-xoff" }, { bufferBytes: 512, paper: "out" });
	port.write(Buffer.concat([begin, Buffer.alloc(600, "x\n")]));
	expect(await hears(1)).toEqual([xoff]);
	expect(printer.waiting).toBe(512);
	printer.reload();
	expect(await hears(2)).toEqual([xoff, xon]);
	expect(printer.losses).toEqual([]);
});

test("a host that waits from XOFF to XON loses nothing", async () => {
	const { printer, port, heard, hears } = await serial({}, { bufferBytes: 4_096, paper: "out" });
	const sent = Buffer.concat([begin, Buffer.alloc(20_000, "0123456789\n"), text("конец"), cut]);
	const receipt = firstValueFrom(printer.receipt$);
	for (let at = 0; at < sent.length; at += 256) {
		await new Promise((resolve) => port.write(sent.subarray(at, at + 256), resolve));
		if (heard.at(-1) !== xoff) continue;
		printer.reload();
		await hears(heard.length + 1);
		expect(heard.at(-1)).toBe(xon);
	}
	printer.reload();
	expect(Buffer.from((await receipt).bytes)).toEqual(sent);
	expect(printer.losses).toEqual([]);
});

test("a host that does not care for XOFF loses what the buffer has no room for", async () => {
	const { printer, port } = await serial({}, { bufferBytes: 4_096, paper: "out" });
	port.write(Buffer.concat([begin, Buffer.alloc(60_000, "0123456789\n")]));
	while (printer.losses.length === 0) await new Promise((resolve) => setImmediate(resolve));
	expect(printer.waiting).toBe(4_096);
	expect(printer.losses[0]).toMatchObject({ why: "overrun" });
});

test("a line that is not read makes the host wait, as CTS would, and nothing is lost", async () => {
	const { printer, port } = await serial({ flow: "rts-cts" }, { bufferBytes: 512, paper: "out" });
	const sent = Buffer.concat([begin, Buffer.alloc(60_000, "0123456789\n"), text("конец"), cut]);
	let isWritten = false;
	port.write(sent, () => {
		isWritten = true;
	});
	while (printer.waiting < 512) await new Promise((resolve) => setImmediate(resolve));
	expect(isWritten).toBe(false);
	const receipt = firstValueFrom(printer.receipt$);
	printer.reload();
	expect(Buffer.from((await receipt).bytes)).toEqual(sent);
	expect(printer.losses).toEqual([]);
});

test("without flow control what the buffer has no room for is lost", async () => {
	const { printer, port, hears } = await serial({ flow: "none" }, { bufferBytes: 512, paper: "out" });
	port.write(Buffer.concat([status, Buffer.alloc(600, "x")]));
	await hears(1);
	while (printer.losses.length === 0) await new Promise((resolve) => setImmediate(resolve));
	expect(printer.waiting).toBe(512);
	expect(printer.losses.map(({ why }) => why)).toContain("overrun");
});

test("a printer that loses its power takes a USB line with it, and an RS-232 line stays", async () => {
	for (const cable of ["usb", "rs-232"] as const) {
		const { printer, port, link, hears } = await serial({ cable });
		const gone = new Promise((resolve) => port.once("close", resolve));
		const power = printer.powerLossAfter(begin.length + 3);
		port.write(Buffer.concat([begin, text("строка"), cut]));
		await power;
		expect(printer.losses.map(({ why, bytes }) => [why, bytes.length])).toEqual([
			["power", begin.length + 3],
		]);
		expect(existsSync(link)).toBe(cable === "rs-232");
		if (cable === "usb") await gone;
		await printer.powerOn();
		expect(existsSync(link)).toBe(true);
		if (cable === "rs-232") {
			port.write(status);
			expect(await hears(1)).toEqual([0x12]);
		}
		expect(printer.hanging.text).toBe("");
	}
});

test("a FIFO is printed, through one writer after the other, and nothing comes back", async () => {
	const path = join(folder(), "printer.fifo");
	const printer = await startPrinter({ port: null, fifo: path });
	onTestFinished(() => printer.close());
	for (const line of ["раз", "два"]) {
		const receipt = firstValueFrom(printer.receipt$);
		const file = await open(path, "w");
		await file.write(Buffer.concat([begin, text(line), status, cut]));
		await file.close();
		expect((await receipt).text).toBe(line);
	}
});

test("a FIFO whose printer has no paper takes what fits, and the writer has to wait", async () => {
	const path = join(folder(), "printer.fifo");
	const printer = await startPrinter({ port: null, fifo: path, bufferBytes: 512, paper: "out" });
	onTestFinished(() => printer.close());
	const fd = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
	const line = Buffer.alloc(1_024, "0123456789abcde\n");
	const fill = () => {
		let written = 0;
		for (;;)
			try {
				written += writeSync(fd, line);
			} catch {
				return written;
			}
	};
	let written = 0;
	for (let more = -1; more !== 0 || printer.waiting < 512; ) {
		more = fill();
		written += more;
		await new Promise((resolve) => setImmediate(resolve));
	}
	expect(printer.waiting).toBe(512);
	printer.reload();
	const lines = () => printer.hanging.marks.length;
	while (lines() < written / 16) await new Promise((resolve) => setImmediate(resolve));
	expect(lines()).toBe(written / 16);
});

test("a file that is in the way of a FIFO is not printed over", async () => {
	const path = join(folder(), "file");
	await (await open(path, "w")).close();
	await expect(startPrinter({ port: null, fifo: path })).rejects.toThrow("no FIFO");
});

import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import type { SerialLine } from "../../src/model/device.ts";
import type { PrinterConnection } from "../../src/model/settings/devices.ts";
import { canAnswer, openPrinterPort } from "../../src/ports/printer-port.ts";
import { printerPty } from "./printer-pty.ts";

const connectMs = 5_000;
const folder = () => mkdtempSync(join(tmpdir(), "printer-"));
const open = (connection: PrinterConnection, usual: SerialLine | null = null) =>
	openPrinterPort(connection, usual, connectMs);

test("by tcp", async () => {
	const server = createServer().listen(0, "127.0.0.1");
	await once(server, "listening");
	const { port: number } = server.address() as AddressInfo;
	const accepted = once(server, "connection");
	const port = await open({ by: "tcp", host: "127.0.0.1", port: number });
	const [socket] = await accepted;
	const heard = once(socket, "data");
	await port.write(Buffer.from("slip"));
	expect(String(await heard)).toBe("slip");
	socket.end();
	await port.close();
	server.close();
});

test("by serial, with the line of the settings before that of the model", async () => {
	const usual: SerialLine = { baudRate: 19_200, dataBits: 8, parity: "none", stopBits: 1, flow: "xon-xoff" };
	for (const [line, model, speed] of [
		[{ ...usual, baudRate: 38_400 }, usual, 38_400],
		[null, usual, 19_200],
		[null, null, 9_600],
	] as const) {
		const printer = printerPty();
		printer.listen();
		const port = await open({ by: "serial", path: printer.path, line }, model);
		const modes = execFileSync("stty", ["-F", printer.path, "-a"], { encoding: "utf8" });
		expect(modes).toContain(`speed ${speed} baud`);
		await port.write(Buffer.from("slip"));
		await expect.poll(() => printer.received().toString()).toBe("slip");
		await port.close();
		printer.close();
	}
});

test("by usblp", async () => {
	const printer = printerPty();
	printer.listen();
	const port = await open({ by: "usblp", path: printer.path });
	await port.write(Buffer.from("slip"));
	await expect.poll(() => printer.received().toString()).toBe("slip");
	await port.close();
	printer.close();
});

test("by file", async () => {
	const path = join(folder(), "file");
	writeFileSync(path, "");
	const port = await open({ by: "file", path });
	await port.write(Buffer.from("slip"));
	await port.close();
	expect(readFileSync(path, "utf8")).toBe("slip");
});

test.each<[PrinterConnection, RegExp]>([
	[{ by: "serial", path: "/dev/serial/by-id/none", line: null }, /No such file.*kassad devices/],
	[{ by: "serial", path: "usb:0000:0000", line: null }, /^usb:0000:0000: it is not plugged in$/],
	[{ by: "usb", device: "usb:0000:0000" }, /not plugged in or not switched on/],
	[{ by: "usb", device: "/dev/usb/lp0" }, /expected usb:VVVV:PPPP/],
	[{ by: "usb", device: "usb:nonsense" }, /expected usb:VVVV:PPPP/],
	[{ by: "usblp", path: "usb:0000:0000" }, /not plugged in or not switched on/],
	[{ by: "file", path: "/nowhere/printer" }, /mkfifo/],
	[{ by: "spooler", path: "\\\\localhost\\Receipt" }, /only Windows/],
])("a printer that is not there by %j is unreachable, with what to do", async (connection, words) => {
	await expect(open(connection)).rejects.toMatchObject({
		code: "printer-unreachable",
		detail: expect.stringMatching(words),
	});
});

test("an opening that takes too long is given up, and what opens later is closed again", async () => {
	const printer = printerPty();
	const connection = { by: "serial", path: printer.path, line: null } as const;
	vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
	const opening = open(connection);
	// No file is open before the next turn of the event loop.
	vi.advanceTimersByTime(connectMs);
	vi.useRealTimers();
	await expect(opening).rejects.toMatchObject({
		code: "printer-unreachable",
		gone: { reason: "timed-out", detail: "it was not open within 5000 ms" },
	});
	// A line is opened for one program alone: while the late one is open, nobody else gets it.
	const again = () => open(connection).catch(() => undefined);
	await expect
		.poll(async () => (await again())?.close().then(() => "closed"), { timeout: 20_000 })
		.toBe("closed");
	printer.close();
});

test("a file and a spooler answer nothing, all else may", () => {
	expect(canAnswer({ by: "file", path: "x" })).toBe(false);
	expect(canAnswer({ by: "spooler", path: "x" })).toBe(false);
	expect(canAnswer({ by: "usblp", path: "x" })).toBe(true);
});

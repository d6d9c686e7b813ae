import type { Port, SerialLine } from "../model/device.ts";
import type { PrinterConnection } from "../model/settings/devices.ts";
import { openFile } from "./file.ts";
import { PortError } from "./gone.ts";
import { listPlugged } from "./plugged.ts";
import { type DeviceName, deviceName } from "./plugged-name.ts";
import { resolve } from "./plugged-resolve.ts";
import { notByUsblp } from "./printer-rights.ts";
import { listPrinters } from "./printers.ts";
import { resolvePrinter } from "./printers-resolve.ts";
import { openSerial } from "./serial.ts";
import { openSpooler } from "./spooler.ts";
import { openTcp } from "./tcp.ts";
import { openUsbPrinter } from "./usb-printer.ts";
import { openUsblp } from "./usblp.ts";

const fault = "printer-unreachable";

/** Of a printer whose model has no line of its own. */
const commonLine: SerialLine = Object.freeze({
	baudRate: 9_600,
	dataBits: 8,
	parity: "none",
	stopBits: 1,
	flow: "none",
});

/**
 * Opens the way to a printer that the settings name, wherever it is plugged in now.
 * @param usual the line of the printer's model, for a serial connection whose settings name none.
 * @param connectMs how long opening may take, whichever way it is; a port that opens later is closed again.
 * @throws {FaultError} `printer-unreachable` with what the technician can do.
 */
export function openPrinterPort(
	connection: PrinterConnection,
	usual: SerialLine | null,
	connectMs: number,
): Promise<Port> {
	// Its own deadline ends the attempt itself.
	if (connection.by === "tcp") return openTcp(connection.host, connection.port, connectMs);
	return inTime(open(connection, usual), connectMs);
}

/** Whether anything can come back from the printer this way; if not, its state and its proofs cannot be known. */
export function canAnswer({ by }: PrinterConnection): boolean {
	return by !== "file" && by !== "spooler";
}

async function open(
	connection: Exclude<PrinterConnection, { by: "tcp" }>,
	usual: SerialLine | null,
): Promise<Port> {
	switch (connection.by) {
		case "serial":
			return openSerial(await serialPath(connection.path), connection.line ?? usual ?? commonLine, { fault });
		case "usb": {
			const name = named(connection.device);
			if (name.by === "path") throw refuse(`${name.path}: expected usb:VVVV:PPPP`);
			return openUsbPrinter(name);
		}
		case "usblp":
			return openUsblp(await usblpPath(connection.path));
		case "file":
			return openFile(connection.path);
		case "spooler":
			return openSpooler(connection.path);
	}
}

async function serialPath(text: string): Promise<string> {
	const name = named(text);
	if (name.by === "path") return name.path;
	const found = resolve(name, await listPlugged(), { channel: "serial", marks: [] });
	if ("why" in found) throw refuse(`${text}: ${found.why}`);
	return found.path;
}

async function usblpPath(text: string): Promise<string> {
	const name = named(text);
	if (name.by === "path") return name.path;
	const found = resolvePrinter(name, await listPrinters());
	if ("why" in found) throw refuse(`${text}: ${found.why}`);
	if (found.driver !== "usblp") throw refuse(`${text}: ${notByUsblp(found)}`);
	return found.path;
}

function named(text: string): DeviceName {
	const name = deviceName(text);
	if (typeof name === "string") throw refuse(`${text}: ${name}`);
	return name;
}

function refuse(detail: string): PortError {
	return new PortError(fault, { reason: "unplugged", detail });
}

async function inTime(opening: Promise<Port>, connectMs: number): Promise<Port> {
	let timer: NodeJS.Timeout | undefined;
	let late = false;
	const deadline = new Promise<never>((_, reject) => {
		timer = setTimeout(() => {
			late = true;
			reject(new PortError(fault, { reason: "timed-out", detail: `it was not open within ${connectMs} ms` }));
		}, connectMs);
	});
	opening.then(
		(port) => late && void port.close(),
		() => undefined,
	);
	return Promise.race([opening, deadline]).finally(() => clearTimeout(timer));
}

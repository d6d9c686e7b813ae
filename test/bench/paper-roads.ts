import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { type AddressInfo, connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { SerialPort } from "serialport";
import { parse } from "yaml";
import { openPty } from "../../hardware-mocks/scanner/pty.ts";
import { systemClock as clock } from "../../src/clock.ts";
import { openLog } from "../../src/log.ts";
import type { Block } from "../../src/model/block.ts";
import type { PrinterDriver } from "../../src/model/printer-driver.ts";
import type { PrinterConnection } from "../../src/model/settings/devices.ts";
import { settings as schema } from "../../src/model/settings/settings.ts";
import { openPrinters } from "../../src/printers/printers.ts";
import { shipped } from "../settings-file.ts";
import { type InstantPrinter, instantPrinter } from "./instant-printer.ts";

/** A block from its commit on, ms. */
type Times = { readonly lastByteMs: number; readonly confirmedMs: number };

/** Writes one row to disk (WAL, FULL), as both must before a byte leaves. */
type Journal = { commit(): void; close(): void };

type Print = (block: Block, journal: Journal) => Promise<Times>;

/** One transport, and both programs on it, each with a printer of its own. */
export type Road = { readonly kassad: Print; readonly bare: Print; readonly close: () => Promise<void> };

/** A line that is written to as it is: what the bare program has. */
type Line = { write(bytes: Uint8Array): void; heard(listener: (bytes: Uint8Array) => void): void };

export function tellingJournal(): Journal {
	const folder = mkdtempSync(join(tmpdir(), "kassad-bench-"));
	const database = new DatabaseSync(join(folder, "prints.db"));
	database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE prints (at REAL)");
	const insert = database.prepare("INSERT INTO prints VALUES (?)");
	return {
		commit: () => void insert.run(performance.now()),
		close: () => {
			database.close();
			rmSync(folder, { recursive: true });
		},
	};
}

export async function overTcp(driver: PrinterDriver): Promise<Road> {
	const printers = { kassad: instantPrinter(), bare: instantPrinter() };
	const servers = await Promise.all([listening(printers.kassad), listening(printers.bare)]);
	const [own, other] = servers.map((server) => (server.address() as AddressInfo).port) as [number, number];
	const socket = connect({ host: "127.0.0.1", port: other, noDelay: true });
	await once(socket, "connect");
	const line = {
		write: (bytes: Uint8Array) => void socket.write(bytes),
		heard: (listener: (bytes: Uint8Array) => void) => void socket.on("data", listener),
	};
	const kassad = kassadOver({ by: "tcp", host: "127.0.0.1", port: own }, driver, printers.kassad);
	return {
		kassad: kassad.print,
		bare: bareOver(line, driver, printers.bare),
		close: async () => {
			await kassad.close();
			socket.destroy();
			for (const server of servers) server.close();
		},
	};
}

async function listening(printer: InstantPrinter) {
	const server = createServer((socket) => {
		socket.setNoDelay(true);
		socket.on("data", (bytes) => socket.write(printer.take(bytes)));
		socket.on("error", () => socket.destroy());
	});
	server.listen(0, "127.0.0.1");
	await once(server, "listening");
	return server;
}

export async function overPty(driver: PrinterDriver): Promise<Road> {
	const printers = { kassad: instantPrinter(), bare: instantPrinter() };
	const own = openPty((bytes) => void own.write(printers.kassad.take(bytes)));
	const other = openPty((bytes) => void other.write(printers.bare.take(bytes)));
	const port = new SerialPort({ path: other.path, baudRate: 115_200 });
	await once(port, "open");
	const line = {
		write: (bytes: Uint8Array) => void port.write(bytes),
		heard: (listener: (bytes: Uint8Array) => void) => void port.on("data", listener),
	};
	const kassad = kassadOver({ by: "serial", path: own.path, line: null }, driver, printers.kassad);
	return {
		kassad: kassad.print,
		bare: bareOver(line, driver, printers.bare),
		close: async () => {
			await kassad.close();
			await new Promise<void>((resolve) => port.close(() => resolve()));
			await Promise.all([own.close(), other.close()]);
		},
	};
}

function kassadOver(connection: PrinterConnection, driver: PrinterDriver, printer: InstantPrinter) {
	const settings = schema.parse(parse(readFileSync(shipped, "utf8")));
	const printers = settings.printers.map((one) => ({ ...one, driver: driver.id, connection }));
	const log = openLog("error", process.stderr);
	const opened = openPrinters({ ...settings, printers }, { [driver.id]: driver }, { clock, log });
	const print: Print = async (block, journal) => {
		const bytes = driver.encode(block).length;
		let from = Number.NaN;
		let last: Promise<number> = Promise.resolve(from);
		const verdict = await opened.all[0]?.print(block, {
			begun: () => {
				journal.commit();
				last = printer.after(bytes);
				from = performance.now();
			},
		});
		const confirmedMs = performance.now() - from;
		if (verdict?.state !== "printed") throw new Error(`not printed: ${JSON.stringify(verdict)}`);
		return { lastByteMs: (await last) - from, confirmedMs };
	};
	return { print, close: opened.close };
}

/** The bytes and the question for proof in one write, and the answer recognised. */
function bareOver(line: Line, driver: PrinterDriver, printer: InstantPrinter): Print {
	let received = Buffer.alloc(0);
	let heard: () => void = () => undefined;
	line.heard((bytes) => {
		received = Buffer.concat([received, bytes]);
		if (received.length >= 7) heard();
	});
	return async (block, journal) => {
		const bytes = Buffer.concat([driver.encode(block), Buffer.from("1d28480600303041424344", "hex")]);
		received = Buffer.alloc(0);
		const confirmed = new Promise<number>((resolve) => {
			heard = () => resolve(performance.now());
		});
		journal.commit();
		const last = printer.after(bytes.length - 11);
		const from = performance.now();
		line.write(bytes);
		return { lastByteMs: (await last) - from, confirmedMs: (await confirmed) - from };
	};
}

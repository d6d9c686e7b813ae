import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { merge } from "rxjs";
import { printerDrivers, scannerDrivers } from "../drivers/index.ts";
import { systemClock as clock } from "./clock.ts";
import type { LoadedConfig } from "./config.ts";
import { tillFingerprint } from "./fingerprint.ts";
import { openJournal } from "./journal/journal.ts";
import { openLog } from "./log.ts";
import { loadMessages } from "./messages.ts";
import { FaultError } from "./model/fault.ts";
import type { Log } from "./model/log.ts";
import type { Verifier } from "./model/scan.ts";
import type { ScannerSettings } from "./model/settings/devices.ts";
import type { Settings } from "./model/settings/settings.ts";
import { openPayClient } from "./pay/client.ts";
import { keepOpen } from "./ports/keep-open.ts";
import { openSerial } from "./ports/serial.ts";
import { openTcp } from "./ports/tcp.ts";
import { servePos } from "./pos/server.ts";
import { printQueue } from "./print/queue.ts";
import type { Rooms } from "./rooms.ts";
import { builtinVerifier } from "./scan/builtin-verifier.ts";
import { compileLayouts } from "./scan/layouts.ts";
import { type ScanTools, scans$ } from "./scan/scans.ts";
import { Till } from "./till.ts";

/** A device that does not let go must not keep the process: what matters is on disk already. */
const closingMs = 5_000;

/**
 * Opens every room, tells the till's story until the process is told to stop, and closes them in turn.
 * Rejects when something could not be opened, or when the till can no longer be trusted.
 */
export async function run(config: LoadedConfig): Promise<void> {
	const { settings } = config;
	const log = openLog(settings.log.level);
	const { rooms, close } = openRooms(config, log);
	const till = new Till(rooms);
	const { client, journal, explain } = rooms;
	const end = Promise.race([toldToStop(), till.failed]);
	const pos = await servePos(settings.socket, till.methods, journal.events, { explain, log });
	try {
		till.open();
		// A server that does not answer keeps nobody waiting: scans and questions are served meanwhile.
		await Promise.race([client.warm(), end]);
		log.info({ version: rooms.version, socket: settings.socket.path }, "ready");
		log.info({ signal: await end }, "stopping");
	} finally {
		await Promise.race([clock.sleep(closingMs), Promise.all([pos.close(), till.close()]).then(close)]);
	}
}

function openRooms(config: LoadedConfig, log: Log) {
	const { settings } = config;
	const journal = openJournal(
		{ ...settings.journal, mostRecentEvents: settings.socket.mostRecentEvents },
		clock,
	);
	const client = openPayClient(settings.payApi, credentialsOf(config), log, clock);
	const verifier = verifierOf(config);
	const tools: ScanTools = { layouts: layoutsOf(settings), verifier, clock, newId: randomUUID };
	const rooms: Rooms = {
		settings,
		version: versionOf(),
		journal,
		client,
		verifier,
		news$: merge(...settings.scanners.map((scanner) => scannerNews$(scanner, settings, tools))),
		printer: printerOf(settings, log),
		explain: loadMessages(settings.language, { minutes: String(settings.waitMinutes) }).explain,
		clock,
		log,
		newId: randomUUID,
	};
	const close = async () => {
		await client.close();
		journal.close();
	};
	return { rooms, close };
}

/** Each scanner opens, is read, and is opened again whenever it goes away. */
function scannerNews$(scanner: ScannerSettings, settings: Settings, tools: ScanTools) {
	const { name, driver: id, path, mostFrameBytes } = scanner;
	const driver = driverOf(scannerDrivers, id);
	const framing = scanner.framing ?? driver.framing;
	const presence$ = keepOpen(() => openSerial(path, scanner.line ?? driver.line), settings.reopen, clock);
	return scans$({ name, framing, aim: scanner.aim ?? driver.aim, mostFrameBytes }, presence$, tools);
}

function printerOf({ printers: [first] }: Settings, log: Log): Rooms["printer"] {
	if (first === undefined) return undefined;
	const { name, host, port, deadlines } = first;
	const driver = driverOf(printerDrivers, first.driver);
	const open = () => openTcp(host, port, deadlines.connectMs);
	return { name, columns: driver.columns, queue: printQueue({ driver, open, deadlines }, clock, log) };
}

function driverOf<D>(drivers: Readonly<Record<string, D>>, id: string): D {
	const driver = drivers[id];
	if (driver === undefined) throw new FaultError("config-invalid", `there is no driver ${id}`);
	return driver;
}

function verifierOf({ settings, brandKeys }: LoadedConfig): Verifier {
	const brands = settings.brands.flatMap(({ name, totp }) => {
		const key = brandKeys.get(name);
		return key === undefined ? [] : [{ name, key, totp }];
	});
	return builtinVerifier(brands, tillFingerprint(clock.now()), clock);
}

function layoutsOf({ brands }: Settings) {
	return compileLayouts(
		brands.map(({ name, layouts, totp }) => ({ name, layouts, passLength: totp.passLength })),
	);
}

function credentialsOf({ settings, password, ca }: LoadedConfig) {
	return { login: settings.payApi.login, password, ...(ca !== undefined && { ca }) };
}

function versionOf(): string {
	return JSON.parse(readFileSync(join(import.meta.dirname, "../package.json"), "utf8")).version;
}

function toldToStop(): Promise<NodeJS.Signals> {
	return new Promise((resolve) => {
		for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => resolve(signal));
	});
}

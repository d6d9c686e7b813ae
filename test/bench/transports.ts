/**
 * From a scanner's bytes to the judged scan, over every transport: kassad's road beside the least that its libraries
 * can do, both in this process. `node test/bench/transports.ts 200` runs it alone.
 */
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Subject } from "rxjs";
import { SerialPort } from "serialport";
import { scannerDrivers } from "../../drivers/index.ts";
import { cardText } from "../../hardware-mocks/scanner/barcodes.ts";
import { hidDescriptors } from "../../hardware-mocks/scanner/hid-descriptors.ts";
import { HidDeviceMock } from "../../hardware-mocks/scanner/hid-device.ts";
import { hidReports } from "../../hardware-mocks/scanner/hid-kinds.ts";
import { typedReports } from "../../hardware-mocks/scanner/keys.ts";
import { openPty } from "../../hardware-mocks/scanner/pty.ts";
import { ssiBytes } from "../../hardware-mocks/scanner/ssi-packets.ts";
import { systemClock } from "../../src/clock.ts";
import type { Port } from "../../src/model/device.ts";
import { Secret } from "../../src/model/secret.ts";
import { atOnce } from "../../src/model/turns.ts";
import { portOfHid } from "../../src/ports/hid-port.ts";
import { openSerial } from "../../src/ports/serial.ts";
import { builtinVerifier } from "../../src/scan/builtin-verifier.ts";
import { compileLayouts } from "../../src/scan/layouts.ts";
import { scans$ } from "../../src/scan/scans.ts";
import { scannerOf, usualPictures } from "../../src/scanners/scanners.ts";
import { type Row, table } from "./table.ts";

const key = randomBytes(32).toString("hex");
const warmUp = 20;

/** One end of a transport for each of the two, the same code shown to both. */
type Ends = {
	readonly port: Port;
	/** Calls back at each code. */
	readonly bare: (heard: () => void) => void;
	readonly show: (to: "kassad" | "bare", text: string) => void;
	readonly close: () => Promise<void>;
};

/** Transports by the family that stands for them. */
const transports: Readonly<Record<string, (id: string) => Promise<Ends>>> = {
	"serial-generic": (id) => overPty(id, (text) => Buffer.from(`]Q1${text}\r`, "latin1"), atCr),
	"zebra-ssi": (id) =>
		overPty(id, (text) => ssiBytes(0xf3, 0, Buffer.from(`\x1c${text}`, "latin1")), atPacket),
	"honeywell-hid-pos": (id) => overHid(id, (text) => hidReports("honeywell", "qr", text), joinReports),
	"keyboard-wedge": (id) => overHid(id, (text) => typedReports(`]Q1${text}`), joinKeys),
};

/** A row for each transport, in turn and with the same cards. */
export async function transportRows(runs: number): Promise<Row[]> {
	const rows: Row[] = [];
	for (const [id, open] of Object.entries(transports)) rows.push(await rowOf(id, await open(id), runs));
	return rows;
}

async function rowOf(id: string, ends: Ends, runs: number): Promise<Row> {
	// The bare end judges nothing, and over HID it takes microseconds.
	const row = { name: `scan, ${id}`, kassad: [] as number[], bare: [] as number[], hasGoal: false };
	const heard: Record<"kassad" | "bare", () => void> = { kassad: () => undefined, bare: () => undefined };
	const subscription = kassadAt(id, ends.port, () => heard.kassad());
	ends.bare(() => heard.bare());
	for (let run = 0; run < warmUp + runs; run += 1) {
		const session = run.toString(36).toUpperCase().padStart(6, "0");
		const text = cardText({ prefix: "77", number: "1234567890123", session, key });
		for (const who of ["kassad", "bare"] as const) {
			const { promise, resolve } = Promise.withResolvers<void>();
			heard[who] = resolve;
			const from = performance.now();
			ends.show(who, text);
			await promise;
			if (run >= warmUp) row[who].push(performance.now() - from);
		}
	}
	subscription.unsubscribe();
	await ends.close();
	return row;
}

function kassadAt(id: string, port: Port, told: () => void) {
	const driver = driverOf(id);
	const number = { least: 13, most: 13 };
	const symbologies = ["qr" as const];
	const layout = { symbologies, prefix: "77", number, session: { least: 6, most: 6 } };
	const rule = { interval: 30, passLength: 3, windowSteps: 1 };
	const totp = { ...rule, hash: "SHA256", keyDerivation: "hmac-prefix-number" } as const;
	const brand = { name: "example", layouts: [layout], totp, key: new Secret(key) };
	const tools = {
		layouts: compileLayouts([{ ...brand, passLength: totp.passLength }]),
		verifier: builtinVerifier([brand], new Secret("AA"), systemClock),
		clock: systemClock,
		clockIsOff: () => false,
		newId: () => "id",
		keptOut: () => undefined,
		bounceMs: 0,
		decoder: { decode: async () => [] },
		turn: atOnce,
	};
	const settings = { name: "front", driver: id, path: "", line: null, framing: null, mostFrameBytes: 8_192 };
	const scanner = scannerOf(
		{ ...settings, aim: null, codeIds: null, acknowledges: null, pictures: null },
		driver,
		usualPictures,
	);
	const presence$ = new Subject<{ readonly state: "open"; readonly port: Port }>();
	const subscription = scans$(scanner, presence$, tools).subscribe((news) => {
		if (news.type === "discarded" || (news.type === "scan" && news.scan.kind !== "payable"))
			throw new Error(`${id}: the card was not read`);
		if (news.type === "scan") told();
	});
	presence$.next({ state: "open", port });
	return subscription;
}

function driverOf(id: string) {
	const driver = scannerDrivers[id];
	if (driver === undefined) throw new Error(`no driver ${id}`);
	return driver;
}

async function overPty(
	id: string,
	bytesOf: (text: string) => Uint8Array,
	cut: (line: SerialPort, heard: () => void) => void,
): Promise<Ends> {
	const folder = mkdtempSync(join(tmpdir(), "kassad-bench-"));
	const lines = { kassad: openPty(() => undefined), bare: openPty(() => undefined) };
	const line = driverOf(id).line ?? scannerDrivers["serial-generic"]?.line;
	if (line === null || line === undefined) throw new Error(`${id} has no line`);
	const port = await openSerial(lines.kassad.path, line);
	const bare = new SerialPort({ path: lines.bare.path, baudRate: 9_600 });
	return {
		port,
		bare: (heard) => cut(bare, heard),
		show: (who, text) => void lines[who].write(bytesOf(text)),
		close: async () => {
			await port.close();
			await new Promise<void>((resolve) => bare.close(() => resolve()));
			await Promise.all(Object.values(lines).map((pty) => pty.close()));
			rmSync(folder, { recursive: true });
		},
	};
}

function atCr(line: SerialPort, heard: () => void): void {
	let rest = Buffer.alloc(0);
	line.on("data", (piece: Buffer) => {
		rest = Buffer.concat([rest, piece]);
		const end = rest.indexOf(0x0d);
		if (end < 0) return;
		rest = rest.subarray(end + 1);
		heard();
	});
}

/** By the length, and with the acknowledgement that the scanner waits for. */
function atPacket(line: SerialPort, heard: () => void): void {
	const ack = Buffer.from("04d00400ff28", "hex");
	let rest = Buffer.alloc(0);
	line.on("data", (piece: Buffer) => {
		rest = Buffer.concat([rest, piece]);
		const length = (rest[0] ?? 255) + 2;
		if (rest.length < length) return;
		rest = rest.subarray(length);
		line.write(ack);
		heard();
	});
}

async function overHid(
	_id: string,
	reportsOf: (text: string) => readonly Uint8Array[],
	join: (device: HidDeviceMock, heard: () => void) => void,
): Promise<Ends> {
	const devices = {
		kassad: new HidDeviceMock(() => undefined),
		bare: new HidDeviceMock(() => undefined),
	};
	const port = portOfHid(devices.kassad, "hid", hidDescriptors.honeywell);
	return {
		port,
		bare: (heard) => join(devices.bare, heard),
		show: (who, text) => {
			for (const report of reportsOf(text)) devices[who].send(report);
		},
		close: async () => {
			await port.close();
			await devices.bare.close();
		},
	};
}

function joinReports(device: HidDeviceMock, heard: () => void): void {
	let code = Buffer.alloc(0);
	device.on("data", (report: Buffer) => {
		code = Buffer.concat([code, report.subarray(5, 5 + (report[1] ?? 0))]);
		if (report[63] !== 0) return;
		code = Buffer.alloc(0);
		heard();
	});
}

function joinKeys(device: HidDeviceMock, heard: () => void): void {
	device.on("data", (report: Buffer) => {
		if (report[2] === 0x28) heard();
	});
}

if (import.meta.main) {
	const rows = await transportRows(Number(process.argv[2] ?? 500));
	process.stdout.write(`${table(rows)}\n`);
}

import { randomBytes } from "node:crypto";
import { existsSync, writeFileSync } from "node:fs";
import { getSystemErrorMessage } from "node:util";
import type { Command } from "commander";
import { scannerDrivers } from "../../drivers/index.ts";
import { openLog } from "../log.ts";
import type { ScannerDriver } from "../model/device.ts";
import { FaultError } from "../model/fault.ts";
import type { ScannerSettings } from "../model/settings/devices.ts";
import { type Recording, writtenRecording } from "../scan/recording.ts";
import { redacted } from "../scan/recording-redact.ts";
import { openScanner } from "../scanners/opening.ts";
import { driverOf, scannerOf, usualPictures } from "../scanners/scanners.ts";
import type { RecordFlags } from "./record.ts";
import { type RecordedEnd, type RecordedSoFar, recordPort } from "./record-port.ts";
import { readScanSettings } from "./scan-settings.ts";

const clearLine = "\r\u001B[2K";

/**
 * Records the scanner that the options mean, until Ctrl-C, until the time is over, or until it is gone, and writes
 * what it said, redacted.
 * @throws {FaultError} `config-invalid` when something in the options is wrong, `scanner-away` when it cannot be opened.
 */
export async function record(flags: RecordFlags, command: Command): Promise<void> {
	const { settings, prefixes, pictures } = chosen(flags, command);
	const driver = driverOf(scannerDrivers, settings.driver);
	const scanner = scannerOf(settings, driver, pictures);
	if (existsSync(flags.out)) throw new FaultError("config-invalid", `${flags.out} is there already`);
	const port = await openScanner(settings, driver, openLog("warn", process.stderr));
	const stop = new AbortController();
	process.once("SIGINT", () => stop.abort());
	if (flags.seconds !== undefined) setTimeout(() => stop.abort(), flags.seconds * 1_000);
	process.stderr.write(`Recording ${settings.path}. ${flags.seconds ? "" : "Ctrl-C ends it."}\n`);
	const { pieces, end } = await recordPort(port, scanner, stop.signal, progress);
	const descriptor = port.hid?.descriptor;
	await port.close();
	const codeIds = scanner.aim ? null : scanner.codeIds;
	const rules = { framing: scanner.framing, codeIds, prefixes, descriptor };
	const hidden = redacted(pieces, rules, randomBytes(32));
	write(flags.out, { header: headerOf(settings, driver, flags, descriptor), pieces: hidden });
	if (process.stderr.isTTY) process.stderr.write(clearLine);
	process.stderr.write(`${endWords(end)}${pieces.length} pieces are in ${flags.out}.\n`);
}

/** The scanner that the options mean, and what a card may begin with as far as the settings tell. */
function chosen({ config, scanner, path, driver }: RecordFlags, command: Command) {
	if (scanner !== undefined && path === undefined && driver === undefined) {
		const { scanners, brands, scans } = readScanSettings(config);
		const settings = scanners.find(({ name }) => name === scanner);
		if (settings === undefined) {
			const names = scanners.map(({ name }) => name).join(", ") || "none";
			throw new FaultError("config-invalid", `${config} has no scanner ${scanner}; it has: ${names}`);
		}
		const prefixes = brands.flatMap(({ layouts }) => layouts.map(({ prefix }) => prefix));
		return { settings, prefixes, pictures: scans.pictures };
	}
	if (scanner !== undefined || path === undefined || driver === undefined) {
		command.error("error: expected --scanner, or --path and --driver");
	}
	return { settings: { ...unset, driver, path }, prefixes: [], pictures: usualPictures };
}

/** A scanner of which nothing but its family is known. */
const unset = {
	name: "recorded",
	line: null,
	framing: null,
	aim: null,
	codeIds: null,
	acknowledges: null,
	pictures: null,
	mostFrameBytes: 8_192,
} as const;

function headerOf(
	{ framing, aim, codeIds, pictures, line }: ScannerSettings,
	driver: ScannerDriver,
	{ title }: RecordFlags,
	descriptor: Uint8Array | undefined,
): Recording["header"] {
	const ownLine = line ?? driver.line;
	return {
		kassadRecording: 1,
		driver: driver.id,
		channel: driver.channel,
		title: title ?? driver.title,
		redacted: true,
		note: "Every letter and digit of every read was replaced by a random one.",
		...(framing !== null && { framing }),
		...(aim !== null && { aim }),
		...(codeIds !== null && { codeIds }),
		...(pictures !== null && { pictures }),
		...(driver.channel === "serial" && ownLine !== null && { line: ownLine }),
		...(descriptor && { descriptor }),
	};
}

function write(file: string, recording: Recording): void {
	try {
		writeFileSync(file, writtenRecording(recording), { flag: "wx", mode: 0o600 });
	} catch (error) {
		const words = getSystemErrorMessage((error as NodeJS.ErrnoException).errno ?? 0);
		throw new FaultError("config-invalid", `cannot write ${file}: ${words}`);
	}
}

function progress({ pieces, bytes, reads, seconds }: RecordedSoFar): void {
	if (!process.stderr.isTTY) return;
	const facts = [`${pieces} pieces`, `${bytes} bytes`, `${reads} reads`, `${Math.round(seconds)} s`];
	process.stderr.write(`${clearLine}${facts.join(", ")}`);
}

function endWords(end: RecordedEnd): string {
	if (end === "stopped") return "";
	return end === "full" ? "The file is full. " : `The scanner is away: ${end.detail}. `;
}

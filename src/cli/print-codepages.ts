import { createInterface } from "node:readline";
import { EMPTY, filter, firstValueFrom, fromEvent, map, merge, type Observable, race, take } from "rxjs";
import { printerDrivers } from "../../drivers/index.ts";
import { systemClock as clock } from "../clock.ts";
import { writeSetting } from "../config/edit.ts";
import { openLog } from "../log.ts";
import type { Port } from "../model/device.ts";
import { FaultError } from "../model/fault.ts";
import type { CodePage } from "../model/printer.ts";
import type { PrinterSettings } from "../model/settings/devices.ts";
import { openPrinterPort } from "../ports/printer-port.ts";
import { type Candidate, codePageStrip, pageOfMark } from "../print/code-page-strip.ts";
import { within } from "../print/deadline.ts";
import { compileLayouts } from "../scan/layouts.ts";
import { driverOf } from "../scanners/scanners.ts";
import { refuseBesideDaemon } from "./beside-daemon.ts";
import type { PrinterFlags } from "./print.ts";
import { printerNamed, readPrintSettings } from "./print-settings.ts";
import { live$ } from "./scan-live.ts";

/**
 * Prints the strip, waits until the technician has read a barcode of it or typed its number, and saves what was chosen.
 * @throws {FaultError} `config-invalid`, `printer-unreachable`
 */
export async function findCodePage({ config, printer: name }: PrinterFlags): Promise<void> {
	const settings = readPrintSettings(config);
	const { printer, index } = printerNamed(settings, name, config);
	await refuseBesideDaemon(settings.socket.path, "the printers", "printer-unreachable");
	const { bytes, candidates } = codePageStrip(driverOf(printerDrivers, printer.driver).tuned(printer.tuning));
	process.stderr.write(`Printing ${candidates.length} code pages on ${printer.name} ...\n`);
	await send(bytes, printer);
	process.stderr.write(invitation(settings.scanners.length > 0, candidates.length));
	const ports: Port[] = [];
	const chosen = await firstChoice(merge(scanned$(settings, ports), typed$(candidates)));
	await Promise.all(ports.map((port) => port.close()));
	if (chosen === undefined) {
		process.stderr.write("Nothing was chosen, and nothing is changed.\n");
		return;
	}
	const value = `{ encoding: ${chosen.encoding}, number: ${chosen.number} }`;
	writeSetting(config, ["printers", index, "tuning", "codePage"], value);
	process.stdout.write(`${config}: printers.${index} (${printer.name}): tuning.codePage is now ${value}\n`);
}

const invitation = (withScanner: boolean, count: number) =>
	`Read the barcode under the line that is right Russian${withScanner ? " with the till's scanner" : ""},
or type its number (1 to ${count}) and Enter; Ctrl-C or an empty line changes nothing.\n`;

/** @throws {FaultError} `printer-unreachable` */
async function send(bytes: Uint8Array, { connection, driver, deadlines }: PrinterSettings): Promise<void> {
	const { line } = driverOf(printerDrivers, driver);
	const port = await openPrinterPort(connection, line, deadlines.connectMs);
	const written = port.write(bytes).then(() => true);
	const isDone = await within(deadlines.writeMs, clock, written).finally(() => port.close());
	if (isDone === undefined) {
		throw new FaultError(
			"printer-unreachable",
			`the printer did not take all bytes within ${deadlines.writeMs} ms`,
		);
	}
}

/** What the scanners of the settings read, as far as it is on the strip. */
function scanned$(settings: ReturnType<typeof readPrintSettings>, ports: Port[]): Observable<CodePage> {
	const log = openLog("warn", process.stderr);
	// No card is judged here: with no layout every code is foreign.
	const tools = {
		layouts: compileLayouts([]),
		verifier: nobody,
		log,
		opened: (port: Port) => ports.push(port),
	};
	return merge(...settings.scanners.map((scanner) => live$(scanner, settings, tools))).pipe(
		map(({ news }) =>
			news.type === "scan" && news.scan.kind === "foreign"
				? pageOfMark(Buffer.from(news.scan.bytes).toString("latin1"))
				: undefined,
		),
		filter((page) => page !== undefined),
	);
}

const nobody = {
	verify: () => Promise.reject(new FaultError("internal-failure", "no card is judged")),
	token: () => Promise.reject(new FaultError("internal-failure", "no card is judged")),
};

/** The number that somebody types; undefined for an empty line and the end of the input. */
function typed$(candidates: readonly Candidate[]): Observable<CodePage | undefined> {
	const lines = createInterface({ input: process.stdin });
	const line$ = fromEvent(lines, "line") as Observable<string>;
	const choice$ = line$.pipe(
		map((line) => (line.trim() === "" ? "nothing" : candidates.find(({ at }) => at === Number(line)))),
		filter((choice) => {
			if (choice === undefined) process.stderr.write(`There is no such number; 1 to ${candidates.length}.\n`);
			return choice !== undefined;
		}),
		map((choice) => (choice === "nothing" ? undefined : choice?.codePage)),
	);
	// At a terminal the end of the input is Ctrl-D; a pipe that has ended leaves it to the scanner.
	const end$ = process.stdin.isTTY ? fromEvent(lines, "close").pipe(map(() => undefined)) : EMPTY;
	return merge(choice$, end$);
}

function firstChoice(choice$: Observable<CodePage | undefined>): Promise<CodePage | undefined> {
	const stopped$ = race(fromEvent(process, "SIGINT"), fromEvent(process, "SIGTERM"));
	return firstValueFrom(merge(choice$, stopped$.pipe(map(() => undefined))).pipe(take(1)));
}

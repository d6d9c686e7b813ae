import { printerDrivers } from "../../drivers/index.ts";
import type { Block } from "../../src/model/block.ts";
import type { Port } from "../../src/model/device.ts";
import { type FaultCode, FaultError } from "../../src/model/fault.ts";
import type { Log } from "../../src/model/log.ts";
import type { PrinterDriver } from "../../src/model/printer-driver.ts";
import { openTcp } from "../../src/ports/tcp.ts";
import { openPrinter, type PrintHooks } from "../../src/print/printer.ts";
import { handClock } from "./hand-clock.ts";
import { portInHand } from "./port-in-hand.ts";
import { ready, type Script, type ScriptedPrinter, startScriptedPrinter } from "./scripted-printer.ts";

function driver(id: string): PrinterDriver {
	const found = printerDrivers[id];
	if (found === undefined) throw new FaultError("config-invalid", id);
	return found;
}

export const [epson, generic, clone] = [
	driver("epson-tm-t20iii"),
	driver("generic-80mm"),
	driver("xprinter"),
];

export const nothing: () => void = () => undefined;

/** Keeps what is logged, by its message. */
export function keptLog() {
	const lines: { readonly facts: object; readonly message: string }[] = [];
	const write = (facts: object, message: string) => void lines.push({ facts, message });
	const log: Log = { trace: write, debug: write, info: write, warn: write, error: write };
	return { log, lines };
}

export const line = (text: string): Block => [
	{ kind: "text", text, align: "left", bold: false, size: 1 },
	{ kind: "cut" },
];
export const block = line("Молоко");

/** Each deadline has a length of its own, by which a test lets it pass. */
export const deadlines = { connectMs: 6, statusMs: 1, writeMs: 2, confirmMs: 3, reloadMs: 4 };
export const statusEveryMs = 5;

/** After which answers that come at once are believed on a channel that may hold old ones. */
export const silenceMs = 100;

/** How long a block's confirmation is waited for. */
export const budget = (driver: PrinterDriver, of = block) => deadlines.confirmMs + driver.paperMs(of);

/** A clock on which only the silence at the beginning of a channel passes by itself. */
export function clockInHand() {
	const clock = handClock();
	clock.pass(silenceMs);
	return clock;
}

const open: ScriptedPrinter[] = [];

export async function printerThat(does: Partial<Script>): Promise<ScriptedPrinter> {
	const printer = await startScriptedPrinter({ rounds: [ready, ready], confirms: "yes", ...does });
	open.push(printer);
	return printer;
}

export async function closeAll(): Promise<void> {
	await Promise.all(open.splice(0).map((printer) => printer.close()));
}

export type Printing = {
	readonly driver?: PrinterDriver;
	readonly clock?: ReturnType<typeof handClock>;
	readonly hooks?: Partial<PrintHooks>;
	readonly block?: Block;
	/** Makes something else of the port that was opened. */
	readonly through?: (port: Port) => Port;
};

/** A printer in memory, and what it is printed with. */
export function printerInHand(driver: PrinterDriver, hooks: Partial<PrintHooks> = {}) {
	const hand = portInHand();
	const clock = clockInHand();
	const facts = { name: "receipt", statusEveryMs, deadlines };
	const { log, lines } = keptLog();
	const printer = openPrinter(facts, driver, { open: async () => hand.port }, { clock, log });
	const waits: FaultCode[] = [];
	const print = (of = block) =>
		printer.print(of, { begun: nothing, waits: (fault) => waits.push(fault), ...hooks });
	return { hand, clock, printer, print, waits, lines };
}

/** The question for the proof of a printer's first block, from its beginning. */
export const proofOf = ({ confirmation }: PrinterDriver) =>
	(confirmation("0000") ?? epson.status()).request.subarray(0, 3);

/** Prints a block, with a channel of its own, and tells what came of it. */
export function printing(
	{ port }: Pick<ScriptedPrinter, "port">,
	{
		driver = epson,
		clock = clockInHand(),
		hooks,
		block: of = block,
		through = (opened) => opened,
	}: Printing = {},
) {
	const way = { open: async () => through(await openTcp("127.0.0.1", port, 1_000)) };
	const facts = { name: "receipt", statusEveryMs, deadlines };
	const printer = openPrinter(facts, driver, way, { clock, log: keptLog().log });
	return printer.print(of, { begun: nothing, ...hooks });
}

export const unknownAs = (detail: string) => ({ state: "unknown", fault: "print-unconfirmed", detail });

export const countIn = (received: Buffer, wanted: Uint8Array) =>
	received.toString("latin1").split(Buffer.from(wanted).toString("latin1")).length - 1;
export const blocksIn = (received: Buffer, of = block, by = epson) => countIn(received, by.encode(of));

import { printerDrivers } from "../../drivers/index.ts";
import { probed, type Suggestion } from "../../drivers/printers/probed.ts";
import { systemClock as clock } from "../clock.ts";
import { loadDocuments } from "../documents.ts";
import { openLog } from "../log.ts";
import type { Block } from "../model/block.ts";
import type { PrintVerdict } from "../model/print.ts";
import type { PrinterConditions, PrinterIdentity } from "../model/printer.ts";
import type { PrinterDriver } from "../model/printer-driver.ts";
import type { PrinterSettings } from "../model/settings/devices.ts";
import { openPrinterPort } from "../ports/printer-port.ts";
import { converse } from "../print/conversation.ts";
import { documentBlock } from "../print/documents/documents.ts";
import { openPrinters, printerDriverOf } from "../printers/printers.ts";
import { passwordAt } from "../scan/passwords.ts";
import { type TestCards, testCards } from "../selftest/test-cards.ts";
import { refuseBesideDaemon } from "./beside-daemon.ts";
import type { TestFlags } from "./print.ts";
import { printerNamed, readPrintSettings } from "./print-settings.ts";
import { testReport } from "./print-test-report.ts";
import { readBrandKeys } from "./scan-settings.ts";

type Settings = ReturnType<typeof readPrintSettings>;

/** What a printer said before the sheet, and what became of the sheet. */
export type TestFindings = {
	readonly printer: string;
	readonly driver: PrinterDriver;
	readonly identity: PrinterIdentity | undefined;
	readonly conditions: PrinterConditions | undefined;
	readonly suggestion: Suggestion;
	readonly verdict: PrintVerdict;
	/** From the first byte to the verdict, ms. */
	readonly tookMs: number;
	/** Whether the sheet carries a live card; else why not. */
	readonly card: true | string;
};

/**
 * Asks a printer what it is and how it is, prints the self-test sheet on it, and tells what is known of the paper. The
 * exit code is 0 only when the printer has proved that the sheet is printed.
 * @throws {FaultError} `config-invalid`; `printer-unreachable` with what the technician can do.
 */
export async function testPrinter({ config, printer: name, json }: TestFlags): Promise<void> {
	const settings = readPrintSettings(config);
	const { printer } = printerNamed(settings, name, config);
	await refuseBesideDaemon(settings.socket.path, "the printers", "printer-unreachable");
	const driver = printerDriverOf(printer, printerDrivers);
	const said = await meet(printer, driver);
	const cards = liveCards(settings, config);
	const { verdict, tookMs } = await printed(sheet(printer, driver, cards), printer, settings);
	const findings: TestFindings = {
		printer: printer.name,
		driver,
		...said,
		suggestion: probed(said.identity, said.conditions),
		verdict,
		tookMs,
		card: typeof cards === "string" ? cards : true,
	};
	process.stdout.write(testReport(findings, json === true));
	if (verdict.state !== "printed") process.exitCode = 1;
}

/** What it says of itself. A printer that says nothing may be well all the same. */
async function meet({ connection, deadlines }: PrinterSettings, driver: PrinterDriver) {
	const port = await openPrinterPort(connection, driver.line, deadlines.connectMs);
	const tools = { listen: driver.listen(), owed: { count: 0 }, unasked: () => undefined, clock };
	const talk = converse(port, tools);
	const conditions = await talk.ask(driver.status(), deadlines.statusMs, "at-once");
	const identity = await talk.ask(driver.identity(), deadlines.statusMs, "by-turn");
	await talk.close(deadlines.statusMs);
	return { identity, conditions };
}

/** Cards of the first brand whose passwords can be made here, or why there are none. */
function liveCards(settings: Settings, path: string): TestCards | string {
	const { keys, missing } = readBrandKeys(path, settings, process.env);
	for (const brand of settings.brands) {
		const key = keys.get(brand.name);
		if (key === undefined || brand.verifier !== "builtin") continue;
		const passwords = (number: string, at: number) => passwordAt({ ...brand, key }, number, at);
		return testCards(brand, { passwordAt: passwords, random: Math.random }, clock.now());
	}
	return missing[0] ?? "no brand's passwords are made by kassad itself";
}

function sheet({ name }: PrinterSettings, driver: PrinterDriver, cards: TestCards | string): Block {
	const { columns, dots, title } = driver;
	const live = typeof cards !== "string" && { cards: { texts: cards.texts.reveal(), until: cards.until } };
	const facts = { printer: `${name}: ${title}`, dots, at: clock.now(), ...live };
	const tools = { columns, templates: loadDocuments(), titles: {} };
	return documentBlock({ document: "self-test", mark: "original", facts }, tools);
}

/** Prints a block on a printer that nobody holds, and tells what is known of the paper. */
export async function printed(block: Block, settings: PrinterSettings, { reopen }: Pick<Settings, "reopen">) {
	const log = openLog("warn", process.stderr);
	// A channel for this block alone: nothing is left open when it is judged.
	const alone = { printers: [{ ...settings, keepOpen: false }], reopen };
	const printers = openPrinters(alone, printerDrivers, { clock, log });
	let begunAt = clock.now();
	const waits = (fault: string) => void process.stderr.write(`The printer waits: ${fault}\n`);
	const begun = () => {
		begunAt = clock.now();
	};
	const verdict = await printers.all[0]?.print(block, { begun, waits });
	const tookMs = clock.now() - begunAt;
	await printers.close();
	if (verdict === undefined) throw new TypeError("one printer was opened");
	return { verdict, tookMs };
}

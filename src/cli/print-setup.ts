import { printerDrivers } from "../../drivers/index.ts";
import { drawnSetupCode } from "../../drivers/printers/symbols/drawn.ts";
import { type SetupSheet, setupSheets } from "../../drivers/scanners/setup-codes.ts";
import type { Block, Line } from "../model/block.ts";
import { FaultError } from "../model/fault.ts";
import { wrap as laidOut } from "../print/documents/layout.ts";
import { printerDriverOf } from "../printers/printers.ts";
import { refuseBesideDaemon } from "./beside-daemon.ts";
import type { PrinterFlags } from "./print.ts";
import { printerNamed, readPrintSettings } from "./print-settings.ts";
import { printed } from "./print-test.ts";
import { wrap } from "./wrap.ts";

/**
 * Prints the bar codes that set up a family of scanners, or lists the families. The exit code is 0 only when the printer
 * has proved that they are printed.
 * @throws {FaultError} `config-invalid` when there is no such family; `printer-unreachable`.
 */
export async function printSetup(
	family: string | undefined,
	{ config, printer: name }: PrinterFlags,
): Promise<void> {
	if (family === undefined) {
		process.stdout.write(`${list()}\n`);
		return;
	}
	const sheet = Object.hasOwn(setupSheets, family) ? setupSheets[family] : undefined;
	if (sheet === undefined) {
		const families = Object.keys(setupSheets).join(", ");
		throw new FaultError("config-invalid", `expected a family of: ${families}, got ${family}`);
	}
	const settings = readPrintSettings(config);
	const { printer } = printerNamed(settings, name, config);
	await refuseBesideDaemon(settings.socket.path, "the printers", "printer-unreachable");
	const driver = printerDriverOf(printer, printerDrivers);
	const { verdict } = await printed(setupBlock(sheet, driver), printer, settings);
	const isThere = verdict.state === "printed";
	process.stdout.write(
		`${isThere ? `printed, proved by ${verdict.evidence}` : `${verdict.state}: ${verdict.fault}`}\n`,
	);
	if (!isThere) process.exitCode = 1;
}

function list(): string {
	return Object.entries(setupSheets)
		.flatMap(([family, { title, drivers, codes }]) => [
			`${family}: ${title}`,
			...wrap(`codes: ${codes.map((code) => `${code.title.en}${mark(code)}`).join(", ")}`, 2, 4),
			...wrap(`afterwards with driver ${drivers.join(", ")}`, 2, 4),
		])
		.join("\n");
}

const mark = ({ verified }: { readonly verified: boolean }) => (verified ? "" : " (unverified)");

/** The sheet for a printer's paper; a code that does not fit is said to be left out. */
export function setupBlock({ title, codes }: SetupSheet, { dots, columns }: Paper): Block {
	const text = (words: string, bold = false) =>
		laidOut(words, columns).map((line): Line => ({ kind: "text", text: line, align: "left", bold, size: 1 }));
	const feed = (lines: number): Line => ({ kind: "feed", lines });
	const lines = codes.flatMap((code, index): Line[] => {
		const picture = drawnSetupCode(code.data, dots);
		const name = text(`${index + 1}. ${code.title.ru}`, true);
		if (picture === undefined) return [...name, ...text("бумага узка для этого кода"), feed(2)];
		const doubt = code.verified ? [] : text("не проверено");
		return [...name, ...doubt, feed(1), { kind: "picture", picture, align: "centre" }, feed(2)];
	});
	return [...text(title, true), feed(1), ...lines, { kind: "cut" }];
}

type Paper = { readonly dots: number; readonly columns: number };

import type { z } from "zod";
import { FaultError } from "../model/fault.ts";
import type { PrinterSettings } from "../model/settings/devices.ts";
import { settings as whole } from "../model/settings/settings.ts";
import { readSections } from "./read-sections.ts";

const sections = whole.pick({
	brands: true,
	bridge: true,
	scanners: true,
	reopen: true,
	scans: true,
	prints: true,
	printers: true,
	socket: true,
});

/** What the settings say of printers, and of the scanners that read what they print. */
type PrintSettings = z.infer<typeof sections>;

/**
 * Reads what a technician at the printers needs; see `readSections`.
 * @throws {FaultError} `config-invalid`
 */
export function readPrintSettings(path: string): PrintSettings {
	return readSections(path, sections);
}

/**
 * The printer of that name, or the first one where none is asked for, and its place among the others.
 * @throws {FaultError} `config-invalid` when there is none.
 */
export function printerNamed(
	{ printers }: Pick<PrintSettings, "printers">,
	name: string | undefined,
	path: string,
): { readonly printer: PrinterSettings; readonly index: number } {
	const index = name === undefined ? 0 : printers.findIndex((one) => one.name === name);
	const printer = printers[index];
	if (printer !== undefined) return { printer, index };
	const names = printers.map((one) => one.name).join(", ") || "none";
	throw new FaultError("config-invalid", `no such printer in ${path}; it has: ${names}`);
}

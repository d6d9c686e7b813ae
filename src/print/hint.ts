import type { Log } from "../model/log.ts";
import type { PrinterIdentity } from "../model/printer.ts";
import type { PrinterDriver } from "../model/printer-driver.ts";

/**
 * Writes down what a printer calls itself when the driver is called otherwise. It is a hint for the
 * technician and nothing else, since many printers claim to be a famous one.
 */
export function hint(
	printer: string,
	{ id, title }: PrinterDriver,
	{ maker, model, firmware }: PrinterIdentity,
	log: Log,
): void {
	if (model === undefined || bare(title).includes(bare(model))) return;
	log.info({ printer, driver: id, maker, model, firmware }, "the printer calls itself another model");
}

const bare = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, "");

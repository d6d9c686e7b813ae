import { FaultError } from "../model/fault.ts";
import type { Paper } from "../paper.ts";
import type { PrintMethods } from "../pos/print-methods.ts";
import type { Printer } from "../print/printer.ts";
import type { Printers } from "../printers/printers.ts";
import type { Rooms } from "../rooms.ts";

type Desks = Pick<PrintMethods, "print.hold" | "print.release" | "printer.status">;

/** Where POS programs ask how printers are, and tell them to wait. */
export function printerDesks(
	{ journal, printers }: Pick<Rooms, "journal" | "printers">,
	paper: Paper,
): Desks {
	const { prints } = journal;
	const told = (printer: Printer) => {
		paper.announce(printer);
		return paper.printerViewOf(printer);
	};
	return {
		"print.hold": async ({ printer }) => {
			const held = named(printer, printers);
			if (prints.isHeld(printer)) return paper.printerViewOf(held);
			prints.hold(printer);
			return told(held);
		},
		"print.release": async ({ printer }) => {
			const released = named(printer, printers);
			if (!prints.isHeld(printer)) return paper.printerViewOf(released);
			prints.release(printer);
			const view = told(released);
			paper.wake(printer);
			return view;
		},
		"printer.status": async ({ printer }) => {
			const asked = printer === undefined ? printers.all : [named(printer, printers)];
			return { printers: asked.map((one) => paper.printerViewOf(one)) };
		},
	};
}

/**
 * The name of the printer that is asked for; without one, of the first.
 * @throws {FaultError} `printer-not-found`; `printer-not-configured` when there is none at all.
 */
export function printerFor(asked: string | undefined, printers: Printers): string {
	if (asked !== undefined) return named(asked, printers).name;
	const [first] = printers.all;
	if (first === undefined) throw new FaultError("printer-not-configured");
	return first.name;
}

function named(asked: string, printers: Printers): Printer {
	const printer = printers.find(asked);
	if (printer !== undefined) return printer;
	const names = printers.all.map(({ name }) => name).join(", ");
	throw new FaultError("printer-not-found", `the printers are ${names || "none"}`);
}

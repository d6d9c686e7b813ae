import { Subject } from "rxjs";
import type { Clock } from "../model/clock.ts";
import type { Log } from "../model/log.ts";
import type { PrinterDriver } from "../model/printer-driver.ts";
import type { PrinterSettings, ReopenSettings } from "../model/settings/devices.ts";
import type { Settings } from "../model/settings/settings.ts";
import { keepOpen } from "../ports/keep-open.ts";
import { wakefulClock } from "../ports/plugged-open.ts";
import { canAnswer, openPrinterPort } from "../ports/printer-port.ts";
import { openPrinter, type Printer } from "../print/printer.ts";
import { driverOf } from "../scanners/scanners.ts";

/** All printers of the till. */
export type Printers = {
	/** In the order of the settings: the first one prints the payment slips. */
	readonly all: readonly Printer[];
	find(name: string): Printer | undefined;
	/** Ends them all, within some seconds; see `Printer`. */
	close(): Promise<void>;
};

type PrinterTools = { readonly clock: Clock; readonly log: Log };

/**
 * Opens every printer of the settings. None of them needs to be there: what is not is `away`, and tried again.
 * @throws {FaultError} `config-invalid` when there is no such driver.
 */
export function openPrinters(
	{ printers, reopen }: Pick<Settings, "printers" | "reopen">,
	drivers: Readonly<Record<string, PrinterDriver>>,
	tools: PrinterTools,
): Printers {
	const opened = printers.map((settings) => opening(settings, drivers, reopen, tools));
	return {
		all: opened.map(({ printer }) => printer),
		find: (name) => opened.find(({ printer }) => printer.name === name)?.printer,
		close: async () => {
			await Promise.all(opened.map(({ close }) => close()));
		},
	};
}

function opening(
	settings: PrinterSettings,
	drivers: Readonly<Record<string, PrinterDriver>>,
	reopen: ReopenSettings,
	{ clock, log }: PrinterTools,
) {
	const driver = printerDriverOf(settings, drivers);
	const open = () => openPrinterPort(settings.connection, driver.line, settings.deadlines.connectMs);
	if (!settings.keepOpen) {
		const printer = openPrinter(settings, driver, { open }, { clock, log });
		return { printer, close: printer.close };
	}
	const wanted$ = new Subject<void>();
	const wakeful = wakefulClock(clock, wanted$);
	const presence$ = keepOpen(open, reopen, wakeful.clock);
	const printer = openPrinter(settings, driver, { presence$, retry: () => wanted$.next() }, { clock, log });
	const close = async () => {
		await printer.close();
		wakeful.close();
	};
	return { printer, close };
}

/** What a technician knows of a printer to which there is no way back. */
const oneWay = { status: false, automaticStatus: false, confirmation: "none" } as const;

/**
 * The driver that the settings name, tuned by them.
 * @throws {FaultError} `config-invalid` when there is none.
 */
export function printerDriverOf(
	{ driver: id, tuning, connection }: Pick<PrinterSettings, "driver" | "tuning" | "connection">,
	drivers: Readonly<Record<string, PrinterDriver>>,
): PrinterDriver {
	const driver = driverOf(drivers, id);
	return driver.tuned(canAnswer(connection) ? tuning : { ...tuning, ...oneWay });
}

/**
 * A till that prints and nothing else, for those who kill it: `node print-child.ts FOLDER PORT NAME`. It goes on with
 * what the last one has left, wants one more print, and ends by itself when everything has its verdict.
 */
import { printerDrivers } from "../../drivers/index.ts";
import { systemClock as clock } from "../../src/clock.ts";
import { openPrinters } from "../../src/printers/printers.ts";
import { log, openDeskJournal, openPrintDesk, settings } from "./print-desk.ts";

const [folder = "", port = "", name = ""] = process.argv.slice(2);
const connection = { by: "tcp", host: "127.0.0.1", port: Number(port) } as const;
const shop = { ...settings, printers: settings.printers.map((printer) => ({ ...printer, connection })) };

const journal = openDeskJournal(folder, clock);
const printers = openPrinters(shop, printerDrivers, { clock, log });
const desk = openPrintDesk(journal, printers, clock, (error) => {
	throw error;
});
desk.open();
desk.print(name);
// Nothing is through yet: a printer takes its time. What the last one left in doubt was told before.
const { promise: quiet, resolve } = Promise.withResolvers<void>();
journal.events.live$.subscribe(({ type }) => {
	if (type === "print" && desk.isQuiet()) resolve();
});
await quiet;
await printers.close();
journal.close();

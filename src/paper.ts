import { merge, skip, Subscription, tap } from "rxjs";
import type { PrintRecord } from "./journal/print-reader.ts";
import type { FaultCode } from "./model/fault.ts";
import type { PrintVerdict } from "./model/print.ts";
import { documentFacts } from "./paper/document-facts.ts";
import { substitutes } from "./paper/substitutes.ts";
import { printWorker, type Worker, type WorkerTools } from "./paper/worker.ts";
import { type PrintView, printView } from "./pos/print-views.ts";
import { type PrinterView, printerView } from "./pos/printer-views.ts";
import { documentBlock } from "./print/documents/documents.ts";
import type { Printer } from "./print/printer.ts";
import type { Rooms } from "./rooms.ts";

/**
 * Brings what the journal has in its queue onto paper, and tells what came of it. The queue is the journal's own, so it
 * survives every end; each printer takes its prints in the order of their numbers.
 */
export type Paper = {
	/** Judges what the last run left in doubt, begins to print what still waits, and hears the printers. */
	open(): void;
	/** Something waits for this printer, or it may go on. */
	wake(printer: string): void;
	viewOf(print: PrintRecord): PrintView;
	printerViewOf(printer: Printer): PrinterView;
	/** Tells everybody how a printer is. */
	announce(printer: Printer): void;
	/** Begins nothing more; resolves when what has begun is judged. */
	close(): Promise<void>;
};

const minuteMs = 60_000;

/** @param fail is told when the till can no longer be trusted. */
export function openPaper(rooms: Rooms, fail: (error: unknown) => void): Paper {
	const { journal, printers, settings, explain, clock, log } = rooms;
	const { prints } = journal;
	const standing = new Map<number, FaultCode>();
	const workers = new Map<string, Worker>();
	const wake = (printer: string) => workers.get(printer)?.wake();
	const others = substitutes(settings.printers, (name) => workers.has(name) && !prints.isHeld(name));
	let news = Subscription.EMPTY;

	const viewOf = (print: PrintRecord) => {
		const waits = standing.get(print.id);
		return printView({ ...print, isHeld: prints.isHeld(print.printer), ...(waits && { waits }) }, explain);
	};
	const judge = (print: PrintRecord, verdict: PrintVerdict) => {
		const { id, operationId, printer } = print;
		standing.delete(id);
		others.forget(id);
		log.info({ print: id, operation: operationId, printer, ...verdict }, "print judged");
		prints.finish(id, verdict, viewOf({ ...print, ...verdict }));
	};
	const passOn: WorkerTools["passOn"] = (print, verdict) => {
		const other = others.nextFor(print, verdict);
		if (other === undefined) return false;
		log.warn({ print: print.id, printer: print.printer, substitute: other, ...verdict }, "another printer's turn");
		prints.move(print.id, other);
		wake(other);
		return true;
	};
	const waits: WorkerTools["waits"] = (print, fault) => {
		standing.set(print.id, fault);
		log.warn({ print: print.id, printer: print.printer, fault }, "the printer stands still in the middle");
		journal.events.announce("print", viewOf({ ...print, state: "printing" }));
	};
	const printerViewOf = ({ name: printer, status }: Printer) =>
		printerView(
			{ printer, status: status(), held: prints.isHeld(printer), waiting: prints.waiting(printer) },
			explain,
		);
	const announce = (printer: Printer) => {
		journal.events.announce("printer", printerViewOf(printer));
	};
	const tools: WorkerTools = {
		prints,
		blockOf: (print, printer) => {
			const facts = documentFacts(print, printer, rooms);
			const { paymentTypeTitles: titles } = settings.payApi;
			const { columns } = printer.driver;
			return facts && documentBlock(facts, { columns, templates: rooms.documents, titles });
		},
		isTooOld: ({ queuedAt }) => clock.now() - queuedAt > settings.prints.mostAgeMinutes * minuteMs,
		judge,
		waits,
		passOn,
		fail,
	};
	for (const printer of printers.all) workers.set(printer.name, printWorker(printer, tools));

	return {
		wake,
		viewOf,
		printerViewOf,
		announce,
		open: () => {
			for (const print of prints.inState("printing")) {
				judge(print, { state: "unknown", fault: "print-interrupted" });
			}
			for (const print of prints.inState("queued")) {
				if (!workers.has(print.printer)) judge(print, { state: "not-printed", fault: "printer-not-configured" });
			}
			const changes = printers.all.map((printer) =>
				// The first is how it is at the start, for those who ask.
				printer.status$.pipe(skip(1), tap(() => announce(printer))),
			);
			news = merge(...changes).subscribe({ error: fail });
			for (const worker of workers.values()) worker.wake();
		},
		close: async () => {
			news.unsubscribe();
			await Promise.all([...workers.values()].map((worker) => worker.stop()));
		},
	};
}

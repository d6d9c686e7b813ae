import { merge, Subscription, skip, tap } from "rxjs";
import type { PrintRecord } from "./journal/print-reader.ts";
import type { Block } from "./model/block.ts";
import type { FaultCode } from "./model/fault.ts";
import type { PrintVerdict } from "./model/print.ts";
import { documentFacts } from "./paper/document-facts.ts";
import { type Substitutes, substitutes } from "./paper/substitutes.ts";
import { printWorker, type Worker, type WorkerTools } from "./paper/worker.ts";
import { type PrintView, printView } from "./pos/print-views.ts";
import { type PrinterView, printerView } from "./pos/printer-views.ts";
import { documentBlock } from "./print/documents/documents.ts";
import type { Printer } from "./print/printer.ts";
import type { Rooms } from "./rooms.ts";

const minuteMs = 60_000;

/**
 * Brings what stands in the journal's queue onto paper, and tells what came of it. The queue survives every end, being
 * the journal's own; each printer takes its prints in the order of their numbers, and no print is tried again.
 */
export class Paper {
	readonly #rooms: Rooms;
	readonly #workers: ReadonlyMap<string, Worker>;
	readonly #substitutes: Substitutes;
	/** Why a printer stands still in the middle of a print. */
	readonly #standing = new Map<number, FaultCode>();
	readonly #fail: (error: unknown) => void;
	#news = Subscription.EMPTY;

	/** @param fail is told when the till can no longer be trusted. */
	constructor(rooms: Rooms, fail: (error: unknown) => void) {
		this.#rooms = rooms;
		this.#fail = fail;
		const { printers, settings, journal } = rooms;
		const tools: WorkerTools = {
			prints: journal.prints,
			blockOf: (print, printer) => this.#blockOf(print, printer),
			isTooOld: (print) => this.#isTooOld(print),
			judge: (print, verdict) => this.#judge(print, verdict),
			waits: (print, fault) => this.#standsStill(print, fault),
			passOn: (print, verdict) => this.#passOn(print, verdict),
			fail,
		};
		this.#workers = new Map(printers.all.map((printer) => [printer.name, printWorker(printer, tools)]));
		this.#substitutes = substitutes(settings.printers, (name) => this.#mayWork(name));
	}

	/** Judges what the last run left in doubt, hears the printers, and begins to print what waits. */
	open(): void {
		const { journal, printers } = this.#rooms;
		for (const print of journal.prints.inState("printing")) {
			this.#judge(print, { state: "unknown", fault: "print-interrupted" });
		}
		for (const print of journal.prints.inState("queued")) {
			if (this.#workers.has(print.printer)) continue;
			this.#judge(print, { state: "not-printed", fault: "printer-not-configured" });
		}
		// The first one is how a printer is at the start: that is for those who ask.
		const changes = printers.all.map((printer) =>
			printer.status$.pipe(
				skip(1),
				tap(() => this.announce(printer)),
			),
		);
		this.#news = merge(...changes).subscribe({ error: this.#fail });
		for (const worker of this.#workers.values()) worker.wake();
	}

	/** Something waits for this printer, or it may go on. */
	wake(printer: string): void {
		this.#workers.get(printer)?.wake();
	}

	/** Begins nothing more; resolves when what has begun is judged. */
	async close(): Promise<void> {
		this.#news.unsubscribe();
		await Promise.all([...this.#workers.values()].map((worker) => worker.stop()));
	}

	/** A print as a POS program sees it now. @throws {FaultError} `journal-failed` */
	viewOf(print: PrintRecord): PrintView {
		const { journal, explain } = this.#rooms;
		const waits = this.#standing.get(print.id);
		const isHeld = journal.prints.isHeld(print.printer);
		return printView({ ...print, isHeld, ...(waits && { waits }) }, explain);
	}

	/** A printer as a POS program sees it now. @throws {FaultError} `journal-failed` */
	printerViewOf(printer: Printer): PrinterView {
		const { journal, explain } = this.#rooms;
		const { name } = printer;
		const { prints } = journal;
		const facts = { held: prints.isHeld(name), waiting: prints.waiting(name) };
		return printerView({ printer: name, status: printer.status(), ...facts }, explain);
	}

	/** Tells everybody how a printer is. @throws {FaultError} `journal-failed` */
	announce(printer: Printer): void {
		this.#rooms.journal.events.announce("printer", this.printerViewOf(printer));
	}

	#mayWork(printer: string): boolean {
		return this.#workers.has(printer) && !this.#rooms.journal.prints.isHeld(printer);
	}

	#blockOf(print: PrintRecord, printer: Printer): Block | undefined {
		const { settings, documents: templates } = this.#rooms;
		const facts = documentFacts(print, printer, this.#rooms);
		const titles = settings.payApi.paymentTypeTitles;
		return facts && documentBlock(facts, { columns: printer.driver.columns, templates, titles });
	}

	#isTooOld({ queuedAt }: PrintRecord): boolean {
		const { clock, settings } = this.#rooms;
		return clock.now() - queuedAt > settings.prints.mostAgeMinutes * minuteMs;
	}

	#judge(print: PrintRecord, verdict: PrintVerdict): void {
		const { journal, log } = this.#rooms;
		const { id, operationId, printer } = print;
		this.#standing.delete(id);
		this.#substitutes.forget(id);
		log.info({ print: id, operation: operationId, printer, ...verdict }, "print judged");
		journal.prints.finish(id, verdict, this.viewOf({ ...print, ...verdict }));
	}

	#standsStill(print: PrintRecord, fault: FaultCode): void {
		const { journal, log } = this.#rooms;
		this.#standing.set(print.id, fault);
		log.warn({ print: print.id, printer: print.printer, fault }, "the printer stands still in the middle");
		journal.events.announce("print", this.viewOf({ ...print, state: "printing" }));
	}

	#passOn({ id, printer }: PrintRecord, verdict: PrintVerdict): boolean {
		const substitute = this.#substitutes.nextFor({ id, printer }, verdict);
		if (substitute === undefined) return false;
		this.#rooms.log.warn({ print: id, printer, substitute, ...verdict }, "a substitute prints instead");
		this.#rooms.journal.prints.move(id, substitute);
		this.wake(substitute);
		return true;
	}
}

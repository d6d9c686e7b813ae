import { merge, Subscription, skip, tap } from "rxjs";
import { toldTill } from "./counter/tills.ts";
import type { PrintRecord } from "./journal/print-reader.ts";
import type { Block } from "./model/block.ts";
import type { FaultCode } from "./model/fault.ts";
import type { PrintVerdict } from "./model/print.ts";
import { msBetween, type StepFacts, tellStep } from "./model/step.ts";
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
	/** When prints began that have no verdict yet, wall-clock ms. */
	readonly #begun = new Map<number, number>();
	readonly #fail: (error: unknown) => void;
	#news = Subscription.EMPTY;

	/** @param fail is told when the till can no longer be trusted. */
	constructor(rooms: Rooms, fail: (error: unknown) => void) {
		this.#rooms = rooms;
		this.#fail = fail;
		const { printers, settings, journal } = rooms;
		const tools: WorkerTools = {
			prints: journal.prints,
			began: (print) => this.#began(print),
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

	/** A print is in the queue, and nobody was told of it yet. @throws {FaultError} `journal-failed` */
	queued(printId: number): void {
		const print = this.#rooms.journal.prints.find(printId);
		if (print === undefined) return;
		const { mark, printer, subject } = print;
		this.tell(print, "print queued", {
			step: "print-queued",
			outcome: "queued",
			mark,
			document: subject.document,
		});
		this.wake(printer);
	}

	/** Tells the step of a print in the log. */
	tell(print: PrintRecord, message: string, facts: StepFacts, level: "info" | "warn" = "info"): void {
		const { id, operationId: operation, orderId, printer } = print;
		const about = { ...(operation !== undefined && { operation, orderId }), print: id, printer };
		tellStep(this.#rooms.log, message, { ...about, ...facts }, level);
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
		const { journal, explain, settings } = this.#rooms;
		const till = print.operationId === undefined ? {} : toldTill(print.terminal, settings.store);
		const waits = this.#standing.get(print.id);
		const isHeld = journal.prints.isHeld(print.printer);
		return printView({ ...print, ...till, isHeld, ...(waits && { waits }) }, explain);
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

	#began(print: PrintRecord): void {
		const now = this.#rooms.clock.now();
		this.#begun.set(print.id, now);
		const ms = msBetween(print.queuedAt, now);
		this.tell(print, "print begun", { step: "print-begun", outcome: "printing", ms });
	}

	#judge(print: PrintRecord, verdict: PrintVerdict): void {
		const { journal, clock } = this.#rooms;
		const { id, queuedAt } = print;
		const began = this.#begun.get(id) ?? print.begunAt ?? queuedAt;
		this.#begun.delete(id);
		this.#standing.delete(id);
		this.#substitutes.forget(id);
		const { seq } = journal.prints.finish(id, verdict, this.viewOf({ ...print, ...verdict }));
		const { state: outcome, ...why } = verdict;
		const ms = msBetween(began, clock.now());
		this.tell(print, "print judged", { step: "print-judged", outcome, ...why, ms });
		this.tell(print, "event told", { step: "told", outcome, event: seq });
	}

	#standsStill(print: PrintRecord, fault: FaultCode): void {
		const { journal } = this.#rooms;
		this.#standing.set(print.id, fault);
		const facts = { step: "print-stopped", outcome: "waiting", fault } as const;
		this.tell(print, "the printer stands still in the middle", facts, "warn");
		journal.events.announce("print", this.viewOf({ ...print, state: "printing" }));
	}

	#passOn(print: PrintRecord, verdict: PrintVerdict): boolean {
		const { id, printer } = print;
		const substitute = this.#substitutes.nextFor({ id, printer }, verdict);
		if (substitute === undefined) return false;
		const { state: outcome, ...why } = verdict;
		const facts = { step: "print-passed-on", substitute, outcome, ...why } as const;
		this.tell(print, "a substitute prints instead", facts, "warn");
		this.#rooms.journal.prints.move(id, substitute);
		this.wake(substitute);
		return true;
	}
}

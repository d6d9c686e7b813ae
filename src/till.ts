import { Subscription, tap } from "rxjs";
import { Pauses } from "./counter/pauses.ts";
import { scanOffer } from "./counter/scans.ts";
import { printerOf, storeOf, tillOf, toldTill } from "./counter/tills.ts";
import { openCounter } from "./counter.ts";
import type { PosEvent } from "./model/event.ts";
import { FaultError, faultOf } from "./model/fault.ts";
import type { Log } from "./model/log.ts";
import type { FinalOutcome, OpenOperation, Outcome, UnknownOutcome } from "./model/operation.ts";
import { logAbout, msBetween, tellStep } from "./model/step.ts";
import { Paper } from "./paper.ts";
import { drivePayment } from "./pay/payment.ts";
import { sendReceipt } from "./pay/receipt.ts";
import { driveRefund } from "./pay/refund.ts";
import type { Client } from "./pos/client.ts";
import type { Methods } from "./pos/methods.ts";
import { keptOutView, operationView, scanView } from "./pos/views.ts";
import type { Rooms } from "./rooms.ts";
import { Leases } from "./scan/lease.ts";
import type { ScannerNews } from "./scan/scans.ts";
import { type Shelf, scanShelf } from "./scan/shelf.ts";
import type { PlugNews } from "./scanners/plug-news.ts";

/** So many scans are remembered for each till that the daemon serves. */
const mostScans = 64;

/*
 * One scan becomes one slip:
 *
 *   scanner --bytes--> scan/ --Scan--> shelf          POS program
 *                                 |      |              |  ^
 *                                 | scanId --pay.start--+  |     (refunds and fiscal receipts begin here,
 *                                 v                        |      without a scan, and take the same road)
 *   journal: wish, requestId ----(on disk)----> pay/: checkout, polls, cancel <---> Pay API
 *                                                  |       |
 *   journal: outcome, slip, print, event <--Outcome+       |
 *        |            |                                    |
 *        |            +-------------- event ---------------+
 *        v                                                 |
 *   print/: block --bytes--> paper --> journal: verdict ---+
 */
export class Till {
	/** What POS programs may ask. */
	readonly methods: Methods;
	readonly #rooms: Rooms;
	readonly #shelf: Shelf;
	readonly #leases: Leases<Client>;
	readonly #pauses: Pauses;
	readonly #paper: Paper;
	/** Each payment under way, and the way to tell it who wants it cancelled. */
	readonly #cancels = new Map<string, AbortController>();
	#news = Subscription.EMPTY;
	readonly #stop = new AbortController();
	readonly #underway = new Set<Promise<void>>();
	readonly #failed = Promise.withResolvers<never>();

	constructor(rooms: Rooms) {
		this.#rooms = rooms;
		const { settings, clock } = rooms;
		const most = mostScans * (1 + settings.store.terminals.length);
		this.#shelf = scanShelf(settings.socket.scanLifetimeMs, clock, most);
		const shelf = this.#shelf;
		const { leaseMs } = settings.scans;
		const offer = scanOffer(rooms, leaseMs, (scanner) => this.#toldTill(scanner));
		this.#leases = new Leases({ leaseMs, shelf, offer }, most);
		this.#pauses = new Pauses(rooms, rooms.quiet);
		this.#paper = new Paper(rooms, (error) => this.#fail(error));
		const scans = { shelf, leases: this.#leases, leaseMs, pauses: this.#pauses };
		this.methods = openCounter(rooms, scans, {
			drive: (operation) => {
				this.#follow(this.#drive(operation));
				this.#tellWish(operation);
			},
			cancel: (operationId, by) => this.#cancels.get(operationId)?.abort(by),
			paper: this.#paper,
			stop: this.#stop.signal,
		});
	}

	/** Rejects when the till can no longer be trusted: the process must end, and the journal resumes. */
	get failed(): Promise<never> {
		return this.#failed.promise;
	}

	/** Finishes what the last run left open, by the same road, and begins to hear the devices. */
	open(): void {
		const { journal, news$, clock } = this.#rooms;
		journal.failed.catch((error: unknown) => this.#fail(error));
		const operations = journal.open();
		for (const operation of operations) {
			const { kind, startedAt } = operation;
			const facts = {
				step: "resumed",
				outcome: "in-progress",
				ms: msBetween(startedAt, clock.now()),
			} as const;
			tellStep(this.#logOf(operation), `a ${kind} was left open by the last run; finishing it`, facts);
			this.#follow(this.#drive(operation));
		}
		this.#paper.open();
		// Inside the pipe, so that a failure to hear ends the stream like one of its own.
		const heard$ = news$.pipe(tap((news) => this.#hear(news)));
		this.#news = heard$.subscribe({ error: (error: unknown) => this.#fail(error) });
	}

	/** Lets the devices go, ends what can be ended, and leaves the rest to the next run. */
	async close(): Promise<void> {
		this.#news.unsubscribe();
		this.#leases.close();
		this.#stop.abort(new FaultError("internal-failure", "kassad is stopping"));
		await Promise.allSettled([this.#paper.close(), ...this.#underway]);
	}

	#hear(news: ScannerNews | PlugNews): void {
		const { journal, explain, log, settings } = this.#rooms;
		if (news.type === "scan") {
			const { id, scanner } = news.scan;
			this.#shelf.put(news.scan);
			journal.events.announce("scan", { ...scanView(news.scan, explain), ...this.#toldTill(scanner) });
			this.#leases.put(id, tillOf(scanner, settings.store));
		} else if (news.type === "kept-out") {
			log.info({ scanner: news.scanner, fault: news.fault }, "a code was kept out");
			journal.events.announce("scan", { ...keptOutView(news, explain), ...this.#toldTill(news.scanner) });
		} else if (news.type === "discarded") {
			log.warn({ scanner: news.scanner, length: news.length, why: news.why }, "bytes discarded");
		} else if (news.type === "found") {
			const { driver, path } = news;
			log.info({ driver, path }, "a scanner is plugged in that the settings do not name");
			journal.events.announce("device", { state: "found", driver, path });
		} else if (news.type === "moved" || news.type === "replaced") {
			const { type: state, scanner, from, to } = news;
			log.warn({ scanner, from, to }, `scanner ${state}`);
			journal.events.announce("device", { scanner, state, ...this.#toldTill(scanner), from, to });
		} else {
			const { type: state, scanner } = news;
			const away = news.type === "away" && { detail: news.gone.detail, cashier: explain("scanner-away") };
			log.info({ scanner, ...(away && { detail: away.detail }) }, `scanner ${state}`);
			journal.events.announce("device", { scanner, state, ...this.#toldTill(scanner), ...away });
			if (state === "back") this.#pauses.back(scanner);
		}
	}

	/** From a wish on disk to its outcome, and into the queue of the printer when money has moved. */
	async #drive(operation: OpenOperation): Promise<void> {
		const { journal, printers, settings } = this.#rooms;
		const { id, kind, terminal } = operation;
		const printer = printerOf(terminal, settings.store, printers);
		const outcome = await this.#outcomeOf(operation);
		const hasSlip = outcome.kind === "settled" && kind !== "receipt" && printer !== undefined;
		const eventBody = this.#viewOf(operation, outcome);
		const print = hasSlip && { print: { printer } };
		const { printId, event } = journal.finish(id, outcome, { eventBody, ...print });
		this.#told(operation, eventBody, event);
		if (printId !== undefined) this.#paper.queued(printId);
	}

	async #outcomeOf(operation: OpenOperation): Promise<FinalOutcome> {
		const { journal, settings } = this.#rooms;
		const { id, kind, terminal, wish } = operation;
		// A fiscal receipt is sent without the header.
		const brand = kind === "receipt" ? "" : wish.brand;
		const tools = {
			...this.#rooms,
			settings: settings.payApi,
			store: storeOf(terminal, settings.store),
			diary: journal.diary(id),
			token: () => this.#rooms.verifier.token(brand, this.#stop.signal),
			stop: this.#stop.signal,
			log: this.#logOf(operation),
			tellUnknown: (unknown: UnknownOutcome) => {
				const view = this.#viewOf(operation, unknown);
				this.#told(operation, view, journal.tell(id, unknown, view));
			},
		};
		if (kind === "refund") return driveRefund(operation, tools);
		if (kind === "receipt") return sendReceipt(operation, tools);
		const cancel = new AbortController();
		this.#cancels.set(id, cancel);
		try {
			return await drivePayment(operation, { ...tools, cancelled: cancel.signal });
		} finally {
			this.#cancels.delete(id);
		}
	}

	/** An outcome in the words of the POS. */
	#viewOf(operation: OpenOperation, { kind: state, ...facts }: Outcome) {
		const { id, kind, terminal } = operation;
		const { explain, settings } = this.#rooms;
		const till = toldTill(terminal, settings.store);
		return operationView({ id, kind, ...till, ...subjectOf(operation), state, ...facts }, explain);
	}

	/** Where a scanner stands, for its events. */
	#toldTill(scanner: string) {
		const { store } = this.#rooms.settings;
		return toldTill(tillOf(scanner, store), store);
	}

	#tellWish(operation: OpenOperation): void {
		const { kind, startedAt } = operation;
		const { amount } = subjectOf(operation);
		const ms = msBetween(startedAt, this.#rooms.clock.now());
		const facts = { step: "wish", outcome: "in-progress", amount, ms } as const;
		tellStep(this.#logOf(operation), `${kind} begun`, facts);
	}

	/** What was written down and is told as soon as it is on disk, in the log. */
	#told(operation: OpenOperation, view: ReturnType<typeof operationView>, { seq }: PosEvent): void {
		const { state: outcome, fault, wireCode, transactionId, refTransactionId } = view;
		const log = this.#logOf(operation);
		const ms = msBetween(operation.startedAt, this.#rooms.clock.now());
		const facts = { outcome, fault, wireCode, transactionId, refTransactionId, ms };
		tellStep(log, `${operation.kind} judged`, { step: "outcome", ...facts });
		tellStep(log, "event told", { step: "told", outcome, event: seq });
	}

	#logOf(operation: OpenOperation): Log {
		return logAbout(this.#rooms.log, { operation: operation.id, orderId: subjectOf(operation).orderId });
	}

	/** Keeps a deed until it ends. One that fails for another reason than our stopping ends the process. */
	#follow(deed: Promise<void>): void {
		const kept = deed.catch((error: unknown) => this.#fail(error)).finally(() => this.#underway.delete(kept));
		this.#underway.add(kept);
	}

	#fail(error: unknown): void {
		if (this.#stop.signal.aborted) return;
		const words = "the till has failed; the journal resumes at the next start";
		this.#rooms.log.error({ fault: faultOf(error) }, words);
		this.#failed.reject(error);
	}
}

/** What an operation is about. */
function subjectOf({ kind, wish }: OpenOperation) {
	if (kind === "payment") return { orderId: wish.purchase.orderId, amount: wish.purchase.totalAmount };
	if (kind === "refund") return { orderId: wish.orderId, amount: wish.amount, parts: wish.parts };
	return { orderId: wish.invoice.orderId, amount: wish.invoice.totalAmount };
}

import { Subscription, tap } from "rxjs";
import { Counter } from "./counter.ts";
import { FaultError, faultOf } from "./model/fault.ts";
import type { OpenPayment, Outcome } from "./model/operation.ts";
import type { PrintVerdict } from "./model/print.ts";
import { drivePayment } from "./pay/payment.ts";
import type { Methods } from "./pos/methods.ts";
import { operationView, printView, scanView } from "./pos/views.ts";
import { paymentBlock } from "./print/payment-block.ts";
import type { Rooms } from "./rooms.ts";
import type { ScannerNews } from "./scan/scans.ts";
import { type Shelf, scanShelf } from "./scan/shelf.ts";

/*
 * One scan becomes one slip:
 *
 *   scanner --bytes--> scan/ --Scan--> shelf          POS program
 *                                 |      |              |  ^
 *                                 | scanId --pay.start--+  |
 *                                 v                        |
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
	/** Each payment under way, and the way to tell it that the cashier wants it cancelled. */
	readonly #cancels = new Map<string, AbortController>();
	#news = Subscription.EMPTY;
	readonly #stop = new AbortController();
	readonly #underway = new Set<Promise<void>>();
	readonly #failed = Promise.withResolvers<never>();

	constructor(rooms: Rooms) {
		this.#rooms = rooms;
		this.#shelf = scanShelf(rooms.settings.socket.scanLifetimeMs, rooms.clock);
		this.methods = new Counter(rooms, this.#shelf, {
			pay: (payment) => this.#follow(this.#pay(payment)),
			cancel: (operationId) => this.#cancels.get(operationId)?.abort(),
		}).methods;
	}

	/** Rejects when the till can no longer be trusted: the process must end, and the journal resumes. */
	get failed(): Promise<never> {
		return this.#failed.promise;
	}

	/** Finishes what the last run left open, by the same road, and begins to hear the scanners. */
	open(): void {
		const { journal, news$, log } = this.#rooms;
		journal.failed.catch((error: unknown) => this.#fail(error));
		const payments = journal.open().filter((operation) => operation.kind === "payment");
		const { queued, interrupted } = journal.prints.open();
		for (const payment of payments) {
			log.info({ operation: payment.id }, "a payment was left open by the last run; finishing it");
			this.#follow(this.#pay(payment));
		}
		for (const { id, operationId } of interrupted) {
			this.#judgePrint(id, operationId, { state: "unknown", fault: "print-interrupted" });
		}
		for (const { id, operationId } of queued) this.#follow(this.#print(id, operationId));
		// Inside the pipe, so that a failure to hear ends the stream like one of its own.
		const heard$ = news$.pipe(tap((news) => this.#hear(news)));
		this.#news = heard$.subscribe({ error: (error: unknown) => this.#fail(error) });
	}

	/** Lets the scanners go, ends what can be ended, and leaves the rest to the next run. */
	async close(): Promise<void> {
		this.#news.unsubscribe();
		this.#stop.abort(new FaultError("internal-failure", "kassad is stopping"));
		await Promise.allSettled(this.#underway);
	}

	#hear(news: ScannerNews): void {
		const { journal, explain, log } = this.#rooms;
		if (news.type === "scan") {
			this.#shelf.put(news.scan);
			journal.events.announce("scan", scanView(news.scan, explain));
		} else if (news.type === "discarded") {
			log.warn({ scanner: news.scanner, length: news.length, why: news.why }, "bytes discarded");
		} else {
			const away = news.type === "away" && { detail: news.gone.detail, cashier: explain("scanner-away") };
			log.info({ scanner: news.scanner, ...(away && { detail: away.detail }) }, `scanner ${news.type}`);
			journal.events.announce("device", { scanner: news.scanner, state: news.type, ...away });
		}
	}

	/** From a wish on disk to its outcome, and to paper when it is settled. */
	async #pay(payment: OpenPayment): Promise<void> {
		const { journal, verifier, settings, printer } = this.#rooms;
		const { id, wish } = payment;
		const cancel = new AbortController();
		this.#cancels.set(id, cancel);
		const outcome = await drivePayment(payment, {
			...this.#rooms,
			settings: settings.payApi,
			store: settings.store,
			diary: journal.diary(id),
			token: () => verifier.token(wish.brand, this.#stop.signal),
			cancelled: cancel.signal,
			stop: this.#stop.signal,
			tellUnknown: (unknown) => journal.tell(id, unknown, this.#told(payment, unknown)),
		});
		this.#cancels.delete(id);
		const print = outcome.kind === "settled" && printer !== undefined && { printer: printer.name };
		const eventBody = this.#told(payment, outcome);
		const { printId } = journal.finish(id, outcome, { eventBody, ...(print && { print }) });
		if (printId !== undefined) await this.#print(printId, id);
	}

	/** An outcome in the words of the POS, and in the log. */
	#told({ id, startedAt, wish: { purchase } }: OpenPayment, { kind: state, ...facts }: Outcome) {
		const { explain, clock, log } = this.#rooms;
		const { orderId, totalAmount: amount } = purchase;
		const view = operationView({ id, kind: "payment", orderId, amount, state, ...facts }, explain);
		const { fault, wireCode, transactionId } = view;
		const ms = clock.now() - startedAt;
		log.info({ operation: id, orderId, state, fault, wireCode, transactionId, ms }, "payment judged");
		return view;
	}

	async #print(printId: number, operationId: string): Promise<void> {
		const { journal, printer, settings } = this.#rooms;
		const record = journal.find({ id: operationId });
		if (printer === undefined || record?.slip === undefined) {
			this.#judgePrint(printId, operationId, { state: "not-printed", fault: "printer-not-configured" });
			return;
		}
		const facts = { ...record, at: record.startedAt, operationId };
		const titles = settings.payApi.paymentTypeTitles;
		const block = paymentBlock(record.slip, facts, printer.columns, titles);
		const verdict = await printer.queue.print(block, () => journal.prints.begin(printId));
		this.#judgePrint(printId, operationId, verdict);
	}

	#judgePrint(printId: number, operationId: string, verdict: PrintVerdict): void {
		const { journal, explain, log } = this.#rooms;
		log.info({ operation: operationId, ...verdict }, "print judged");
		journal.prints.finish(printId, verdict, { operationId, ...printView(verdict, explain) });
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

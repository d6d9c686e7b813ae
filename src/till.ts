import type { Observable } from "rxjs";
import type { Journal } from "./journal/journal.ts";
import type { FirstAnswer } from "./journal/records.ts";
import type { Clock } from "./model/clock.ts";
import { FaultError } from "./model/fault.ts";
import type { Log } from "./model/log.ts";
import type { OpenPayment, Outcome, PaymentWish } from "./model/operation.ts";
import type { PrintVerdict } from "./model/print.ts";
import type { Verifier } from "./model/scan.ts";
import { masked } from "./model/secret.ts";
import type { Settings } from "./model/settings/settings.ts";
import type { PayClient } from "./pay/client.ts";
import { refuseUnlisted } from "./pay/listed.ts";
import { drivePayment } from "./pay/payment.ts";
import type { Explain } from "./pos/errors.ts";
import type { Methods } from "./pos/methods.ts";
import { operationView, printView, scanContent, scanView } from "./pos/views.ts";
import { paymentBlock } from "./print/payment-block.ts";
import type { PrintQueue } from "./print/queue.ts";
import type { ScannerNews } from "./scan/scans.ts";
import { type Shelf, scanShelf } from "./scan/shelf.ts";

/** What the till's story is told with: one open door of every room. */
export type Rooms = {
	readonly settings: Settings;
	readonly version: string;
	readonly journal: Journal;
	readonly client: PayClient;
	readonly verifier: Verifier;
	readonly news$: Observable<ScannerNews>;
	/** Where payment slips are printed, if anywhere. */
	readonly printer:
		| { readonly name: string; readonly columns: number; readonly queue: PrintQueue }
		| undefined;
	readonly explain: Explain;
	readonly clock: Clock;
	readonly log: Log;
	readonly newId: () => string;
};

type PayStart = Parameters<Methods["pay.start"]>[0];

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
	readonly #rooms: Rooms;
	readonly #shelf: Shelf;
	/** Each payment under way, and the way to tell it that the cashier wants it cancelled. */
	readonly #cashierCancels = new Map<string, AbortController>();
	readonly #stop = new AbortController();
	readonly #underway = new Set<Promise<void>>();
	readonly #failed = Promise.withResolvers<never>();

	constructor(rooms: Rooms) {
		this.#rooms = rooms;
		this.#shelf = scanShelf(rooms.settings.socket.scanLifetimeMs, rooms.clock);
	}

	/** Rejects when the till can no longer be trusted: the process must end, and the journal resumes. */
	get failed(): Promise<never> {
		return this.#failed.promise;
	}

	/** Finishes what the last run left open, by the same road, and begins to hear the scanners. */
	open(): void {
		const { journal, news$, log } = this.#rooms;
		const payments = journal.open();
		const { queued, interrupted } = journal.prints.open();
		for (const payment of payments) {
			log.info({ operation: payment.id, orderId: payment.wish.purchase.orderId }, "resuming a payment");
			this.#follow(this.#pay(payment));
		}
		for (const { id, operationId } of interrupted) {
			this.#judgePrint(id, operationId, { state: "unknown", fault: "print-interrupted" });
		}
		for (const { id, operationId } of queued) this.#follow(this.#print(id, operationId));
		news$.subscribe({ next: (news) => this.#hear(news), error: (error) => this.#failed.reject(error) });
	}

	/** What POS programs may ask. */
	readonly methods: Methods = {
		hello: async () => ({
			name: "kassad",
			version: this.#rooms.version,
			protocol: 1,
			language: this.#rooms.settings.language,
			seq: this.#rooms.journal.events.lastSeq(),
		}),
		"scan.take": async ({ scanId }) => scanContent(this.#shelf.look(scanId)),
		"pay.start": async (wish, bodyHash) => this.#begin(wish, bodyHash),
		"pay.cancel": async ({ operationId }) => this.#cancel(operationId),
		"operation.get": async (by) => {
			const record = this.#rooms.journal.find("operationId" in by ? { id: by.operationId } : by);
			if (record === undefined) throw new FaultError("operation-not-found");
			return operationView(record, this.#rooms.explain);
		},
	};

	/** Ends what can be ended and leaves the rest to the next run. */
	async close(): Promise<void> {
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
			const away = news.type === "away" && { detail: news.gone.detail, cashier: explain("scanner-away", {}) };
			log.info({ scanner: news.scanner, ...(away && { detail: away.detail }) }, `scanner ${news.type}`);
			journal.events.announce("device", { scanner: news.scanner, state: news.type, ...away });
		}
	}

	/** The key press: everything up to the request's departure happens in this one turn. */
	#begin({ key, scanId, paymentTypes, ...purchase }: PayStart, bodyHash: string) {
		const { journal, settings, clock, newId } = this.#rooms;
		const first = journal.answerFor(key);
		if (first !== undefined) return sameAnswer(first, bodyHash);
		if (journal.unresolvedOrder(purchase.orderId) !== undefined) throw new FaultError("order-unresolved");
		const card = this.#shelf.payable(scanId);
		const wish: PaymentWish = {
			...card,
			purchase,
			paymentTypes: paymentTypes ?? settings.payApi.enums.paymentTypes,
		};
		refuseUnlisted(wish, settings.payApi.enums);
		const begun = journal.begin({
			key,
			bodyHash,
			payment: { id: newId(), requestId: newId(), cancelRequestId: newId(), wish, startedAt: clock.now() },
			scanner: card.scanner,
			cardMasked: masked(card.cardNumber),
			timings: { scannedAt: card.at },
		});
		if (begun.kind === "known") return sameAnswer(begun.first, bodyHash);
		this.#shelf.spend(scanId);
		this.#follow(this.#pay(begun.payment));
		return { operationId: begun.payment.id, state: "in-progress" as const };
	}

	#cancel(operationId: string) {
		const record = this.#rooms.journal.find({ id: operationId });
		if (record === undefined) throw new FaultError("operation-not-found");
		if (record.finishedAt !== undefined) throw new FaultError("too-late-to-cancel", `it is ${record.state}`);
		this.#cashierCancels.get(operationId)?.abort();
		return { operationId, state: record.state };
	}

	async #pay(payment: OpenPayment): Promise<void> {
		const { journal, client, verifier, settings, printer, clock, log, newId } = this.#rooms;
		const cancel = new AbortController();
		this.#cashierCancels.set(payment.id, cancel);
		const outcome = await drivePayment(payment, {
			client,
			diary: journal.diary(payment.id),
			settings: settings.payApi,
			store: settings.store,
			clock,
			log,
			newId,
			token: () => verifier.token(payment.wish.brand, this.#stop.signal),
			cancelled: cancel.signal,
			stop: this.#stop.signal,
			tellUnknown: (unknown) => journal.tell(payment.id, unknown, this.#told(payment, unknown)),
		});
		this.#cashierCancels.delete(payment.id);
		const print = outcome.kind === "settled" && printer !== undefined && { printer: printer.name };
		const { printId } = journal.finish(payment.id, outcome, {
			eventBody: this.#told(payment, outcome),
			...(print && { print }),
		});
		if (printId !== undefined) await this.#print(printId, payment.id);
	}

	#told({ id, wish: { purchase } }: OpenPayment, { kind, ...facts }: Outcome) {
		const { orderId, totalAmount: amount } = purchase;
		return operationView({ id, orderId, amount, state: kind, ...facts }, this.#rooms.explain);
	}

	async #print(printId: number, operationId: string): Promise<void> {
		const { journal, printer } = this.#rooms;
		const record = journal.find({ id: operationId });
		if (printer === undefined || record?.slip === undefined) {
			this.#judgePrint(printId, operationId, { state: "not-printed", fault: "printer-not-configured" });
			return;
		}
		const block = paymentBlock(
			record.slip,
			{ ...record, at: record.startedAt, operationId },
			printer.columns,
		);
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
		const kept = deed
			.catch((error: unknown) => {
				if (!this.#stop.signal.aborted) this.#failed.reject(error);
			})
			.finally(() => this.#underway.delete(kept));
		this.#underway.add(kept);
	}
}

/** The same wish gets its first answer, whatever has become of it since. */
function sameAnswer({ bodyHash, answer }: FirstAnswer, asked: string): FirstAnswer["answer"] {
	if (bodyHash === asked) return answer;
	throw new FaultError("key-conflict", `the key belongs to operation ${answer.operationId}, another wish`);
}

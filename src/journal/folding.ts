import type { Database } from "./database.ts";
import type { FoldThread } from "./fold-thread.ts";
import { type LogGauge, openGauge } from "./log-gauge.ts";

type Parts = {
	readonly database: Database;
	readonly thread: FoldThread;
	/** The first commit after folding: a small one, since SQLite syncs what begins the log. */
	readonly begin: () => void;
	/** Hears that the thread has ended. When it could not fold, the log is to be emptied here. */
	readonly ended: (folded: boolean) => void;
};

/** So many pages of 4 KiB are folded on the main thread without more ado: some 4 payments of a large journal. */
const fewPages = 256;
/**
 * From here on the thread folds at once: 32 MiB. A longer log would be folded more rarely, but when all is calm to empty
 * its file takes 1 ms for each MB. A shorter one would have the same pages copied more often.
 */
const mostPages = 8_192;
/**
 * So often the thread is sent after what was written while it folded, and while the main thread was too busy to hear of
 * its end. A report tool may be what keeps the rest back.
 */
const mostChases = 3;

/**
 * How the write-ahead log is folded into the database, and by whom. While tills write little, all is done on the main
 * thread. Once they have written more than a few pages in a second, a thread of its own folds whenever the log has
 * become long ("PRAGMA wal_checkpoint", PASSIVE, waits for nobody and nobody for it), and only what is written meanwhile
 * is folded here: with a journal of 120 MB and 100 payments a second, which write 29 MB of log, that takes 1 to 3 ms
 * each second, 9 when others keep the processors busy; to empty the log took 12 to 24. Without that the log might never
 * begin anew, since it does only when all of it is in the database ("Write-Ahead Logging", 2.2).
 *
 * SQLite's own folding within a commit is off meanwhile: it would do the thread's work here, and keep to itself a sync
 * that failed.
 *
 * So the log's file grows to `mostPages` and what is written while the thread folds. The traces of a card that was
 * wiped are gone when the log has grown over them or was emptied: two or three seconds after tills write little, or
 * else when twice `mostPages` are written, which takes some minute at most.
 *
 * Each call can throw a FaultError `journal-failed`.
 */
export class Folding {
	readonly #parts: Parts;
	readonly #log: LogGauge;
	#isUnderWay = false;
	/** Whether the thread has folded since the last second. */
	#wasBeside = false;
	/** How long the log was at the last second, pages. */
	#earlier = 0;
	/** Whether a report tool keeps the log from beginning anew: no use to try again before the next second. */
	#isHeld = false;
	#chases = 0;

	constructor(parts: Parts) {
		this.#parts = parts;
		this.#log = openGauge(parts.database);
	}

	/** Whether the thread folds now; nobody else can meanwhile. */
	get isUnderWay(): boolean {
		return this.#isUnderWay;
	}

	/** Folds here and empties the log; not while a report tool reads. */
	empty(): void {
		this.#parts.database.fold();
		this.#log.guard(true);
		this.#parts.begin();
		this.#isHeld = false;
		this.#earlier = 0;
	}

	/** Folds here the little that the thread has left; the log begins anew without being emptied. */
	rewind(): void {
		this.#log.guard(false);
		if (this.#chase()) return;
		this.#parts.database.rewind();
		this.#parts.begin();
		this.#isHeld = this.#log.pages() > fewPages;
	}

	/** Nothing is in progress. @returns whether the thread folds first, since much is left. */
	calm(): boolean {
		return !this.#isHeld && this.#chase();
	}

	/** One of several tills has finished. */
	busy(): void {
		if (this.#parts.thread.isAtHand && !this.#isHeld && this.#log.pages() > mostPages) this.#beside();
	}

	/** Tills have been busy for a second. @returns whether they write much: then look again after the next one. */
	second(): boolean {
		const { thread } = this.#parts;
		const pages = this.#log.pages();
		const isMuch = this.#wasBeside || pages - this.#earlier > fewPages;
		this.#wasBeside = false;
		this.#isHeld = false;
		this.#earlier = pages;
		// Or each commit that makes the log long again would wait while it is folded.
		if (isMuch) this.#log.guard(false);
		if (isMuch ? !thread.isAtHand : this.#isMuchLeft()) this.#beside();
		else if (!isMuch) this.empty();
		return isMuch;
	}

	#isMuchLeft(): boolean {
		return this.#parts.thread.isAtHand && this.#log.unfolded() > fewPages;
	}

	/** @returns whether much is left, so that the thread folds. */
	#chase(): boolean {
		const again = this.#chases < mostChases && this.#isMuchLeft();
		this.#chases = again ? this.#chases + 1 : 0;
		if (again) this.#beside();
		return again;
	}

	#beside(): void {
		this.#isUnderWay = true;
		this.#wasBeside = true;
		void this.#parts.thread.fold().then((folded) => {
			this.#isUnderWay = false;
			this.#parts.ended(folded);
		});
	}
}

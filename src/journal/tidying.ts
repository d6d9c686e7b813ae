import type { Clock } from "../model/clock.ts";
import { FaultError } from "../model/fault.ts";
import type { Database } from "./database.ts";
import type { EventBook } from "./events.ts";
import type { FoldThread } from "./fold-thread.ts";
import { Folding } from "./folding.ts";
import { progress } from "./open-operations.ts";
import type { Sessions } from "./sessions.ts";

type Parts = {
	readonly database: Database;
	readonly events: Pick<EventBook, "reserve">;
	readonly sessions: Pick<Sessions, "forget">;
	/** Folds the write-ahead log while tills are busy. */
	readonly thread: FoldThread;
	readonly clock: Clock;
};

/**
 * What ends so soon after the last time that was tidied, ms, is of several tills that are busy: nothing may be in progress
 * for a moment, and yet somebody is about to pay. So long tidying waits at most for a calmer moment.
 */
const secondMs = 1_000;

/**
 * Tidies the database, not between the payments of several tills while they are busy: each would wait for it. Folding
 * takes the wiped card's last traces out of the write-ahead log. It also spares the next payment the sync with which
 * SQLite begins a log, and those of a log that has grown long: both are got over with here.
 */
export class Tidying {
	readonly #sessions: Parts["sessions"];
	readonly #thread: FoldThread;
	readonly #folding: Folding;
	readonly #later: Later;
	readonly #isInProgress: () => boolean;
	/** How many have ended in this second, and in the one before, since all was tidied. */
	#ended = 0;
	#endedBefore = 0;
	#planned: NodeJS.Immediate | undefined;
	#isStopped = false;

	/** Tidies now. @throws {FaultError} `journal-failed` */
	constructor({ database, events, sessions, thread, clock }: Parts) {
		const inProgress = progress(database);
		this.#isInProgress = () =>
			database.read("look for an operation in progress", () => inProgress()) !== undefined;
		this.#sessions = sessions;
		this.#thread = thread;
		this.#later = openLater(clock);
		const ended = (folded: boolean) => this.#isStopped || unlessJournalFails(() => this.#threadEnded(folded));
		this.#folding = new Folding({ database, thread, begin: events.reserve, ended });
		this.#tidy();
	}

	/** Something has ended. Tidies when everything at hand has been done, so that nobody waits for it. */
	soon(): void {
		this.#ended += 1;
		this.#planned ??= setImmediate(() => {
			this.#planned = undefined;
			unlessJournalFails(() => this.#look());
		});
	}

	stop(): void {
		this.#isStopped = true;
		clearImmediate(this.#planned);
		this.#later.stop();
		this.#thread.stop();
	}

	/** Whatever the moment is like: a second may just have begun. */
	get #isBusy(): boolean {
		return this.#ended + this.#endedBefore > 0 || this.#isInProgress();
	}

	#tidy(): void {
		this.#later.stop();
		this.#ended = 0;
		this.#endedBefore = 0;
		this.#sessions.forget();
		this.#folding.empty();
	}

	#look(): void {
		// It is looked again when the thread has ended.
		if (this.#folding.isUnderWay) return;
		if (this.#later.isPlanned || this.#isInProgress()) this.#folding.busy();
		else if (!this.#folding.calm()) this.#tidy();
		this.#afterSecond();
	}

	#threadEnded(folded: boolean): void {
		if (!folded) this.#tidy();
		else if (this.#isBusy) this.#folding.rewind();
		else if (!this.#folding.calm()) this.#tidy();
		this.#afterSecond();
	}

	#afterSecond(): void {
		this.#later.do(() => unlessJournalFails(() => this.#second()));
	}

	#second(): void {
		const isBusy = this.#ended > 0 || this.#isInProgress();
		this.#endedBefore = this.#ended;
		this.#ended = 0;
		if (this.#folding.isUnderWay) return;
		if (isBusy) {
			this.#sessions.forget();
			if (this.#folding.second()) this.#afterSecond();
		} else if (!this.#folding.calm()) this.#tidy();
	}
}

type Later = ReturnType<typeof openLater>;

/** One deed at a time that waits. */
function openLater(clock: Clock) {
	let waiting: AbortController | undefined;
	const stop = () => {
		waiting?.abort();
		waiting = undefined;
	};
	return {
		get isPlanned() {
			return waiting !== undefined;
		},
		do: (work: () => void) => {
			if (waiting !== undefined) return;
			waiting = new AbortController();
			const { signal } = waiting;
			const begin = () => {
				if (signal.aborted) return;
				stop();
				work();
			};
			clock.sleep(secondMs, signal).then(begin, () => undefined);
		},
		stop,
	};
}

/** A failure of tidying costs nothing: what ails the disk is told by the next commit that matters. */
export function unlessJournalFails(work: () => void): void {
	try {
		work();
	} catch (error) {
		if (!(error instanceof FaultError)) throw error;
	}
}

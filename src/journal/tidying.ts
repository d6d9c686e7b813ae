import type { Clock } from "../model/clock.ts";
import { FaultError } from "../model/fault.ts";
import type { Database } from "./database.ts";
import type { EventBook } from "./events.ts";
import { progress } from "./open-operations.ts";
import type { Sessions } from "./sessions.ts";

type Tidying = {
	/** Tidies when everything at hand has been done, so that nobody waits for it. */
	soon(): void;
	stop(): void;
};

/** For so long tidying waits for a moment in which nothing is in progress, ms. */
const mostWaitMs = 1_000;

/**
 * Tidies the database now, and whenever asked, but not between the payments of several tills while they are busy: each
 * would wait for its syncs. Folding takes the wiped card's last traces out of the write-ahead
 * log. It also lets the next payment begin with a single sync: SQLite syncs the log twice for the first commit
 * after it was emptied, and many times when the log has grown long, so both are got over with here.
 */
export function openTidying(
	database: Database,
	events: EventBook,
	sessions: Sessions,
	clock: Clock,
): Tidying {
	const inProgress = progress(database);
	const isBusy = () => database.read("look for an operation in progress", () => inProgress()) !== undefined;
	const later = openLater(clock);
	let planned: NodeJS.Immediate | undefined;
	const tidy = () => {
		later.stop();
		sessions.forget();
		database.fold();
		events.reserve();
	};
	const tidyUnlessBusy = () => (isBusy() ? later.do(() => unlessJournalFails(tidy)) : tidy());
	tidy();
	return {
		soon: () => {
			planned ??= setImmediate(() => {
				planned = undefined;
				unlessJournalFails(tidyUnlessBusy);
			});
		},
		stop: () => {
			clearImmediate(planned);
			later.stop();
		},
	};
}

/** One deed at a time that waits. */
function openLater(clock: Clock) {
	let waiting: AbortController | undefined;
	return {
		do: (work: () => void) => {
			if (waiting !== undefined) return;
			waiting = new AbortController();
			const { signal } = waiting;
			clock.sleep(mostWaitMs, signal).then(
				() => signal.aborted || work(),
				() => undefined,
			);
		},
		stop: () => {
			waiting?.abort();
			waiting = undefined;
		},
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

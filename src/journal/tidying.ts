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
	let planned: NodeJS.Immediate | undefined;
	let waiting: AbortController | undefined;
	const tidy = () => {
		waiting?.abort();
		waiting = undefined;
		sessions.forget();
		database.fold();
		events.reserve();
	};
	const tidyLater = () => {
		if (waiting !== undefined) return;
		waiting = new AbortController();
		const { signal } = waiting;
		clock.sleep(mostWaitMs, signal).then(
			() => signal.aborted || unlessJournalFails(tidy),
			() => undefined,
		);
	};
	tidy();
	return {
		soon: () => {
			planned ??= setImmediate(() => {
				planned = undefined;
				unlessJournalFails(() => {
					if (database.read("look for an operation in progress", () => inProgress()) === undefined) tidy();
					else tidyLater();
				});
			});
		},
		stop: () => {
			clearImmediate(planned);
			waiting?.abort();
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

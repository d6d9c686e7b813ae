import { FaultError } from "../model/fault.ts";
import type { Database } from "./database.ts";
import type { EventBook } from "./events.ts";
import type { Sessions } from "./sessions.ts";

type Tidying = {
	/** Tidies when everything at hand has been done, so that nobody waits for it. */
	soon(): void;
	stop(): void;
};

/**
 * Tidies the database now, and whenever asked. Folding takes the wiped card's last traces out of the write-ahead
 * log. It also lets the next payment begin with a single sync: SQLite syncs the log twice for the first commit
 * after it was emptied, and many times when the log has grown long, so both are got over with here.
 */
export function openTidying(database: Database, events: EventBook, sessions: Sessions): Tidying {
	let planned: NodeJS.Immediate | undefined;
	const tidy = () => {
		sessions.forget();
		database.fold();
		events.reserve();
	};
	tidy();
	return {
		soon: () => {
			planned ??= setImmediate(() => {
				planned = undefined;
				unlessJournalFails(tidy);
			});
		},
		stop: () => clearImmediate(planned),
	};
}

/** A failure of tidying costs nothing: what ails the disk is told by the next commit that matters. */
function unlessJournalFails(work: () => void): void {
	try {
		work();
	} catch (error) {
		if (!(error instanceof FaultError)) throw error;
	}
}

import type { Clock } from "../model/clock.ts";
import type { Database } from "./database.ts";
import { openErasing } from "./erasing.ts";
import { unlessJournalFails } from "./tidying.ts";

/** Between two batches, so that a payment waits for one batch at most. */
const pauseMs = 200;
const roundMs = 3_600_000;

/**
 * Erases what has become old, a little at a time, as long as the journal is open. Each row that goes is told by an entry
 * of the chain. The write-ahead log, which may hold the rows still, is emptied at the end of a round.
 * @param afterDays null where everything is kept.
 */
export function keepRetention(
	database: Database,
	afterDays: number | null,
	clock: Clock,
): { readonly stop: () => void } {
	const stopped = new AbortController();
	const stop = () => stopped.abort();
	if (afterDays === null) return { stop };
	const erasing = openErasing(database, afterDays, clock);
	const rounds = async () => {
		for (;;) {
			let more = true;
			while (more) {
				await clock.sleep(pauseMs, stopped.signal);
				more = false;
				unlessJournalFails(() => {
					more = erasing.some();
				});
			}
			unlessJournalFails(database.fold);
			erasing.again();
			await clock.sleep(roundMs, stopped.signal);
		}
	};
	rounds().catch((error: unknown) => {
		if (!stopped.signal.aborted) throw error;
	});
	return { stop };
}

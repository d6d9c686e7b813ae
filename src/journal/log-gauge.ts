import type { Database } from "./database.ts";

/** How long the write-ahead log is. Each call can throw a FaultError `journal-failed`. */
export type LogGauge = {
	/** Pages that were written since the log began anew. */
	pages(): number;
	/** Of these, how many are not in the database yet. */
	unfolded(): number;
	/** Whether SQLite itself folds, in the commit that makes the log longer than its usual 1000 pages; at first it does. */
	guard(isOn: boolean): void;
};

export function openGauge(database: Database): LogGauge {
	const look = database.prepare("PRAGMA wal_checkpoint(NOOP)");
	const read = () => {
		const found = database.read("measure the write-ahead log", () => look.get());
		return found as { readonly log: number; readonly checkpointed: number };
	};
	let isGuarded = true;
	return {
		pages: () => read().log,
		unfolded: () => {
			const { log, checkpointed } = read();
			return log - checkpointed;
		},
		guard: (isOn) => {
			if (isOn !== isGuarded) database.exec(`PRAGMA wal_autocheckpoint = ${isOn ? 1_000 : 0}`);
			isGuarded = isOn;
		},
	};
}

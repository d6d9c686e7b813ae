import { join } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { journalFailure, tried } from "./failure.ts";
import { sizeOf } from "./files.ts";
import { hasNoTables, refuseForeign, version, versionOf } from "./schema.ts";

/** A journal that is looked into and never changed, while the daemon may be writing it. No key is asked for. */
export type JournalReader = {
	/** @throws {FaultError} `journal-failed` */
	prepare(sql: string): StatementSync;
	/**
	 * Looks things up as they stand at one moment, whatever is written meanwhile; not within another look. Keep it
	 * short: the daemon cannot empty its write-ahead log during it. `deed` completes the sentence "could not ...".
	 * @throws {FaultError} `journal-failed`, or what `work` throws.
	 */
	read<T>(deed: string, work: () => T): T;
	close(): void;
};

/** How long another program's lock is waited for, ms: nobody at a till waits for a report. */
const busyMs = 2_000;

/**
 * Opens the journal in a folder for reading.
 * @throws {FaultError} `journal-failed` when there is none, it is damaged, or of another version than this kassad's.
 */
export function readJournal(folder: string): JournalReader {
	const path = join(folder, "journal.db");
	if (tried(`read ${path}`, () => sizeOf(path)) === undefined) {
		const remedy = "Check the setting journal.folder; the daemon makes the file at its first start.";
		throw journalFailure(`read ${path}`, "there is no such file", remedy);
	}
	return tried(`read ${path}`, () => {
		const file = new DatabaseSync(path, { readOnly: true, timeout: busyMs });
		try {
			refuseEmpty(file, path);
			refuseForeign(file, path);
			refuseOlder(file, path);
			return {
				// The first look at the tables: where these are damaged it fails.
				prepare: (sql) => tried(`read ${path}`, () => file.prepare(sql)),
				read: reading(file),
				close: () => file.close(),
			};
		} catch (error) {
			file.close();
			throw error;
		}
	});
}

/** Readers of the write-ahead log see what was committed when their transaction began ("Write-Ahead Logging"). */
function reading(file: DatabaseSync): JournalReader["read"] {
	return (deed, work) =>
		tried(deed, () => {
			file.exec("BEGIN");
			try {
				return work();
			} finally {
				file.exec("COMMIT");
			}
		});
}

/** So it is when the very first start was cut short. */
function refuseEmpty(file: DatabaseSync, path: string): void {
	if (!hasNoTables(file)) return;
	throw journalFailure(`read ${path}`, "nothing has been written yet", "Start kassad once.");
}

/** Only the daemon brings a journal up to date, since that writes. */
function refuseOlder(file: DatabaseSync, path: string): void {
	const found = versionOf(file);
	if (found >= version) return;
	const why = `an older kassad made it (version ${found}; this one reads ${version})`;
	throw journalFailure(`read ${path}`, why, "Start this kassad once: it brings the journal up to date.");
}

import { closeSync, fdatasync, fdatasyncSync, openSync } from "node:fs";
import { promisify } from "node:util";

/**
 * Brings a database's write-ahead log to the disk. SQLite itself does so only before it folds the log into the database
 * (PRAGMA synchronous, NORMAL): a commit is then no more than a write.
 */
export type LogDisk = {
	/** Returns when all that was committed is on disk. @throws what the system says */
	now(): void;
	/** Resolves when all that was committed before the call is on disk; meanwhile others may commit. */
	soon(): Promise<void>;
	close(): void;
};

const sync = promisify(fdatasync);

/**
 * @param path of the log, which is there from the first commit until the database is closed. SQLite's locks are on its
 * other files, so to open and close this one takes none of them away ("How To Corrupt An SQLite Database File", 2.2).
 */
export function logDisk(path: string): LogDisk {
	let file: number | undefined;
	let underway: Promise<void> | undefined;
	// Windows syncs only what may be written.
	const opened = () => (file ??= openSync(path, "r+"));
	const begin = async () => sync(opened());
	const letGo = () => {
		if (file !== undefined) closeSync(file);
		file = undefined;
	};
	return {
		now: () => fdatasyncSync(opened()),
		soon: () => {
			// That the file cannot be opened is a sync that failed, too: it rejects.
			const begun = begin();
			underway = begun;
			return begun;
		},
		// A number that is closed under a sync may be another file's by the time the sync begins.
		close: () => void (underway ?? Promise.resolve()).then(letGo, letGo),
	};
}

import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { journalFailure, tried } from "./failure.ts";
import { ensurePrivateFile } from "./files.ts";

type Lock = { release(): void };

/** Result codes of SQLite. */
const busy = 5;
const notADatabase = 26;

/**
 * Makes this process the only one that uses the journal. The lock is the operating system's own, held through
 * an open transaction on an empty database, so it ends with the process however that dies: no stale lock.
 * @throws {FaultError} `journal-failed` when another process holds it.
 */
export function lockJournal(folder: string): Lock {
	const path = join(folder, "lock.db");
	ensurePrivateFile(path);
	return tried(`lock ${path}`, () => {
		const database = new DatabaseSync(path);
		try {
			// Nothing is ever written, so the lock needs no rollback journal beside it.
			database.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
			return { release: () => database.close() };
		} catch (error) {
			database.close();
			throw lockFailure(path, error);
		}
	});
}

function lockFailure(path: string, error: unknown): unknown {
	const code = error instanceof Error && "errcode" in error ? error.errcode : undefined;
	if (code === busy) {
		const remedy = "Stop the other one, or give this one a folder of its own in journal.folder.";
		return journalFailure(`lock ${path}`, "another kassad uses this journal", remedy);
	}
	if (code === notADatabase) {
		return journalFailure(`lock ${path}`, "it holds foreign bytes", "Delete it: it never holds anything.");
	}
	return error;
}

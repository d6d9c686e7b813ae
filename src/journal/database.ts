import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from "node:sqlite";
import { type Commits, type Companion, openCommits } from "./commits.ts";
import { journalFailure, tried } from "./failure.ts";
import { ensurePrivateFile, sizeOf } from "./files.ts";
import { type LogDisk, logDisk } from "./log-disk.ts";
import { refuseForeign } from "./schema.ts";

/**
 * The journal's database. Prepared statements run inside `read` and `transact`. After a commit that failed, or a
 * failure of the disk under a write, the database is never trusted again: every deed is refused.
 */
export type Database = Commits & {
	exec(sql: string): void;
	prepare(sql: string): StatementSync;
	/** Lends the SQL of this connection a function; whole numbers come as bigint, bytes as Uint8Array. */
	define(name: string, work: (...values: SQLOutputValue[]) => SQLInputValue): void;
	/** Lets something take part in every transaction from now on. */
	accompany(companion: Companion): void;
	/** Looks something up. @throws {FaultError} `journal-failed` */
	read<T>(deed: string, work: () => T): T;
	/**
	 * Moves what was committed from the write-ahead log into the database proper, and empties the log; not while
	 * a report tool reads: it waits for nobody. @throws {FaultError} `journal-failed`
	 */
	fold(): void;
	/**
	 * As `fold`, but it leaves the log's file as long as it is, and in it what a report tool still reads. When all was
	 * moved the next deed begins the log anew, over what is there. @throws {FaultError} `journal-failed`
	 */
	rewind(): void;
	close(): void;
};

type DiskOf = (logPath: string) => LogDisk;

/** How long a lock of a report tool is waited for: most of the 0.5 s from key press to wire must be left. */
const busyMs = 150;

/**
 * Opens the database, or makes an empty one.
 * @param diskOf the disk of the log at a path.
 * @throws {FaultError} `journal-failed` when it cannot be used; nothing that was there has changed then.
 */
export function openDatabase(path: string, diskOf: DiskOf = logDisk): Database {
	const logPath = `${path}-wal`;
	const log = sizeOf(logPath) ?? 0;
	refuseLost(path, log);
	ensurePrivateFile(path);
	return tried(`open ${path}`, () => {
		inspect(path, log);
		const file = new DatabaseSync(path, { timeout: busyMs });
		try {
			file.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
			file.exec("PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON");
			return around(file, diskOf(logPath));
		} catch (error) {
			file.close();
			throw error;
		}
	});
}

/** Looks before anything can change: a connection that may write folds the log away when it closes. */
function inspect(path: string, log: number): void {
	const file = new DatabaseSync(path, { readOnly: true });
	try {
		refuseForeign(file, path);
		// Only a run that was cut short leaves a log, and only then is the whole file worth reading.
		if (log > 0) refuseDamaged(file, path);
	} finally {
		file.close();
	}
}

function around(file: DatabaseSync, disk: LogDisk): Database {
	const [empty, passive] = [
		file.prepare("PRAGMA wal_checkpoint(TRUNCATE)"),
		file.prepare("PRAGMA wal_checkpoint(PASSIVE)"),
	];
	const { demand, write, catchUp, close, ...commits } = openCommits(file, disk);
	return {
		...commits,
		exec: (sql) => file.exec(sql),
		prepare: (sql) => file.prepare(sql),
		define: (name, work) => file.function(name, { varargs: true, useBigIntArguments: true }, work),
		read: (deed, work) => {
			demand(deed);
			catchUp();
			return tried(deed, work);
		},
		fold: () =>
			write("fold the write-ahead log into the database", () => withoutWaiting(file, () => empty.get())),
		rewind: () => void write("fold the rest of the write-ahead log", () => passive.get()),
		close: () => {
			close();
			disk.close();
			file.close();
		},
	};
}

/** A report tool may read for long. */
function withoutWaiting(file: DatabaseSync, work: () => void): void {
	file.exec("PRAGMA busy_timeout = 0");
	try {
		work();
	} finally {
		file.exec(`PRAGMA busy_timeout = ${busyMs}`);
	}
}

/** SQLite deletes the log of an empty database; when the file was lost, that log is all there is. */
function refuseLost(path: string, log: number): void {
	if (log === 0 || (sizeOf(path) ?? 0) > 0) return;
	const remedy = `Keep ${path}-wal for the support, and put back a copy of ${path} or move both away.`;
	throw journalFailure(`open ${path}`, "the file is empty or gone, but its write-ahead log is not", remedy);
}

function refuseDamaged(file: DatabaseSync, path: string): void {
	const [verdict] = Object.values(file.prepare("PRAGMA quick_check(1)").get() ?? {});
	if (verdict === "ok") return;
	const remedy = "Keep a copy of the whole journal folder for the support, then move it away.";
	const words = String(verdict).replace(/\s+/g, " ");
	throw journalFailure(`open ${path}`, `the file is damaged (${words})`, remedy);
}

import { chmodSync, copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { backup, DatabaseSync } from "node:sqlite";
import { FaultError } from "../model/fault.ts";
import { inWords, journalFailure, tried } from "./failure.ts";
import { ensurePrivateFile, syncFile } from "./files.ts";
import { readKey } from "./key-file.ts";
import { readJournal } from "./read-journal.ts";
import { type Verdict, verifyJournal } from "./verify.ts";

/** Where a copy goes: a folder for it and its key, or a file. */
export type BackupTarget = { readonly folder: string; readonly withKey: boolean } | { readonly file: string };

/** What a copy was found to be. */
export type Backup = {
	/** The copy of the database. */
	readonly database: string;
	/** The copy of the key, if it was wanted. */
	readonly key?: string;
	readonly bytes: number;
	/** What the chain says of the copy. Where it does not hold, neither does that of the journal itself. */
	readonly verdict: Verdict;
};

/** Hears how far a step is, from 0 to 1. */
export type BackupProgress = (step: "copying" | "checking", share: number) => void;

/** Pages of 4 KiB that are copied in one go; between two the progress is told. */
const pagesAtOnce = 50;
const busyMs = 2_000;
const database = "journal.db";
const keyFile = "journal.key";

/**
 * Copies a journal as it stands at one moment, while the daemon may be writing it, and proves that the copy is whole:
 * every page, and every row by its chain. The copy appears under its name when all of that is done, for this user alone,
 * or not at all.
 *
 * SQLite's online backup begins anew whenever another process writes ("Using the SQLite Online Backup API"). So the
 * source keeps one read transaction open: a write-ahead log shows it the same moment until the end, and the daemon's
 * writes go on into the log. It cannot be folded away meanwhile.
 * @throws {FaultError} `journal-failed` when the journal, its key or the target cannot be used; `config-invalid` when
 * something is at the target already.
 */
export async function backUpJournal(
	folder: string,
	target: BackupTarget,
	progress: BackupProgress = () => undefined,
): Promise<Backup> {
	const place = "file" in target ? target.file : target.folder;
	if (existsSync(place)) throw new FaultError("config-invalid", `${place} is there already: name another`);
	// Says in its own words what is wrong with the journal.
	readJournal(folder).close();
	const key = readKey(join(folder, keyFile));
	const unfinished = `${place}.new`;
	try {
		tried(`make ${unfinished}`, () => makeAnew(unfinished));
		const copy = join(unfinished, database);
		const bytes = await copyPages(join(folder, database), copy, (share) => progress("copying", share));
		prove(copy);
		const reader = readJournal(unfinished);
		const verdict = verifyJournal(reader, key, { progress: (share) => progress("checking", share) });
		reader.close();
		const withKey = "folder" in target && target.withKey;
		if (withKey)
			tried(`copy ${keyFile}`, () => copyPrivate(join(folder, keyFile), join(unfinished, keyFile)));
		const files = tried(`write ${place}`, () => putInPlace(unfinished, target));
		return { ...files, ...(withKey && { key: join(place, keyFile) }), bytes, verdict };
	} finally {
		rmSync(unfinished, { recursive: true, force: true });
	}
}

/** What an earlier try has left is in nobody's way. */
function makeAnew(folder: string): void {
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { mode: 0o700 });
}

/** @returns how many bytes were copied. */
async function copyPages(from: string, to: string, progress: (share: number) => void): Promise<number> {
	const deed = `copy ${from}`;
	const source = tried(deed, () => new DatabaseSync(from, { readOnly: true, timeout: busyMs }));
	try {
		ensurePrivateFile(to);
		source.exec("BEGIN");
		// The moment that is copied is that of the first look, not of BEGIN.
		source.prepare("SELECT count(*) FROM sqlite_schema").get();
		const pages = await backup(source, to, {
			rate: pagesAtOnce,
			progress: ({ totalPages, remainingPages }) => progress(1 - remainingPages / totalPages),
		});
		const { size } = source.prepare("SELECT page_size AS size FROM pragma_page_size").get() as {
			size: number;
		};
		source.exec("COMMIT");
		return pages * size;
	} catch (error) {
		throw inWords(deed, error);
	} finally {
		source.close();
	}
}

/** Makes the copy a single file, and reads every page of it. */
function prove(path: string): void {
	const verdict = tried(`check ${path}`, () => {
		const copy = new DatabaseSync(path);
		try {
			copy.exec("PRAGMA journal_mode = DELETE");
			return String(Object.values(copy.prepare("PRAGMA quick_check(1)").get() ?? {})[0]);
		} finally {
			copy.close();
		}
	});
	if (verdict === "ok") return;
	const why = `the copy is damaged (${verdict.replace(/\s+/g, " ")}), so the journal is, too`;
	throw journalFailure("back up the journal", why, "Keep the whole journal folder for the support.");
}

function copyPrivate(from: string, to: string): void {
	copyFileSync(from, to);
	chmodSync(to, 0o600);
	syncFile(to);
}

function putInPlace(unfinished: string, target: BackupTarget): { readonly database: string } {
	const copy = join(unfinished, database);
	syncFile(copy);
	const place = "file" in target ? target.file : target.folder;
	renameSync("file" in target ? copy : unfinished, place);
	if (process.platform !== "win32") syncFile(dirname(place));
	return { database: "file" in target ? place : join(place, database) };
}

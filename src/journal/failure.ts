import { FaultError } from "../model/fault.ts";

type Reason = { readonly why: string; readonly remedy: string };

const diskFull: Reason = { why: "the disk is full", remedy: "Free some space on it." };
const notAllowed: Reason = {
	why: "the system does not allow it",
	remedy:
		"Run this as the user that runs kassad, and let that user own the journal's folder and write the files in it.",
};
const damaged: Reason = {
	why: "the file is damaged",
	remedy:
		"Keep a copy of the whole journal folder for the support, then move it away: a new journal begins by itself.",
};
const diskBroken: Reason = {
	why: "the disk reports a failure",
	remedy: "Check the disk, its free space and its quota.",
};
const busy: Reason = { why: "another program holds the file", remedy: "Close that program." };
const noPlace: Reason = {
	why: "there is no such place",
	remedy: "Check the setting journal.folder: it must name a folder, or one that can be made.",
};
const unforeseen: Reason = { why: "unforeseen", remedy: "Keep the log for the support." };

/** Primary result codes of SQLite ("Result and Error Codes"); the extended ones have them in the low byte. */
const sqliteReasons: Readonly<Record<number, Reason>> = {
	3: notAllowed,
	5: busy,
	6: busy,
	8: notAllowed,
	10: diskBroken,
	11: damaged,
	13: diskFull,
	14: notAllowed,
	26: damaged,
};

const systemReasons: Readonly<Record<string, Reason>> = {
	EACCES: notAllowed,
	EPERM: notAllowed,
	EROFS: notAllowed,
	ENOSPC: diskFull,
	EDQUOT: diskFull,
	EIO: diskBroken,
	EFBIG: diskBroken,
	ENOTDIR: noPlace,
	EEXIST: noPlace,
	ENOENT: noPlace,
	EISDIR: noPlace,
};

/** A failure of the journal in a technician's words: what could not be done, why, and what to do. */
export function journalFailure(deed: string, why: string, remedy: string): FaultError {
	return new FaultError("journal-failed", `could not ${deed}: ${why}. ${remedy}`);
}

/**
 * Does a deed on disk; `deed` completes the sentence "could not ...".
 * @throws {FaultError} `journal-failed` for what SQLite or the system refuse; any other failure as it is.
 */
export function tried<T>(deed: string, work: () => T): T {
	try {
		return work();
	} catch (error) {
		throw inWords(deed, error);
	}
}

/** What SQLite or the system refused as a `journal-failed`; any other failure as it is. */
export function inWords(deed: string, error: unknown): unknown {
	const { why, remedy } = reasonOf(error) ?? {};
	if (why === undefined || remedy === undefined) return error;
	return journalFailure(deed, `${why} (${(error as Error).message})`, remedy);
}

/** Whether the disk itself failed, so that nobody knows what it holds: every extended code of SQLITE_IOERR. */
export function isDiskFailure(error: unknown): boolean {
	return reasonOf(error) === diskBroken;
}

function reasonOf(error: unknown): Reason | undefined {
	if (!(error instanceof Error) || error instanceof FaultError) return undefined;
	if ("errcode" in error) return sqliteReasons[Number(error.errcode) & 0xff] ?? unforeseen;
	if ("syscall" in error && "code" in error) return systemReasons[String(error.code)] ?? unforeseen;
	return undefined;
}

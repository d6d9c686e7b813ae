import { createSecretKey, type KeyObject, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { journalFailure, tried } from "./failure.ts";
import { ensurePrivateFile, sizeOf, writeWhole } from "./files.ts";

const keyBytes = 32;
const remedy =
	"Put back the journal.key that belongs to this journal.db, or move both away to begin a new journal.";

/**
 * The key of the journal's seal, 32 random bytes in a file of their own. A new journal gets a new key, unless
 * an earlier start had come as far as making one.
 * @throws {FaultError} `journal-failed` when an existing journal has lost its key, or the file is no key.
 */
export function keyOf(path: string, journalIsNew: boolean): KeyObject {
	if (sizeOf(path) === undefined) {
		if (!journalIsNew) throw journalFailure(`read ${path}`, "the key file is missing", remedy);
		writeWhole(path, randomBytes(keyBytes));
	}
	ensurePrivateFile(path);
	return readKey(path);
}

/**
 * Reads the key of a journal that is there, and leaves the file as it is.
 * @throws {FaultError} `journal-failed` when it is missing, no key, or this user may not read it.
 */
export function readKey(path: string): KeyObject {
	const isThere = tried(`read ${path}`, () => sizeOf(path) !== undefined);
	if (!isThere) throw journalFailure(`read ${path}`, "the key file is missing", remedy);
	const bytes = tried(`read ${path}`, () => readFileSync(path));
	if (bytes.length !== keyBytes) {
		throw journalFailure(`use ${path}`, `a key has ${keyBytes} bytes and this file ${bytes.length}`, remedy);
	}
	return createSecretKey(bytes);
}

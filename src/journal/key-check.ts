import { Secret } from "../model/secret.ts";
import type { Database } from "./database.ts";
import type { Seal } from "./seal.ts";

const about = "the key check of the journal";

/** What a new journal remembers its key by: a text that only this key opens. */
export function keyCheckOf(seal: Seal): Uint8Array {
	return seal.close(new Secret(about), about);
}

/** @throws {FaultError} `journal-failed` when the journal was begun with another key. */
export function demandKey(journal: Pick<Database, "prepare">, seal: Seal): void {
	const row = journal.prepare("SELECT key_check AS keyCheck FROM marks").get();
	seal.open((row as { keyCheck: Uint8Array }).keyCheck, about);
}

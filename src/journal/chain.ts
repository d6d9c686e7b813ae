import type { KeyObject } from "node:crypto";
import type { Clock } from "../model/clock.ts";
import { type ChainHead, headOf } from "./chain-head.ts";
import { type ChainEntry, chainLinks } from "./chain-links.ts";
import { ChainNotes, type Note } from "./chain-notes.ts";
import { setTriggers, wrongTriggers } from "./chain-tables.ts";
import { chainWriter } from "./chain-writer.ts";
import type { Database } from "./database.ts";

export type Chain = {
	/** The last entry as it is now. @throws {FaultError} `journal-failed` */
	head(): ChainHead;
	/**
	 * Whether the last entry, when the journal was opened, was written by a kassad with this key. Where it was not, the
	 * journal works as ever, and `kassad journal verify` tells what is wrong.
	 */
	readonly lastFits: boolean;
};

/**
 * Lends a connection the function that chained tables cannot be written without, and writes an entry for each row that a
 * transaction has changed. What several deeds of one transaction do to a row is one entry.
 */
export function lendChain(database: Database, key: KeyObject, clock: Clock): void {
	const notes = new ChainNotes();
	const write = chainWriter(database, chainLinks(key), clock);
	database.define("kassad_chain_note", (part, row, deed) => {
		notes.add({ part, row, deed } as Note);
		return null;
	});
	database.accompany({
		rolledBack: () => notes.forget(),
		finish: () => {
			if (!notes.isEmpty) write(notes.take());
		},
	});
}

/** Goes on with the chain of a journal whose tables are of this version. */
export function openChain(database: Database, key: KeyObject): Chain {
	if (wrongTriggers(database).length > 0) {
		database.transact("restore the triggers of the journal's chain", () => setTriggers(database));
	}
	return { head: () => headOf(database), lastFits: lastFits(database, key) };
}

function lastFits(database: Database, key: KeyObject): boolean {
	const newest = database.prepare("SELECT * FROM chain ORDER BY number DESC LIMIT 2");
	// What was written by hand may be a number beyond those of JavaScript.
	newest.setReadBigInts(true);
	const [last, before] = database.read("read the end of the journal's chain", () => newest.all()) as Linked[];
	return (
		last?.link != null &&
		chainLinks(key)
			.link(before?.link ?? null, last)
			.equals(last.link)
	);
}

type Linked = ChainEntry & { readonly link: Uint8Array | null };

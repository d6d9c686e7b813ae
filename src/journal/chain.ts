import type { KeyObject } from "node:crypto";
import type { Clock } from "../model/clock.ts";
import { type ChainHead, headOf } from "./chain-head.ts";
import { type ChainEntry, chainLinks } from "./chain-links.ts";
import { setTriggers, wrongTriggers } from "./chain-tables.ts";
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

/** Lends a connection the functions that chained tables cannot be written without; `kassad_chain_time` is wall-clock ms. */
export function lendChain(database: Database, key: KeyObject, clock: Clock): void {
	const { digest, link } = chainLinks(key);
	database.define("kassad_chain_time", () => BigInt(clock.now()));
	database.define("kassad_chain_digest", digest as Define);
	database.define("kassad_chain_link", (previous, number, at, part, row, deed, digest) =>
		link(previous as Uint8Array | null, { number, at, part, row, deed, digest } as never),
	);
}

type Define = Parameters<Database["define"]>[1];

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

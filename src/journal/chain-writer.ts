import type { SQLInputValue, StatementSync } from "node:sqlite";
import type { Clock } from "../model/clock.ts";
import type { ChainLinks } from "./chain-links.ts";
import type { Note } from "./chain-notes.ts";
import { chainedTables, textOf } from "./chain-rows.ts";
import type { Database } from "./database.ts";

/** The last entry. */
type End = { readonly number: number; readonly link: Uint8Array | null };

/** No chain comes to it; what was written by hand beyond it is nothing to go on from. */
const mostEntries = Number.MAX_SAFE_INTEGER;

/**
 * Writes entries of the chain, one for each note, with its row as it is by now; as the last words of the transaction that
 * has written that. The end of the chain is remembered from one to the next: when such a transaction cannot be committed,
 * nothing is written any more.
 */
export function chainWriter(
	database: Pick<Database, "prepare">,
	links: ChainLinks,
	clock: Clock,
): (notes: readonly Note[]) => void {
	const textOfRow = rowTexts(database);
	const newest = lazily(
		database,
		`SELECT number, link FROM chain WHERE number < ${mostEntries} ORDER BY number DESC LIMIT 1`,
	);
	const insert = inserting(database);
	let end: End | undefined;

	const entryOf = (before: End, at: number, note: Note) => {
		const { part, row } = note;
		const text = textOfRow(part, row);
		const digest = text === undefined ? null : links.digest(part, text);
		const [number, deed] = [before.number + 1, deedOf(note, text !== undefined)];
		const link = links.link(before.link, { number, at, part, row, deed, digest });
		return { number, link, columns: [number, at, part, row, deed, digest, link] };
	};
	return (notes) => {
		const at = clock.now();
		const entries: Entry[] = [];
		let last = end ?? ((newest().get() ?? { number: 0, link: null }) as End);
		for (const note of notes) {
			const entry = entryOf(last, at, note);
			entries.push(entry.columns);
			last = entry;
		}
		insert(entries);
		end = last;
	};
}

/** A row of the table `chain`. */
type Entry = SQLInputValue[];

/** More are not often written at once. */
const mostTogether = 8;

/** Several rows as one statement: to run one costs as much as to write two rows. */
function inserting(database: Pick<Database, "prepare">): (entries: readonly Entry[]) => void {
	const inserts = Array.from({ length: mostTogether }, (_, more) => {
		const rows = Array.from({ length: more + 1 }, () => "(?, ?, ?, ?, ?, ?, ?)");
		return lazily(database, `INSERT INTO chain VALUES ${rows.join(", ")}`);
	});
	return (entries) => {
		for (let from = 0; from < entries.length; from += mostTogether) {
			const together = entries.slice(from, from + mostTogether);
			inserts[together.length - 1]?.().run(...together.flat());
		}
	};
}

/** What became of the row in the end. */
function deedOf({ deed }: Note, isThere: boolean): Note["deed"] {
	if (deed === "begun") return deed;
	if (!isThere) return "erased";
	return deed === "erased" ? "written" : deed;
}

/** What the digest of a row is taken of; undefined for one that is gone, and for the journal itself. */
function rowTexts(
	database: Pick<Database, "prepare">,
): (part: string, row: number | bigint) => Uint8Array | undefined {
	const texts = new Map(
		chainedTables.map((table) => {
			const { name, from, key } = table;
			return [name, lazily(database, `SELECT ${textOf(table)} AS text FROM ${from} WHERE ${key} = ?`)];
		}),
	);
	return (part, row) => texts.get(part)?.().get(row)?.text as Uint8Array | undefined;
}

/** SQL that is prepared when it is needed: an earlier version's journal has the tables by then. */
function lazily(database: Pick<Database, "prepare">, sql: string): () => StatementSync {
	let statement: StatementSync | undefined;
	return () => (statement ??= database.prepare(sql));
}

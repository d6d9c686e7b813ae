import type { ChainLinks } from "./chain-links.ts";
import { type ChainedTable, textOf } from "./chain-rows.ts";
import type { JournalReader } from "./read-journal.ts";
import type { NewestEntries } from "./verify-newest.ts";

/** A row that is not as the chain has it. Digests are hexadecimal. */
export type Mismatch = {
	readonly table: ChainedTable;
	/** Unknown for a slip that belongs to no operation. */
	readonly row?: bigint;
	/** Of the row that is there. */
	readonly found?: string;
	/** Of the row that should be there, and the entry that says so; its time is wall-clock ms. */
	readonly expected?: string;
	readonly entry?: bigint;
	readonly at?: bigint;
};

type Row = { readonly row: bigint; readonly text: Uint8Array };
type Newest = {
	readonly row: bigint;
	readonly number: bigint;
	readonly at: bigint;
	readonly digest: Uint8Array | null;
};

/** What the rows are read and proven with. */
export type Tools = {
	readonly reader: JournalReader;
	readonly links: ChainLinks;
	readonly newest: NewestEntries;
};

/** Rows that are looked at in one moment: some 20 ms, in which the daemon cannot empty its write-ahead log. */
const batch = 1_000;
/** Before the first number that a row can have, and after the last. */
const [first, last] = [-9_223_372_036_854_775_808n, 9_223_372_036_854_775_807n];

/**
 * Compares the rows of a table with what the chain says of them, batch by batch while the daemon writes.
 * @returns how many rows there are.
 */
export function compareRows(
	table: ChainedTable,
	{ reader, links, newest }: Tools,
	hear: { mismatch(found: Mismatch): void; upTo(row: bigint): void },
): number {
	const look = lookInto(reader, table, newest);
	let count = 0;
	let after = first - 1n;
	while (after < last) {
		const { rows, entries, until } = look(after);
		const expected = new Map(entries.map((entry) => [entry.row, entry]));
		for (const { row, text } of rows) {
			const mismatch = judge(table, row, hex(links.digest(table.name, text)), expected.get(row));
			if (mismatch) hear.mismatch(mismatch);
			expected.delete(row);
		}
		for (const entry of expected.values()) {
			if (entry.digest !== null) hear.mismatch({ table, row: entry.row, ...promised(entry) });
		}
		count += rows.length;
		after = until;
		if (until < last) hear.upTo(until);
	}
	return count;
}

function judge(
	table: ChainedTable,
	row: bigint,
	found: string,
	entry: Newest | undefined,
): Mismatch | undefined {
	if (entry?.digest == null) return { table, row, found };
	const { expected, ...facts } = promised(entry);
	return expected === found ? undefined : { table, row, found, expected, ...facts };
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

const promised = ({ digest, number, at }: Newest) => ({
	expected: hex(digest ?? Buffer.alloc(0)),
	entry: number,
	at,
});

/** Reads the next rows and the newest entries of the same numbers, as they stand at one moment. */
function lookInto(reader: JournalReader, table: ChainedTable, newest: NewestEntries) {
	const { name, key, from } = table;
	const rowsAfter = reader.prepare(
		`SELECT ${key} AS row, ${textOf(table)} AS text FROM ${from}
		WHERE ${key} >= ? ORDER BY ${key} LIMIT ${batch}`,
	);
	const entriesAfter = reader.prepare(
		`SELECT newest.row, newest.number, at, digest
		FROM ${newest.table} AS newest CROSS JOIN chain ON chain.number = newest.number
		WHERE newest.part = '${name}' AND newest.row >= ? ORDER BY newest.row LIMIT ${batch}`,
	);
	rowsAfter.setReadBigInts(true);
	entriesAfter.setReadBigInts(true);
	return (after: bigint) =>
		reader.read(`compare the rows of ${name}`, () => {
			newest.catchUp();
			const rows = rowsAfter.all(after + 1n) as Row[];
			const entries = entriesAfter.all(after + 1n) as Newest[];
			const ends = [rows, entries].flatMap((some) => (some.length < batch ? [] : (some.at(-1)?.row ?? [])));
			const [until = last] = ends.toSorted((one, other) => (one < other ? -1 : 1));
			const within = ({ row }: { readonly row: bigint }) => row <= until;
			return { rows: rows.filter(within), entries: entries.filter(within), until };
		});
}

/** Slips that belong to no operation, which nothing else comes across. */
export function looseSlips(table: ChainedTable, { reader, links }: Tools): Mismatch[] {
	const loose = reader.prepare(
		`SELECT ${textOf(table)} AS text FROM slips
		WHERE NOT EXISTS (SELECT 1 FROM operations WHERE operations.id = slips.operation)`,
	);
	const rows = reader.read("look for loose slips", () => loose.all()) as Row[];
	return rows.map(({ text }) => ({ table, found: hex(links.digest("slips", text)) }));
}

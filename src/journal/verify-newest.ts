import type { JournalReader } from "./read-journal.ts";

/**
 * The newest entry of each row, known by the row. The chain itself is only in the order in which it was written: to keep it
 * by rows as well would cost every payment, and this is asked for once in a while.
 */
export type NewestEntries = {
	/** Takes in what has been written since; within a look, so that it is as the rows are. */
	catchUp(): void;
	/** SQL: the table of them in the reader's own connection, with `part`, `row` and `number`. */
	readonly table: string;
};

/** Entries that are taken in at one look: some 20 ms, in which the daemon cannot empty its write-ahead log. */
const batch = 10_000;
/** Before the first number that an entry can have. */
const first = -9_223_372_036_854_775_808n;
const table = "temp.newest_entries";

/**
 * Takes all of them in. They are in a temporary file of SQLite's, some 25 bytes for each row, until the reader is closed.
 * @param upTo hears, while there is more, the number of the last entry that was taken in.
 */
export function newestEntries(reader: JournalReader, upTo: (entry: bigint) => void): NewestEntries {
	reader.prepare(`DROP TABLE IF EXISTS ${table}`).run();
	reader
		.prepare(
			`CREATE TABLE ${table} (
				part TEXT NOT NULL, row INTEGER NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (part, row)
			) WITHOUT ROWID`,
		)
		.run();
	const next = `SELECT part, row, number FROM chain WHERE number >= ? ORDER BY number LIMIT ${batch}`;
	const measure = reader.prepare(`SELECT max(number) AS last, count(*) AS count FROM (${next})`);
	measure.setReadBigInts(true);
	// Those of the same row come in the order of their numbers.
	const take = reader.prepare(
		`INSERT INTO ${table} SELECT * FROM (${next}) WHERE true
		ON CONFLICT (part, row) DO UPDATE SET number = excluded.number`,
	);
	let from = first;
	/** @returns whether there may be more. */
	const some = (): boolean => {
		const { last, count } = measure.get(from) as { last: bigint | null; count: bigint };
		if (last === null) return false;
		take.run(from);
		from = last + 1n;
		return count === BigInt(batch);
	};
	while (reader.read("read the chain", some)) upTo(from - 1n);
	return {
		catchUp: () => {
			while (some());
		},
		table,
	};
}

import { type ChainedTable, chainedTables } from "./chain-rows.ts";
import type { Database } from "./database.ts";

/**
 * `part` is a table and `row` the number of a row of it; `digest` is that of the row as it is from then on, NULL where it
 * is gone. `link` holds the entry to all before it. The function that notes what was changed is the daemon's alone: who
 * writes a chained table without it is refused by SQLite, and who reads needs none.
 */
export const chainTable = `
CREATE TABLE chain (
	number INTEGER PRIMARY KEY,
	at INTEGER NOT NULL,
	part TEXT NOT NULL,
	row INTEGER NOT NULL,
	deed TEXT NOT NULL CHECK (deed IN ('begun', 'taken-over', 'written', 'erased')),
	digest BLOB,
	link BLOB,
	CHECK ((digest IS NULL) = (deed IN ('begun', 'erased')))
) STRICT;
`;

const trigger = ({ name, keyOf }: ChainedTable, deed: "insert" | "update" | "delete") => {
	const [row, what] = deed === "delete" ? (["OLD", "erased"] as const) : (["NEW", "written"] as const);
	const note = `SELECT kassad_chain_note('${name}', ${keyOf(row)}, '${what}')`;
	const called = `chain_${deed}_${name}`;
	const sql = `CREATE TRIGGER ${called} AFTER ${deed.toUpperCase()} ON ${name} BEGIN\n\t${note};\nEND`;
	return [called, sql] as const;
};

/** Whatever is done to a chained row is noted, and an entry when its transaction ends: SQL by name. */
const chainTriggers: ReadonlyMap<string, string> = new Map(
	chainedTables.flatMap((table) => [
		trigger(table, "insert"),
		trigger(table, "update"),
		trigger(table, "delete"),
	]),
);

const takingOver = chainedTables.map(
	({ name, key, from }) =>
		`SELECT kassad_chain_note('${name}', ${key}, 'taken-over') FROM ${from} ORDER BY ${key}`,
);

/**
 * Begins the chain of a journal with the rows that are there, inside the transaction that makes its table. The first
 * entry is of the journal itself, so that the chain is never empty.
 */
export function beginChain(database: Pick<Database, "prepare">): void {
	const notes = ["SELECT kassad_chain_note('journal', 0, 'begun')", ...takingOver];
	for (const sql of notes) database.prepare(sql).all();
}

/** Which triggers of the journal are not as they should be: missing, changed or foreign. */
export function wrongTriggers(database: Pick<Database, "prepare">): string[] {
	const found = new Map(
		database
			.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
			.all()
			.map(({ name, sql }) => [String(name), String(sql)]),
	);
	const names = new Set([...chainTriggers.keys(), ...found.keys()]);
	return [...names].filter((name) => found.get(name) !== chainTriggers.get(name));
}

/** Makes the triggers as they should be; inside a transaction. */
export function setTriggers(database: Database): void {
	for (const name of wrongTriggers(database)) {
		database.exec(`DROP TRIGGER IF EXISTS "${name.replaceAll('"', '""')}"`);
		const sql = chainTriggers.get(name);
		if (sql !== undefined) database.exec(sql);
	}
}

import { type ChainedTable, chainedTables, textOf } from "./chain-rows.ts";
import type { Database } from "./database.ts";

/**
 * `part` is a table and `row` the number of a row of it; `digest` is that of the row as it is from then on, NULL where it
 * is gone. `link` holds the entry to all before it. The functions that make them are the daemon's alone: who writes a
 * chained table without them is refused by SQLite, and who reads needs none.
 */
const chainTable = `
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
CREATE INDEX chain_by_row ON chain (part, row);
`;

const entry = (table: ChainedTable, row: "NEW" | "OLD", deed: string, digest: string) =>
	`INSERT INTO chain (at, part, row, deed, digest)
		VALUES (kassad_chain_time(), '${table.name}', ${table.keyOf(row)}, '${deed}', ${digest})`;

const trigger = (name: string, on: string, deed: string) =>
	[name, `CREATE TRIGGER ${name} AFTER ${on} BEGIN\n\t${deed};\nEND`] as const;

/** The link is made of what stands in the table, not of what is remembered: a transaction may be rolled back. */
const linking = `UPDATE chain SET link = kassad_chain_link(
		(SELECT link FROM chain WHERE number = NEW.number - 1),
		NEW.number, NEW.at, NEW.part, NEW.row, NEW.deed, NEW.digest
	) WHERE number = NEW.number`;

/** Whatever is done to a chained row is an entry in the same transaction: SQL by name. */
const chainTriggers: ReadonlyMap<string, string> = new Map([
	trigger("chain_link_entry", "INSERT ON chain", linking),
	...chainedTables.flatMap((table) => {
		const { name } = table;
		const written = entry(table, "NEW", "written", `kassad_chain_digest('${name}', ${textOf(table, "NEW")})`);
		return [
			trigger(`chain_insert_${name}`, `INSERT ON ${name}`, written),
			trigger(`chain_update_${name}`, `UPDATE ON ${name}`, written),
			trigger(`chain_delete_${name}`, `DELETE ON ${name}`, entry(table, "OLD", "erased", "NULL")),
		];
	}),
]);

/** The first entry, so that the chain is never empty. */
const beginning =
	"INSERT INTO chain (at, part, row, deed, digest) VALUES (kassad_chain_time(), 'journal', 0, 'begun', NULL);";

const takingOver = chainedTables.map(
	(table) => `
INSERT INTO chain (at, part, row, deed, digest)
	SELECT kassad_chain_time(), '${table.name}', ${table.key}, 'taken-over',
		kassad_chain_digest('${table.name}', ${textOf(table, table.name)})
	FROM ${table.from} ORDER BY 3;`,
);

/** SQL: begins the chain of a journal with the rows that are there; it needs the chain's functions. */
export const beginChain = `${chainTable}${chainTriggers.get("chain_link_entry")};\n${beginning}${takingOver.join("")}`;

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

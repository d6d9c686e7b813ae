import { beginChain, chainTable, setTriggers } from "./chain-tables.ts";
import type { Database } from "./database.ts";
import { journalFailure } from "./failure.ts";
import {
	operationsByStart,
	operationsTable,
	printTables,
	shiftsTable,
	version,
	versionOf,
} from "./schema.ts";

/** What version 1 knew of an operation: it was a payment. */
const columns = `number, id, kind, key, body_hash, order_id, amount, request_id, cancel_request_id, purchase, brand,
	payment_types, scanner, card_masked, timings, sealed, started_at, transaction_id, cancel_wanted, outcome, fault,
	wire_code, finished_at`;

/** From version 1 to 2: operations are more than payments. Indexes go with their table. */
const toVersion2 = `
CREATE TABLE operations_1 AS SELECT ${columns} FROM operations;
DROP TABLE operations;
${operationsTable}
INSERT INTO operations (${columns}, terminal) SELECT ${columns}, '' FROM operations_1;
DROP TABLE operations_1;
`;

/** From version 2 to 3: prints are more than the slips of operations. */
const toVersion3 = `
${operationsByStart}
CREATE TABLE prints_2 AS SELECT prints.*, kind FROM prints LEFT JOIN operations ON operations.id = operation;
DROP TABLE prints;
${printTables}
INSERT INTO prints (id, document, operation, subject, mark, printer, state, evidence, fault, detail, queued_at,
		begun_at, judged_at)
	SELECT id, kind, operation, json_object('document', kind, 'operationId', operation), 'original', printer, state,
		evidence, fault, detail, queued_at, begun_at, judged_at
	FROM prints_2;
DROP TABLE prints_2;
`;

/** What versions 2 and 3 knew of an operation. */
const columnsOf3 = `${columns}, session_mark, wish, summary, ref_transaction_id`;

/** From version 3 to 4: a journal is that of several tills, and knows their shifts. */
const toVersion4 = `
CREATE TABLE operations_3 AS SELECT ${columnsOf3} FROM operations;
DROP TABLE operations;
${operationsTable}
${operationsByStart}
INSERT INTO operations (${columnsOf3}, terminal)
	SELECT ${columnsOf3}, coalesce((SELECT terminalId FROM slips WHERE operation = operations_3.id), '')
	FROM operations_3;
DROP TABLE operations_3;
${shiftsTable}
`;

/** From version 4 to 5: rows are chained; those that are there are taken over as they are. */
const toVersion5 = chainTable;

/** From version 5 to 6: the chain is followed as it was written, and nothing else is looked for in it. */
const toVersion6 = "DROP INDEX IF EXISTS chain_by_row;";

/** What brings the tables of a version to those of the next. */
const steps: readonly (readonly [from: number, step: string])[] = [
	[1, toVersion2],
	[2, toVersion3],
	[3, toVersion4],
	[4, toVersion5],
	[5, toVersion6],
];

/**
 * Brings the tables of an earlier version up to this one's, in one transaction. The chain's functions must be there.
 * @throws {FaultError} `journal-failed`; the journal is then as it was.
 */
export function migrate(database: Database): void {
	const found = versionOf(database);
	if (found === version) return;
	// A table that others refer to can be put in another's place only while nobody looks; a transaction cannot switch
	// that ("Making Other Kinds Of Table Schema Changes", SQLite).
	database.exec("PRAGMA foreign_keys = OFF");
	database.transact(`bring the journal to version ${version}`, () => {
		refuseLooseEnds(database);
		for (const [from, step] of steps) if (from >= found) database.exec(step);
		if (found < 5) beginChain(database);
		setTriggers(database);
		database.exec(`PRAGMA user_version = ${version}`);
	});
	database.exec("PRAGMA foreign_keys = ON");
}

function refuseLooseEnds(database: Database): void {
	const [loose] = database.prepare("PRAGMA foreign_key_check").all();
	if (loose === undefined) return;
	const why = `a row of ${loose.table} belongs to no operation`;
	throw journalFailure("bring the journal up to date", why, "Keep the journal folder for the support.");
}

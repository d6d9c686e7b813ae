import type { Database } from "./database.ts";
import { journalFailure } from "./failure.ts";
import { operationsTable, version, versionOf } from "./schema.ts";

/** What version 1 knew of an operation: it was a payment. */
const columns = `number, id, kind, key, body_hash, order_id, amount, request_id, cancel_request_id, purchase, brand,
	payment_types, scanner, card_masked, timings, sealed, started_at, transaction_id, cancel_wanted, outcome, fault,
	wire_code, finished_at`;

/** From version 1 to 2: operations are more than payments. Indexes go with their table. */
const toVersion2 = `
CREATE TABLE operations_1 AS SELECT ${columns} FROM operations;
DROP TABLE operations;
${operationsTable}
INSERT INTO operations (${columns}) SELECT ${columns} FROM operations_1;
DROP TABLE operations_1;
`;

/**
 * Brings the tables of an earlier version up to this one's, in one transaction.
 * @throws {FaultError} `journal-failed`; the journal is then as it was.
 */
export function migrate(database: Database): void {
	if (versionOf(database) === version) return;
	// A table that others refer to can be put in another's place only while nobody looks; a transaction cannot switch
	// that ("Making Other Kinds Of Table Schema Changes", SQLite).
	database.exec("PRAGMA foreign_keys = OFF");
	database.transact(`bring the journal to version ${version}`, () => {
		database.exec(toVersion2);
		refuseLooseEnds(database);
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

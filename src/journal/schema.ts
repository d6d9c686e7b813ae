import type { DatabaseSync } from "node:sqlite";
import { beginChain, chainTable, setTriggers } from "./chain-tables.ts";
import type { Database } from "./database.ts";
import { journalFailure } from "./failure.ts";

/** Of the tables, in `PRAGMA user_version`. */
export const version = 6;

/** `PRAGMA application_id`: "kssd". It tells a journal from any other database. */
const application = 0x6b_73_73_64;

/**
 * What each kind of operation has:
 *   payment    cancel_request_id, purchase, brand, payment_types, scanner, card_masked, timings; `sealed`, its card
 *              until it is finished; `session_mark`, by which a code that was paid with is told again
 *   refund     `wish` (JSON); transaction_id is that of its payment, ref_transaction_id its own
 *   receipt    `wish` (JSON); transaction_id is that of its payment
 *   providers  brand, card_masked; `summary`, what the question for ways to pay brought; no key
 * The server's ids are GUIDs, the same in either case. `terminal` is the terminalId of the till that it belongs to; ''
 * in what an earlier kassad began and left without a slip.
 */
export const operationsTable = `
CREATE TABLE operations (
	number INTEGER PRIMARY KEY,
	id TEXT NOT NULL UNIQUE,
	kind TEXT NOT NULL CHECK (kind IN ('payment', 'refund', 'receipt', 'providers')),
	terminal TEXT NOT NULL,
	key TEXT,
	body_hash TEXT,
	order_id TEXT NOT NULL,
	amount INTEGER NOT NULL CHECK (amount >= 0),
	request_id TEXT NOT NULL,
	cancel_request_id TEXT,
	purchase TEXT,
	brand TEXT,
	payment_types TEXT,
	scanner TEXT,
	card_masked TEXT,
	timings TEXT,
	sealed BLOB,
	session_mark BLOB,
	wish TEXT,
	summary TEXT,
	started_at INTEGER NOT NULL,
	transaction_id TEXT COLLATE NOCASE,
	ref_transaction_id TEXT COLLATE NOCASE,
	cancel_wanted TEXT,
	outcome TEXT CHECK (outcome IN ('unknown', 'settled', 'refused')),
	fault TEXT,
	wire_code TEXT,
	finished_at INTEGER,
	CHECK ((finished_at IS NULL) = (coalesce(outcome, 'unknown') = 'unknown')),
	CHECK ((sealed IS NOT NULL) = (kind = 'payment' AND finished_at IS NULL)),
	CHECK ((purchase IS NOT NULL) = (kind = 'payment')),
	CHECK ((wish IS NOT NULL) = (kind IN ('refund', 'receipt'))),
	CHECK ((key IS NULL) = (kind = 'providers')),
	CHECK (kind <> 'refund' OR (amount > 0 AND transaction_id IS NOT NULL))
) STRICT;
CREATE INDEX operations_by_key ON operations (key);
CREATE INDEX operations_by_order ON operations (order_id);
CREATE INDEX operations_by_transaction ON operations (transaction_id);
CREATE INDEX operations_by_session ON operations (session_mark) WHERE session_mark IS NOT NULL;
CREATE INDEX operations_open ON operations (number) WHERE finished_at IS NULL;
CREATE UNIQUE INDEX operations_one_in_progress ON operations (terminal)
	WHERE outcome IS NULL AND kind IN ('payment', 'refund');
CREATE UNIQUE INDEX operations_one_refund ON operations (transaction_id)
	WHERE finished_at IS NULL AND kind = 'refund';
`;

/**
 * `subject` is all that a document is built from, as JSON; `operation` stands in it too. `repeats` is the first print of
 * the same document; `printer` is where it was or will be printed; `resolved` is what the cashier found where nobody knew.
 */
export const printTables = `
CREATE TABLE prints (
	id INTEGER PRIMARY KEY,
	document TEXT NOT NULL
		CHECK (document IN ('payment', 'refund', 'fiscal-receipt', 'shift-report', 'self-test')),
	operation TEXT REFERENCES operations (id),
	subject TEXT NOT NULL,
	mark TEXT NOT NULL CHECK (mark IN ('original', 'copy', 'repeat')),
	repeats INTEGER REFERENCES prints (id),
	key TEXT,
	body_hash TEXT,
	printer TEXT NOT NULL,
	state TEXT NOT NULL
		CHECK (state IN ('queued', 'printing', 'printed', 'not-printed', 'unknown', 'cancelled')),
	evidence TEXT,
	fault TEXT,
	detail TEXT,
	queued_at INTEGER NOT NULL,
	begun_at INTEGER,
	judged_at INTEGER,
	resolved TEXT CHECK (resolved IN ('on-paper', 'not-on-paper')),
	resolved_at INTEGER,
	CHECK ((operation IS NULL) = (document IN ('shift-report', 'self-test'))),
	CHECK ((key IS NULL) = (body_hash IS NULL)),
	CHECK ((judged_at IS NULL) = (state IN ('queued', 'printing'))),
	CHECK ((evidence IS NOT NULL) = (state = 'printed')),
	CHECK ((resolved IS NULL) = (resolved_at IS NULL)),
	CHECK (resolved IS NULL OR state = 'unknown')
) STRICT;
CREATE INDEX prints_by_operation ON prints (operation) WHERE operation IS NOT NULL;
CREATE INDEX prints_by_state ON prints (state, printer);
CREATE INDEX prints_by_begin ON prints (printer, begun_at) WHERE begun_at IS NOT NULL;
CREATE INDEX prints_by_key ON prints (key) WHERE key IS NOT NULL;
CREATE INDEX prints_by_first ON prints (repeats) WHERE repeats IS NOT NULL;
CREATE TABLE held_printers (printer TEXT PRIMARY KEY, since INTEGER NOT NULL) STRICT;
`;

/** Shifts are reckoned by it. */
export const operationsByStart = "CREATE INDEX operations_by_start ON operations (started_at);";

/** The shifts of each till, by numbers of the journal's own; one without `closed_at` goes on. Each deed has its key. */
export const shiftsTable = `
CREATE TABLE shifts (
	number INTEGER PRIMARY KEY,
	terminal TEXT NOT NULL,
	opened_at INTEGER NOT NULL,
	closed_at INTEGER,
	key TEXT,
	body_hash TEXT,
	close_key TEXT,
	close_body_hash TEXT,
	CHECK ((key IS NULL) = (body_hash IS NULL)),
	CHECK ((close_key IS NULL) = (close_body_hash IS NULL)),
	CHECK (close_key IS NULL OR closed_at IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX shifts_one_open ON shifts (terminal) WHERE closed_at IS NULL;
CREATE INDEX shifts_by_key ON shifts (key) WHERE key IS NOT NULL;
CREATE INDEX shifts_by_close_key ON shifts (close_key) WHERE close_key IS NOT NULL;
`;

/**
 * Money is in kopecks, times are wall-clock ms since 1970. A slip's documented fields have columns of their own
 * for the reports, under the Pay API's names; `whole` is the slip with all its fields, listed or not, as JSON.
 */
const tables = `
CREATE TABLE marks (
	key_check BLOB NOT NULL,
	events_reserved INTEGER NOT NULL
) STRICT;
${operationsTable}
${operationsByStart}
CREATE TABLE attempts (
	number INTEGER PRIMARY KEY,
	operation TEXT NOT NULL REFERENCES operations (id),
	call TEXT NOT NULL,
	request_id TEXT NOT NULL,
	begun_at INTEGER NOT NULL,
	result TEXT CHECK (result IN ('answered', 'not-sent', 'unanswered')),
	summary TEXT,
	ended_at INTEGER
) STRICT;
CREATE INDEX attempts_by_operation ON attempts (operation);

CREATE TABLE slips (
	operation TEXT PRIMARY KEY REFERENCES operations (id),
	id TEXT,
	paymentType TEXT,
	storeId TEXT,
	terminalId TEXT,
	orderId TEXT,
	paymentTransactionId TEXT,
	refundTransactionId TEXT,
	merchantId TEXT,
	operationDateTime TEXT,
	operationId TEXT,
	qrcId TEXT,
	kzo TEXT,
	currency TEXT,
	totalAmount INTEGER,
	whole TEXT NOT NULL
) STRICT;

${printTables}
${shiftsTable}
CREATE TABLE events (
	seq INTEGER PRIMARY KEY,
	type TEXT NOT NULL,
	at INTEGER NOT NULL,
	body TEXT NOT NULL
) STRICT;
`;

/**
 * Refuses a database that is not a journal, or not one that this kassad understands. Reads only.
 * @throws {FaultError} `journal-failed`
 */
export function refuseForeign(file: DatabaseSync, path: string): void {
	if (hasNoTables(file)) return;
	if (numberIn(file, "PRAGMA application_id") !== application) {
		const remedy = "Move it away, or name another folder in journal.folder.";
		throw journalFailure(`use ${path}`, "it is not a journal of kassad", remedy);
	}
	const found = versionOf(file);
	if (found > version) {
		const why = `a newer kassad made it (version ${found}; this one knows ${version})`;
		throw journalFailure(`use ${path}`, why, "Install that newer kassad again.");
	}
}

/** Whether the tables have still to be made. */
export function hasNoTables(database: Pick<Database, "prepare">): boolean {
	return numberIn(database, "SELECT count(*) FROM sqlite_schema") === 0;
}

/** The version of the tables that a journal has. */
export function versionOf(database: Pick<Database, "prepare">): number {
	return numberIn(database, "PRAGMA user_version");
}

/**
 * Makes all tables and begins the chain; to be called inside a transaction, when the chain's functions are there.
 * `keyCheck` is what only the right key opens.
 */
export function createTables(database: Database, keyCheck: Uint8Array): void {
	database.exec(tables + chainTable);
	beginChain(database);
	setTriggers(database);
	database.exec(`PRAGMA user_version = ${version}; PRAGMA application_id = ${application}`);
	database.prepare("INSERT INTO marks VALUES (?, 0)").run(keyCheck);
}

function numberIn(database: Pick<Database, "prepare">, sql: string): number {
	return Number(Object.values(database.prepare(sql).get() ?? {})[0]);
}

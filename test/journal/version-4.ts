import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** Sealed by a key of 32 bytes of 1. */
const keyCheck =
	"8eb06cf2fc775641a491e52a39bbb9506ab86b09bb7d56d7466d9d3cf9ff1547df5b2c22ac480cd56e1639782af81fa083841d50584b6279";

const tables = `
CREATE TABLE marks (
	key_check BLOB NOT NULL,
	events_reserved INTEGER NOT NULL
) STRICT;
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
CREATE INDEX operations_by_start ON operations (started_at);
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
CREATE TABLE events (
	seq INTEGER PRIMARY KEY,
	type TEXT NOT NULL,
	at INTEGER NOT NULL,
	body TEXT NOT NULL
) STRICT;
`;

/** A payment with a slip of another till and its print; a refund without a slip; an unknown payment; one in progress; a shift that was closed, and one that goes on. */
const rows = `
INSERT INTO marks VALUES (x'${keyCheck}', 1000);
INSERT INTO operations (id, kind, terminal, key, body_hash, order_id, amount, request_id, cancel_request_id, purchase, brand,
		payment_types, scanner, card_masked, timings, session_mark, started_at, transaction_id, outcome, finished_at)
	VALUES ('paid', 'payment', 'till-7', 'key of paid', 'hash of paid', 'order paid', 85900, 'request paid', 'cancel paid',
		'{"orderId":"order paid","totalAmount":85900,"items":[]}', 'example', '["SBP"]', 'front', '77*2345',
		'{"scannedAt":1772359199000}', x'07', 1772359200001, 'transaction 1', 'settled', 1772359210000);
INSERT INTO operations (id, kind, terminal, key, body_hash, order_id, amount, request_id, wish, started_at, transaction_id,
		ref_transaction_id, outcome, finished_at)
	VALUES ('back', 'refund', 'till-7', 'key of back', 'hash of back', 'order paid', 100, 'request back', '{"parts":[]}',
		1772359290000, 'transaction 1', 'refund 1', 'settled', 1772359300000);
INSERT INTO operations (id, kind, terminal, order_id, amount, request_id, brand, card_masked, summary, started_at, outcome,
		finished_at)
	VALUES ('asked', 'providers', 'till-7', 'order paid', 85900, 'request asked', 'example', '77*2345', 'SBP (DOLYAME)',
		1772359199500, 'settled', 1772359199600);
INSERT INTO operations (id, kind, terminal, key, body_hash, order_id, amount, request_id, cancel_request_id, purchase, brand,
		payment_types, scanner, card_masked, timings, sealed, started_at, transaction_id, outcome, fault)
	VALUES ('unknown', 'payment', 'till-7', 'key of unknown', 'hash of unknown', 'order unknown', 100, 'request unknown',
			'cancel unknown', '{"orderId":"order unknown","totalAmount":100,"items":[]}', 'example', '["SBP"]', 'front',
			'77*2345', '{}', x'00', 1772359400001, 'transaction 2', 'unknown', 'server-silent'),
		('open', 'payment', 'till-7', 'key of open', 'hash of open', 'order open', 200, 'request open', 'cancel open',
			'{"orderId":"order open","totalAmount":200,"items":[]}', 'example', '["SBP"]', 'front',
			'77*2345', '{}', x'00', 1772359500001, NULL, NULL, NULL);
INSERT INTO attempts (operation, call, request_id, begun_at, result, summary, ended_at) VALUES
	('paid', 'checkout', 'request paid', 1772359200001, 'answered', '200', 1772359200100);
INSERT INTO slips (operation, id, paymentType, terminalId, totalAmount, whole) VALUES ('paid', 'slip 1', 'SBP',
	'till-7', 85900, '{"id":"slip 1","paymentType":"SBP","terminalId":"till-7","totalAmount":85900,"unlisted":{}}');
INSERT INTO prints (id, document, operation, subject, mark, printer, state, evidence, queued_at, begun_at, judged_at)
	VALUES (1, 'payment', 'paid', '{"document":"payment","operationId":"paid"}', 'original', 'front', 'printed',
		'process-id', 1772359210000, 1772359211000, 1772359212000);
INSERT INTO shifts (number, terminal, opened_at, closed_at, key, body_hash) VALUES
	(1, 'till-7', 1772355600000, 1772384400000, 'key of a shift', 'hash of a shift'),
	(2, 'till-7', 1772442000000, NULL, NULL, NULL);
`;

/** Puts the journal of a kassad of version 4 of the tables into a folder, as that kassad left it. */
export function leaveVersion4(folder: string): void {
	writeFileSync(join(folder, "journal.key"), Buffer.alloc(32, 1));
	const database = new DatabaseSync(join(folder, "journal.db"));
	database.exec(tables + rows);
	database.exec("PRAGMA user_version = 4; PRAGMA application_id = 0x6b737364");
	database.close();
}

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** Sealed by a key of 32 bytes of 1. */
const keyCheck =
	"8eb06cf2fc775641a491e52a39bbb9506ab86b09bb7d56d7466d9d3cf9ff1547df5b2c22ac480cd56e1639782af81fa083841d50584b6279";
const unknownCard =
	"8a9234d84d9b2f3ef63c1b9633754c658102de536515dcdb6d5b7746b484d31f1693072cabb6b0fb7ca6e2198ec744eadc46dcf67cee85e2794a898731d29218bbad32236451be8473";
const openCard =
	"67036bc4407fdc6aea5d8ec8b108e5a614a43e61da935dcd9b71ef5dac591ef94efc686f4f8b93a94818380816439aeeec3675304d43b8f8338e68df1ac3d3736c26f77390b0cd584b";

const tables = `
CREATE TABLE marks (
	key_check BLOB NOT NULL,
	events_reserved INTEGER NOT NULL
) STRICT;

CREATE TABLE operations (
	number INTEGER PRIMARY KEY,
	id TEXT NOT NULL UNIQUE,
	kind TEXT NOT NULL CHECK (kind = 'payment'),
	key TEXT NOT NULL,
	body_hash TEXT NOT NULL,
	order_id TEXT NOT NULL,
	amount INTEGER NOT NULL CHECK (amount >= 0),
	request_id TEXT NOT NULL,
	cancel_request_id TEXT NOT NULL,
	purchase TEXT NOT NULL,
	brand TEXT NOT NULL,
	payment_types TEXT NOT NULL,
	scanner TEXT NOT NULL,
	card_masked TEXT NOT NULL,
	timings TEXT NOT NULL,
	sealed BLOB,
	started_at INTEGER NOT NULL,
	transaction_id TEXT,
	cancel_wanted TEXT,
	outcome TEXT CHECK (outcome IN ('unknown', 'settled', 'refused')),
	fault TEXT,
	wire_code TEXT,
	finished_at INTEGER,
	CHECK ((finished_at IS NULL) = (coalesce(outcome, 'unknown') = 'unknown')),
	CHECK ((finished_at IS NULL) = (sealed IS NOT NULL))
) STRICT;
CREATE INDEX operations_by_key ON operations (key);
CREATE INDEX operations_by_order ON operations (order_id);
CREATE INDEX operations_open ON operations (number) WHERE finished_at IS NULL;
CREATE UNIQUE INDEX operations_one_in_progress ON operations (outcome IS NULL) WHERE outcome IS NULL;

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
	operation TEXT NOT NULL REFERENCES operations (id),
	printer TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('queued', 'printing', 'printed', 'not-printed', 'unknown')),
	evidence TEXT,
	fault TEXT,
	detail TEXT,
	queued_at INTEGER NOT NULL,
	begun_at INTEGER,
	judged_at INTEGER
) STRICT;
CREATE INDEX prints_by_operation ON prints (operation);
CREATE INDEX prints_by_state ON prints (state);

CREATE TABLE events (
	seq INTEGER PRIMARY KEY,
	type TEXT NOT NULL,
	at INTEGER NOT NULL,
	body TEXT NOT NULL
) STRICT;
`;

/** A payment that was settled, slip and print; one refused; one unknown; one of which nothing is known yet. */
const rows = `
INSERT INTO marks VALUES (x'${keyCheck}', 1000);
INSERT INTO operations VALUES
	(1, 'paid', 'payment', 'key of paid', 'hash of paid', 'order paid', 85900, 'request paid',
		'cancel paid', '{"orderId":"order paid","totalAmount":85900,"items":[]}', 'example', '["SBP"]',
		'front', '77*************2345', '{"scannedAt":1772359199000}', NULL,
		1772359200001, 'transaction 1', NULL, 'settled', NULL, NULL, 1772359210000),
	(2, 'refused', 'payment', 'key of refused', 'hash of refused', 'order refused', 85900, 'request refused',
		'cancel refused', '{"orderId":"order refused","totalAmount":85900,"items":[]}', 'example', '["SBP"]',
		'front', '77*************2345', '{"scannedAt":1772359199000}', NULL,
		1772359200002, NULL, 'cashier', 'refused', 'payment-cancelled-by-cashier', NULL, 1772359220000),
	(3, 'unknown', 'payment', 'key of unknown', 'hash of unknown', 'order unknown', 85900, 'request unknown',
		'cancel unknown', '{"orderId":"order unknown","totalAmount":85900,"items":[]}', 'example', '["SBP"]',
		'front', '77*************2345', '{"scannedAt":1772359199000}', x'${unknownCard}',
		1772359200003, 'transaction 3', NULL, 'unknown', 'server-silent', NULL, NULL),
	(4, 'open', 'payment', 'key of open', 'hash of open', 'order open', 85900, 'request open',
		'cancel open', '{"orderId":"order open","totalAmount":85900,"items":[]}', 'example', '["SBP"]',
		'front', '77*************2345', '{"scannedAt":1772359199000}', x'${openCard}',
		1772359200004, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO attempts VALUES
	(1, 'paid', 'checkout', 'request paid', 1772359200001, 'answered', 'accepted', 1772359200500),
	(2, 'unknown', 'checkout', 'request unknown', 1772359200003, 'unanswered', 'no answer', 1772359200700),
	(3, 'open', 'checkout', 'request open', 1772359200004, 'not-sent', 'no route', 1772359200800);
INSERT INTO slips (operation, id, paymentType, totalAmount, whole) VALUES
	('paid', 'slip 1', 'SBP', 85900, '{"id":"slip 1","paymentType":"SBP","totalAmount":85900,"unlisted":{"bank":7}}');
INSERT INTO prints VALUES
	(1, 'paid', 'front', 'printed', 'process-id', NULL, NULL, 1772359210000, 1772359211000, 1772359212000);
INSERT INTO events VALUES (7, 'operation', 1772359210000, '{"state":"settled"}');
`;

/** Puts the journal of a kassad of version 1 of the tables into a folder, as that kassad left it. */
export function leaveVersion1(folder: string): void {
	writeFileSync(join(folder, "journal.key"), Buffer.alloc(32, 1));
	const database = new DatabaseSync(join(folder, "journal.db"));
	database.exec(tables + rows);
	database.exec("PRAGMA user_version = 1; PRAGMA application_id = 0x6b737364");
	database.close();
}

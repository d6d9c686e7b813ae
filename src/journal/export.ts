import { slipFields } from "../model/slip.ts";
import { type ChainHead, headOf } from "./chain-head.ts";
import type { JournalReader } from "./read-journal.ts";

/** A table as it is exported. */
type ExportedTable = {
	/** SQL of each field by its name. */
	readonly fields: Readonly<Record<string, string>>;
	/** What is not exported, and why. */
	readonly withheld: Readonly<Record<string, string>>;
	/** SQL: the moment by which a row belongs to a period, wall-clock ms. */
	readonly moment: string;
	readonly order: string;
};

const time = (column: string) =>
	`iif(${column} IS NULL, NULL, strftime('%Y-%m-%dT%H:%M:%S', ${column} / 1000, 'unixepoch') || printf('.%03dZ', ${column} % 1000))`;

const posKeys = {
	key: "the POS program's own, by which it knows its wishes",
	body_hash: "belongs to the key",
} as const;
const began = "(SELECT started_at FROM operations AS own WHERE own.id = operation)";

/**
 * What an auditor gets of each table: every row, and every column that is no secret. A new column of the journal is in
 * neither list, which a test finds. Money is in kopecks, times are ISO 8601 in UTC, what is NULL is left out.
 */
export const exportedTables: Readonly<Record<string, ExportedTable>> = {
	operations: {
		fields: {
			number: "number",
			id: "id",
			kind: "kind",
			terminal: "nullif(terminal, '')",
			orderId: "order_id",
			amount: "amount",
			state: "coalesce(outcome, 'in-progress')",
			fault: "fault",
			wireCode: "wire_code",
			requestId: "request_id",
			cancelRequestId: "cancel_request_id",
			transactionId: "transaction_id",
			refTransactionId: "ref_transaction_id",
			cancelWanted: "cancel_wanted",
			purchase: "json(purchase)",
			returned: "json_extract(wish, '$.parts')",
			brand: "brand",
			card: "card_masked",
			scanner: "scanner",
			paymentTypes: "json(payment_types)",
			summary: "summary",
			scannedAt: time("json_extract(timings, '$.scannedAt')"),
			startedAt: time("started_at"),
			finishedAt: time("finished_at"),
		},
		withheld: {
			...posKeys,
			sealed: "the card of an unfinished payment",
			session_mark: "made of a card's session",
			timings: "scannedAt is all of it",
			outcome: "exported as state",
			wish: "a fiscal receipt may name the customer; of a refund, returned",
		},
		moment: "started_at",
		order: "number",
	},
	attempts: {
		fields: {
			number: "number",
			operationId: "operation",
			call: "call",
			requestId: "request_id",
			result: "result",
			summary: "summary",
			begunAt: time("begun_at"),
			endedAt: time("ended_at"),
		},
		withheld: {},
		moment: began,
		order: "number",
	},
	slips: {
		fields: { ofOperation: "operation", ...Object.fromEntries(slipFields.map((field) => [field, field])) },
		withheld: { whole: "nobody knows what a bank adds to a slip beyond the documented fields" },
		moment: began,
		order: "rowid",
	},
	prints: {
		fields: {
			id: "id",
			document: "document",
			operationId: "operation",
			subject: "json(subject)",
			mark: "mark",
			repeats: "repeats",
			printer: "printer",
			state: "state",
			evidence: "evidence",
			fault: "fault",
			detail: "detail",
			resolved: "resolved",
			queuedAt: time("queued_at"),
			begunAt: time("begun_at"),
			judgedAt: time("judged_at"),
			resolvedAt: time("resolved_at"),
		},
		withheld: posKeys,
		moment: `coalesce(${began}, queued_at)`,
		order: "id",
	},
	shifts: {
		fields: {
			number: "number",
			terminal: "terminal",
			openedAt: time("opened_at"),
			closedAt: time("closed_at"),
		},
		withheld: { ...posKeys, close_key: posKeys.key, close_body_hash: posKeys.body_hash },
		moment: "opened_at",
		order: "number",
	},
	chain: {
		fields: {
			number: "number",
			at: time("at"),
			part: "part",
			row: "row",
			deed: "deed",
			digest: "lower(hex(digest))",
			link: "lower(hex(link))",
		},
		withheld: {},
		moment: "at",
		order: "number",
	},
	events: {
		fields: {
			seq: "seq",
			type: "type",
			at: time("at"),
			operationId: "json_extract(body, '$.operationId')",
			printId: "json_extract(body, '$.printId')",
			state: "json_extract(body, '$.state')",
			fault: "json_extract(body, '$.fault')",
		},
		withheld: { body: "what it tells stands in the other tables" },
		moment: "at",
		order: "seq",
	},
};

/** Tables of which nothing is exported, and why. */
export const withheldTables: Readonly<Record<string, string>> = {
	marks: "by it a journal knows its key",
	held_printers: "how the printers are now, not what happened",
};

/** Wall-clock ms, `to` exclusive. */
export type ExportPeriod = { readonly from: number; readonly to: number };

/**
 * Gives every row of a period as one line of JSON, as they stand at one moment, table by table and in the order in which
 * they were written. What belongs to an operation is in the period in which that began.
 * @returns how many rows of each table, and how far the chain has come at that moment.
 * @throws {FaultError} `journal-failed`, or what `write` throws.
 */
export function exportRows(
	reader: JournalReader,
	period: ExportPeriod,
	write: (line: string) => void,
): { readonly rows: Readonly<Record<string, number>>; readonly head: ChainHead } {
	return reader.read("export the journal", () => {
		const counts = Object.entries(exportedTables).map(([name, table]) => {
			let count = 0;
			for (const facts of factsOf(reader, name, table, period)) {
				write(`{"table":"${name}",${facts.slice(1)}`);
				count += 1;
			}
			return [name, count];
		});
		const head = headOf({ prepare: reader.prepare, read: (_, work) => work() });
		return { rows: Object.fromEntries(counts), head };
	});
}

/** JSON of each row. */
function* factsOf(
	reader: JournalReader,
	name: string,
	{ fields, moment, order }: ExportedTable,
	{ from, to }: ExportPeriod,
): Generator<string> {
	const pairs = Object.entries(fields).map(([field, sql]) => `'${field}', ${sql}`);
	const rows = reader.prepare(
		`SELECT json_patch('{}', json_object(${pairs.join(", ")})) AS facts FROM ${name}
		WHERE ${moment} >= :from AND ${moment} < :to ORDER BY ${order}`,
	);
	for (const row of rows.iterate({ from, to })) yield String(row.facts);
}

/** A table whose rows are chained. A row is known by a whole number; its other columns are what its digest covers. */
export type ChainedTable = {
	readonly name: string;
	/** All its columns but those that `keyOf` and `from` stand for. */
	readonly columns: readonly string[];
	/** SQL: the number of a row that a trigger calls NEW or OLD. */
	keyOf(row: "NEW" | "OLD"): string;
	/** SQL: the number of a row that is read. */
	readonly key: string;
	/** SQL: where it is read from. */
	readonly from: string;
};

const numbered = (name: string, key: string, columns: string): ChainedTable => ({
	name,
	columns: columns.trim().split(/\s+/),
	keyOf: (row) => `${row}.${key}`,
	key: `${name}.${key}`,
	from: name,
});

/**
 * What the chain covers. A slip is known by the number of its operation, so that the chain holds no word of a row. The
 * number itself is left out of the digest: a row that was moved is known again.
 */
export const chainedTables: readonly ChainedTable[] = [
	numbered(
		"operations",
		"number",
		`id kind terminal key body_hash order_id amount request_id cancel_request_id purchase brand payment_types scanner
		card_masked timings sealed session_mark wish summary started_at transaction_id ref_transaction_id cancel_wanted
		outcome fault wire_code finished_at`,
	),
	numbered("attempts", "number", "operation call request_id begun_at result summary ended_at"),
	{
		...numbered(
			"slips",
			"operation",
			`id paymentType storeId terminalId orderId paymentTransactionId refundTransactionId merchantId
			operationDateTime operationId qrcId kzo currency totalAmount whole`,
		),
		keyOf: (row) => `(SELECT number FROM operations WHERE id = ${row}.operation)`,
		key: "operations.number",
		from: "operations JOIN slips ON slips.operation = operations.id",
	},
	numbered(
		"prints",
		"id",
		`document operation subject mark repeats key body_hash printer state evidence fault detail queued_at begun_at
		judged_at resolved resolved_at`,
	),
	numbered("shifts", "number", "terminal opened_at closed_at key body_hash close_key close_body_hash"),
];

/**
 * SQL: the text of a row that its digest is taken of, as bytes: of each column its length in bytes, a colon and the
 * value as text, or `-` for NULL. One text is of one row only, whatever bytes stand in it, and it is made of nothing
 * that another version of SQLite could write otherwise.
 */
export function textOf({ columns, name: row }: ChainedTable): string {
	// One call for all: each || would copy what stands before it.
	const parts = columns.map((name) => `coalesce(octet_length(${row}.${name}) || ':', '-'), ${row}.${name}`);
	return `CAST(concat(${parts.join(", ")}) AS BLOB)`;
}

import type { LedgerRow, Period, Totals } from "../model/shift-report.ts";
import { slipFields } from "../model/slip.ts";
import type { Database } from "./database.ts";
import { present } from "./present.ts";

/** What a period adds up to. */
type Sums = {
	/** Of what settled: money that moved. */
	readonly totals: Totals;
	/** How many have no known end yet, so that their money is in no sum. */
	readonly unknown: number;
	readonly refused: number;
	/** How many slips say another amount than the till asked for: there should be none. */
	readonly differing: number;
};

/** Payments and refunds as they were begun, whatever came of them; each call can throw a FaultError `journal-failed`. */
export type Ledger = {
	/** All of a period, in the order in which they were begun. */
	between(period: Period): LedgerRow[];
	/**
	 * A part of the same, in order of time, which the till's clock may have set back: so it is found at once.
	 * @param after the `number` of the last row before it, 0 for the first part.
	 */
	page(period: Period, after: number, most: number): NumberedRow[];
	sums(period: Period): Sums;
	/** Of the payments of a period, the transactionIds (lower case) of those that have a refund that was not refused. */
	refunded(period: Pick<Period, "from" | "to">): ReadonlySet<string>;
};

/** `number` is that of the operation; it rises from row to row. */
type NumberedRow = LedgerRow & { readonly number: number };

const slipColumn = "slip.";

/** An operation names its till; where an earlier kassad did not write it down, its slip may say it. */
const terminal = "coalesce(nullif(operations.terminal, ''), slips.terminalId)";

/** Of shifts that overlap, as after the till's clock was set back, the later one has it. */
const shift = `(SELECT max(shifts.number) FROM shifts WHERE shifts.terminal = ${terminal}
	AND opened_at <= started_at AND (closed_at IS NULL OR started_at <= closed_at))`;

const of = `FROM operations LEFT JOIN slips ON slips.operation = operations.id
	WHERE started_at >= :from AND started_at < :to AND operations.kind IN ('payment', 'refund')
		AND (:terminal IS NULL OR coalesce(${terminal}, :own) = :terminal) AND (:shift IS NULL OR ${shift} = :shift)`;

/** Looks into a journal that is open for writing, or for reading alone. */
export function openLedger(database: Pick<Database, "prepare" | "read">): Ledger {
	const slips = slipFields.map((field) => `slips.${field} AS "${slipColumn}${field}"`);
	const columns = `operations.number, operations.kind, started_at AS at, amount, operations.order_id AS orderId,
		request_id AS requestId, transaction_id AS paymentTransactionId, ref_transaction_id AS refundTransactionId,
		coalesce(outcome, 'in-progress') AS state, fault, ${terminal} AS terminal, ${shift} AS shift, ${slips.join(", ")}`;
	const all = database.prepare(`SELECT ${columns} ${of} ORDER BY operations.number`);
	const part = database.prepare(
		`SELECT ${columns} ${of} AND (started_at > :from OR operations.number > :after)
		ORDER BY started_at, operations.number LIMIT :most`,
	);
	const begun = database.prepare("SELECT started_at AS at FROM operations WHERE number = ?");
	return {
		page: (period, after, most) =>
			database.read("reckon a time", () => {
				const { at = period.from } = (begun.get(after) ?? {}) as { at?: number };
				const from = Math.max(at, period.from);
				return part.all({ ...where(period), from, after: from === at ? after : 0, most }).map(numberedRow);
			}),
		between: (period) =>
			database.read("reckon a time", () =>
				all
					.all(where(period))
					.map(numberedRow)
					.map(({ number: _, ...row }) => row),
			),
		sums: openSums(database),
		refunded: openRefunded(database),
	};
}

function openRefunded(database: Pick<Database, "prepare" | "read">): Ledger["refunded"] {
	const refunded = database.prepare(
		`SELECT DISTINCT lower(transaction_id) AS id FROM operations
		WHERE kind = 'refund' AND outcome IS NOT 'refused' AND transaction_id IN (SELECT transaction_id FROM operations
			WHERE kind = 'payment' AND started_at >= :from AND started_at < :to)`,
	);
	return ({ from, to }) =>
		database.read("look for refunds", () => {
			const rows = refunded.all({ from, to }) as { id: string }[];
			return new Set(rows.map(({ id }) => id));
		});
}

function openSums(database: Pick<Database, "prepare" | "read">): Ledger["sums"] {
	const totals = database.prepare(
		`SELECT operations.kind, slips.paymentType, count(*) AS count, sum(amount) AS sum, min(operations.number) AS first
		${of} AND outcome = 'settled' GROUP BY operations.kind, coalesce(slips.paymentType, '')
		ORDER BY operations.kind, first`,
	);
	const counts = database.prepare(
		`SELECT count(*) FILTER (WHERE coalesce(outcome, 'unknown') = 'unknown') AS unknown,
			count(*) FILTER (WHERE outcome = 'refused') AS refused,
			count(*) FILTER (WHERE outcome = 'settled' AND slips.totalAmount <> amount) AS differing ${of}`,
	);
	return (period) =>
		database.read("reckon a time", () => ({
			totals: totals.all(where(period)).map((row) => {
				const { first: _, ...total } = present(row) as Totals[number] & { readonly first: number };
				return total;
			}),
			...(counts.get(where(period)) as Omit<Sums, "totals">),
		}));
}

function where({ from, to, terminal: only, shift: number, own }: Period) {
	return { from, to, terminal: only ?? null, shift: number ?? null, own: own ?? null };
}

function numberedRow(row: object): NumberedRow {
	const facts: Record<string, unknown> = {};
	const slip: Record<string, unknown> = {};
	for (const [name, value] of Object.entries(row)) {
		if (value === null) continue;
		if (name.startsWith(slipColumn)) slip[name.slice(slipColumn.length)] = value;
		else facts[name] = value;
	}
	return { ...facts, slip } as NumberedRow;
}

import type { LedgerRow, ShiftReport, ShiftRow } from "../model/shift-report.ts";
import { slipFields } from "../model/slip.ts";
import type { Database } from "./database.ts";
import { present } from "./present.ts";

/** What was done, whichever till the journal belongs to. */
type Shift = Omit<ShiftReport, "storeId" | "terminalId">;

export type ShiftReports = {
	/**
	 * What was begun between two moments, wall-clock ms, `from` inclusive, `to` exclusive: so each operation belongs to
	 * one shift. The sums are those of the slips. @throws {FaultError} `journal-failed`
	 */
	shiftReport(from: number, to: number): Shift;
};

type Ledger = {
	/**
	 * The payments and refunds that were begun between two moments, as `shiftReport` reckons them, in order of their
	 * beginning and whatever came of them. @throws {FaultError} `journal-failed`
	 */
	between(from: number, to: number): LedgerRow[];
};

const slipColumn = "slip.";

/** Looks into a journal that is open for writing, or for reading alone. */
export function openLedger(database: Pick<Database, "prepare" | "read">): Ledger {
	const slips = slipFields.map((field) => `slips.${field} AS "${slipColumn}${field}"`);
	const all = database.prepare(
		`SELECT operations.kind, started_at AS at, amount, operations.order_id AS orderId, request_id AS requestId,
			transaction_id AS paymentTransactionId, ref_transaction_id AS refundTransactionId,
			coalesce(outcome, 'in-progress') AS state, fault, ${slips.join(", ")}
		FROM operations LEFT JOIN slips ON slips.operation = operations.id
		WHERE started_at >= ? AND started_at < ? AND operations.kind IN ('payment', 'refund')
		ORDER BY number`,
	);
	return {
		between: (from, to) => database.read("reckon a shift", () => all.all(from, to).map(ledgerRow)),
	};
}

function ledgerRow(row: object): LedgerRow {
	const facts: Record<string, unknown> = {};
	const slip: Record<string, unknown> = {};
	for (const [name, value] of Object.entries(present(row))) {
		if (name.startsWith(slipColumn)) slip[name.slice(slipColumn.length)] = value;
		else facts[name] = value;
	}
	return { ...facts, slip } as LedgerRow;
}

export function openShiftReports(database: Pick<Database, "prepare" | "read">): ShiftReports {
	const ledger = openLedger(database);
	return {
		shiftReport: (from, to) => {
			const all = ledger.between(from, to);
			const rows = all.filter(({ state }) => state === "settled").map(shiftRow);
			return { from, to, totals: totalsOf(rows), rows, unknown: all.filter(isOpen).length };
		},
	};
}

/** Whether it is not known yet what comes of it. */
export function isOpen({ state }: Pick<LedgerRow, "state">): boolean {
	return state === "unknown" || state === "in-progress";
}

function shiftRow({ state: _, fault: __, slip, ...facts }: LedgerRow): ShiftRow {
	const { paymentType = null, qrcId = null, kzo = null } = slip;
	return { ...facts, ...present({ paymentType, qrcId, kzo }) };
}

/** What settled, by kind and way to pay, in the order of their first appearance, payments first. */
export function totalsOf(
	rows: readonly Pick<ShiftRow, "kind" | "paymentType" | "amount">[],
): Shift["totals"] {
	const groups = Map.groupBy(rows, ({ kind, paymentType = "" }) => `${kind} ${paymentType}`);
	const totals = [...groups.values()].flatMap((group) => {
		const [first] = group;
		if (first === undefined) return [];
		const { kind, paymentType } = first;
		const sum = group.reduce((all, { amount }) => all + amount, 0);
		return [{ kind, ...(paymentType !== undefined && { paymentType }), count: group.length, sum }];
	});
	return [
		...totals.filter(({ kind }) => kind === "payment"),
		...totals.filter(({ kind }) => kind === "refund"),
	];
}

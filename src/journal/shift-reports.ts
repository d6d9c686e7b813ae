import { kopecks } from "../model/money.ts";
import type { ShiftReport, ShiftRow } from "../model/shift-report.ts";
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

export function openShiftReports(database: Database): ShiftReports {
	const settled = database.prepare(
		`SELECT kind, started_at AS at, amount, operations.order_id AS orderId, request_id AS requestId,
			transaction_id AS paymentTransactionId, ref_transaction_id AS refundTransactionId,
			slips.paymentType AS paymentType, slips.qrcId AS qrcId, slips.kzo AS kzo
		FROM operations LEFT JOIN slips ON slips.operation = operations.id
		WHERE started_at >= ? AND started_at < ? AND outcome = 'settled' AND kind IN ('payment', 'refund')
		ORDER BY number`,
	);
	const open = database.prepare(
		`SELECT count(*) AS count FROM operations
		WHERE started_at >= ? AND started_at < ? AND finished_at IS NULL AND kind IN ('payment', 'refund')`,
	);
	return {
		shiftReport: (from, to) =>
			database.read("reckon a shift", () => {
				const rows = settled.all(from, to).map(present) as ShiftRow[];
				const { count: unknown } = open.get(from, to) as { count: number };
				return { from, to, totals: totalsOf(rows), rows, unknown };
			}),
	};
}

/** By kind and way to pay, in the order of their first appearance, payments first. */
function totalsOf(rows: readonly ShiftRow[]): Shift["totals"] {
	const groups = Map.groupBy(rows, ({ kind, paymentType = "" }) => `${kind} ${paymentType}`);
	const totals = [...groups.values()].flatMap((group) => {
		const [first] = group;
		if (first === undefined) return [];
		const { kind, paymentType } = first;
		const sum = kopecks(group.reduce((all, { amount }) => all + amount, 0));
		return [{ kind, ...(paymentType !== undefined && { paymentType }), count: group.length, sum }];
	});
	return [
		...totals.filter(({ kind }) => kind === "payment"),
		...totals.filter(({ kind }) => kind === "refund"),
	];
}

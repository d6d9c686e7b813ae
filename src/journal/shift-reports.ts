import type { LedgerRow, Period, ShiftReport, ShiftRow, Totals } from "../model/shift-report.ts";
import type { Ledger } from "./ledger.ts";
import { present } from "./present.ts";

/** What was done, whichever till the journal belongs to. */
type Shift = Omit<ShiftReport, "storeId" | "terminalId">;

export type ShiftReports = {
	/**
	 * What was begun in a period: so each operation belongs to one shift. The sums are those of the slips.
	 * @throws {FaultError} `journal-failed`
	 */
	shiftReport(period: Period): Shift;
};

export function openShiftReports(ledger: Ledger): ShiftReports {
	return {
		shiftReport: (period) => {
			const all = ledger.between(period);
			const rows = all.filter(({ state }) => state === "settled").map(shiftRow);
			const { from, to } = period;
			return { from, to, totals: totalsOf(rows), rows, unknown: all.filter(isOpen).length };
		},
	};
}

/** Whether it is not known yet what comes of it. */
export function isOpen({ state }: Pick<LedgerRow, "state">): boolean {
	return state === "unknown" || state === "in-progress";
}

function shiftRow({ state: _, fault: __, terminal: ___, shift: ____, slip, ...facts }: LedgerRow): ShiftRow {
	const { paymentType = null, qrcId = null, kzo = null } = slip;
	return { ...facts, ...present({ paymentType, qrcId, kzo }) };
}

/** What settled, by kind and way to pay, in the order of their first appearance, payments first. */
export function totalsOf(rows: readonly Pick<ShiftRow, "kind" | "paymentType" | "amount">[]): Totals {
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

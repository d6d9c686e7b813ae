import type { LedgerRow, Shift } from "../model/shift-report.ts";
import type { DayReport } from "./report-day.ts";
import { headWords, isoWithOffset } from "./report-words.ts";

/** How every such report begins. */
export const jsonMark = '{"kassadReport":1,';

/** All that is known, for a program: money in kopecks, times with their offset. What is not known is left out. */
export function jsonOf(report: DayReport): string {
	const { from, to, store, shift, head, totals, net, unknown, refused, rows, differing } = report;
	const facts = {
		kassadReport: 1,
		from: isoWithOffset(from),
		to: isoWithOffset(to),
		...store,
		...(shift && { shift: shiftJson(shift) }),
		...(head && { head: headWords(head) }),
		totals,
		...{ net, unknown, refused },
		differing: differing.map(({ requestId }) => requestId),
		rows: rows.map(rowJson),
	};
	return `${JSON.stringify(facts)}\n`;
}

function shiftJson({ number, terminal, openedAt, closedAt }: Shift): object {
	const end = closedAt !== undefined && { closedAt: isoWithOffset(closedAt) };
	return { number, terminal, openedAt: isoWithOffset(openedAt), ...end };
}

/** The columns of the checklist side by side, and the slip under its own names. */
function rowJson({ at, slip, ...facts }: LedgerRow): object {
	const { paymentType, qrcId, kzo } = slip;
	return { time: isoWithOffset(at), ...facts, paymentType, qrcId, kzo, slip };
}

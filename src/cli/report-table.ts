import { drawTable } from "../config/table.ts";
import type { Shift } from "../model/shift-report.ts";
import { localTime, signedRoubles } from "../print/documents/words.ts";
import { clean } from "./clean.ts";
import { type Cell, type Column, checklistColumns, mainColumns } from "./report-columns.ts";
import type { DayReport } from "./report-day.ts";
import { headWords } from "./report-words.ts";

/** How every such report begins. */
export const tableMark = "kassad report: ";

/** The totals, and everything that an accountant must not overlook. */
export function summaryOf(report: DayReport): string {
	const { store, totals, net } = report;
	const sums = totals.map(({ kind, paymentType = "", count, sum }) => [
		...[kind, clean(paymentType), String(count)],
		signedRoubles(sum),
	]);
	const span = `${localTime(undefined, report.from)} to ${localTime(undefined, report.to)}`;
	return [
		`${tableMark}${span}, store ${store.storeId}, terminal ${clean(terminalOf(report))}`,
		...shiftLine(report.shift),
		sums.length === 0
			? "No money moved."
			: drawTable(aligned(sums, [2, 3]), ["kind", "paymentType", "count", "sum"]),
		...(sums.length === 0 ? [] : [`Paid less given back: ${signedRoubles(net)} roubles.`]),
		...notesOn(report),
		...(report.head
			? [
					`Head of the journal: ${headWords(report.head)}. Keep it, and kassad journal verify --head can prove it.`,
				]
			: []),
	].join("\n");
}

/** Whose report it is: of the till that was asked for, else of the one that the journal belongs to. */
function terminalOf({ shift, terminalId, store }: DayReport): string {
	return shift?.terminal ?? terminalId ?? store.terminalId;
}

function shiftLine(shift: Shift | undefined): string[] {
	if (shift === undefined) return [];
	const { number, openedAt, closedAt } = shift;
	const end = closedAt === undefined ? "it goes on" : `closed ${localTime(undefined, closedAt)}`;
	return [`Shift ${number}: opened ${localTime(undefined, openedAt)}, ${end}.`];
}

/**
 * A report for people. Where it fits it has all columns of the checklist, else what happened, when and for how much.
 * @param width columns of the terminal; undefined when there is none.
 */
export function tableOf(report: DayReport, width: number | undefined): string {
	const summary = summaryOf(report);
	if (report.rows.length === 0) return `${summary}\n`;
	const whole = rowsTable(report.rows, checklistColumns);
	if (width === undefined || whole.indexOf("\n") <= width) return `${summary}\n${whole}\n`;
	const more = "The ids do not fit here: --format csv, xlsx and json have all of them.";
	return `${summary}\n${rowsTable(report.rows, mainColumns)}\n${more}\n`;
}

/** Rows under the names of their columns; amounts stand one under the other. */
export function rowsTable<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
	const amounts = columns.flatMap(({ name }, index) => (/^amount/.test(name) ? [index] : []));
	const cells = rows.map((row) => columns.map(({ of }) => shown(of(row))));
	return drawTable(
		aligned(cells, amounts),
		columns.map(({ name }) => name),
	);
}

function notesOn({ unknown, refused, differing }: DayReport): string[] {
	return [
		...(unknown > 0
			? [`No known end yet, and in no sum: ${unknown}. kassad finds out; report again later.`]
			: []),
		...(refused > 0 ? [`Refused, and in no sum: ${refused}.`] : []),
		...differing.map(({ orderId, kind, amount, slip }) => {
			const bank = signedRoubles(slip.totalAmount ?? 0);
			return `ATTENTION: ${kind} of order ${clean(orderId)} is ${signedRoubles(amount)}, and its slip says ${bank}.`;
		}),
	];
}

/** Numbers stand one under the other when they end in the same column. */
export function aligned(rows: readonly (readonly string[])[], right: readonly number[]): string[][] {
	const widths = right.map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
	return rows.map((row) =>
		row.map((text, column) => {
			const width = widths[right.indexOf(column)];
			return width === undefined ? text : text.padStart(width);
		}),
	);
}

function shown(cell: Cell): string {
	if (cell === undefined) return "";
	if ("kopecks" in cell) return signedRoubles(cell.kopecks);
	return "at" in cell ? localTime(undefined, cell.at) : clean(cell.text);
}

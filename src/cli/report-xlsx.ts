import writeExcelFile, { type Cell as SheetCell, type SheetData } from "write-excel-file/node";
import { FaultError } from "../model/fault.ts";
import { allColumns, type Cell } from "./report-columns.ts";
import type { DayReport } from "./report-day.ts";

/** Of a ZIP archive, which such a file is (APPNOTE.TXT 4.3.7). */
export const xlsxMark = "PK\x03\x04";

/** "Excel specifications and limits": rows of a sheet, one of them the head; characters in a cell. */
const mostRows = 1_048_575;
const mostCharacters = 32_767;

const money = "#,##0.00";
const time = "dd.mm.yyyy hh:mm:ss";
const head = (names: readonly string[]) => names.map((value) => ({ value, fontWeight: "bold" as const }));

/**
 * A workbook of two sheets, the rows and the totals: amounts are numbers, times are dates, everything else is text.
 * @throws {FaultError} `config-invalid` when there are more rows than a sheet holds.
 */
export async function xlsxOf({ rows, totals, net }: Omit<DayReport, "differing">): Promise<Buffer> {
	if (rows.length > mostRows) {
		const why = `a sheet holds ${mostRows} rows and the report has ${rows.length}`;
		throw new FaultError("config-invalid", `${why}: choose a shorter time, or another format`);
	}
	const operations: SheetData = [
		head(allColumns.map(({ name }) => name)),
		...rows.map((row) => allColumns.map(({ of }) => sheetCell(of(row)))),
	];
	const sums: SheetData = [
		head(["kind", "paymentType", "count", "sum"]),
		...totals.map(({ kind, paymentType, count, sum }) => [
			kind,
			paymentType === undefined ? null : sheetCell({ text: paymentType }),
			count,
			sheetCell({ kopecks: sum }),
		]),
		[{ value: "net", fontWeight: "bold" }, null, null, { ...numberCell(net), fontWeight: "bold" }],
	];
	return writeExcelFile([
		{ sheet: "operations", data: operations, stickyRowsCount: 1, columns: allColumns.map(widthOf) },
		{ sheet: "totals", data: sums, columns: [{ width: 12 }, { width: 16 }, { width: 10 }, { width: 16 }] },
	]).toBuffer();
}

function sheetCell(cell: Cell): SheetCell {
	if (cell === undefined) return null;
	if ("kopecks" in cell) return numberCell(cell.kopecks);
	if ("at" in cell) return { value: asUtc(cell.at), type: Date, format: time };
	return { value: cell.text.slice(0, mostCharacters).toWellFormed(), type: String };
}

const numberCell = (kopecks: number) => ({ value: kopecks / 100, type: Number, format: money });

/** A date in a sheet has no zone, and the library writes what the clock in Greenwich shows. */
function asUtc(at: number): Date {
	return new Date(at - new Date(at).getTimezoneOffset() * 60_000);
}

function widthOf({ name }: { readonly name: string }): { width: number } {
	if (name === "time") return { width: 20 };
	return { width: /^(kind|state|amount|paymentType|slip\.currency|slip\.totalAmount)$/.test(name) ? 14 : 38 };
}

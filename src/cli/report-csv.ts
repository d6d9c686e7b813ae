import { localTime } from "../print/documents/words.ts";
import { allColumns, type Cell, type Column } from "./report-columns.ts";
import type { DayReport } from "./report-day.ts";
import { plainRoubles } from "./report-words.ts";

/** How the first line of every such file begins; without it Excel takes UTF-8 for the code page of the system. */
const csvHead = <Row>(columns: readonly Column<Row>[]) =>
	`\uFEFF${columns.map(({ name }) => name).join(";")}\r\n`;

/** How every report of this format begins. */
export const csvMark = csvHead(allColumns);

/** What a spreadsheet reads as the beginning of a formula (OWASP, "CSV Injection"). */
const formula = /^[=+\-@\t\r]/;

/** All columns of a report, as `csvText` writes them. */
export const csvOf = ({ rows }: Pick<DayReport, "rows">): string => csvText(allColumns, rows);

/**
 * The rows as a Russian Excel opens them: UTF-8 with a mark, semicolons, decimal commas, local times, quotes as in RFC
 * 4180. Text that would be run as a formula begins with an apostrophe.
 */
export function csvText<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
	const lines = rows.map((row) => columns.map(({ of }) => written(of(row))).join(";"));
	return csvHead(columns) + lines.map((line) => `${line}\r\n`).join("");
}

function written(cell: Cell): string {
	if (cell === undefined) return "";
	if ("kopecks" in cell) return plainRoubles(cell.kopecks);
	if ("at" in cell) return localTime(undefined, cell.at);
	const text = (formula.test(cell.text) ? `'${cell.text}` : cell.text).toWellFormed();
	return /[;"\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

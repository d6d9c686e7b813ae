import { localTime } from "../print/documents/words.ts";
import { allColumns, type Cell } from "./report-columns.ts";
import type { DayReport } from "./report-day.ts";
import { plainRoubles } from "./report-words.ts";

/** How the first line of every such file begins; without it Excel takes UTF-8 for the code page of the system. */
export const csvMark = `\uFEFF${allColumns.map(({ name }) => name).join(";")}\r\n`;

/** What a spreadsheet reads as the beginning of a formula (OWASP, "CSV Injection"). */
const formula = /^[=+\-@\t\r]/;

/**
 * The rows as a Russian Excel opens them: UTF-8 with a mark, semicolons, decimal commas, local times, quotes as in RFC
 * 4180. Text that would be run as a formula begins with an apostrophe.
 */
export function csvOf({ rows }: Pick<DayReport, "rows">): string {
	const lines = rows.map((row) => allColumns.map(({ of }) => written(of(row))).join(";"));
	return csvMark + lines.map((line) => `${line}\r\n`).join("");
}

function written(cell: Cell): string {
	if (cell === undefined) return "";
	if ("kopecks" in cell) return plainRoubles(cell.kopecks);
	if ("at" in cell) return localTime(undefined, cell.at);
	const text = (formula.test(cell.text) ? `'${cell.text}` : cell.text).toWellFormed();
	return /[;"\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

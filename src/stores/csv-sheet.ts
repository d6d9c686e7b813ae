import { type CsvRecord, readCsv } from "./csv.ts";
import type { Sheet } from "./row.ts";

/** Reads a table whose first row names the columns, separated by commas or, as Excel does in Russia, semicolons. */
export function csvSheet(text: string): Sheet {
	const [head = ""] = text.split(/[\r\n]/, 1);
	const records = readCsv(text, head.includes(";") ? ";" : ",");
	if (!Array.isArray(records)) return { rows: [], findings: [records] };
	const [first, ...rest] = records;
	if (first === undefined) return { rows: [], findings: [] };
	const columns = first.cells.map((cell) => cell.trim());
	const { even = [], uneven = [] } = Object.groupBy(rest, (record) =>
		fits(record, columns) ? "even" : "uneven",
	);
	return {
		header: { line: first.line, columns },
		rows: even.map(({ line, cells }) => ({ line, values: valuesOf(columns, cells) })),
		findings: uneven.map(({ line, cells }) => ({
			line,
			text: `expected ${columns.length} cells as in the first row, got ${cells.length}`,
		})),
	};
}

/** Cells too many are no harm when they are empty; cells too few are a quote or a separator that got lost. */
function fits({ cells }: CsvRecord, columns: readonly string[]): boolean {
	return cells.length >= columns.length && cells.slice(columns.length).every((cell) => cell.trim() === "");
}

function valuesOf(columns: readonly string[], cells: readonly string[]): Record<string, string> {
	const pairs = columns.map((column, index) => [column, cells[index]?.trim() ?? ""] as const);
	return Object.fromEntries(pairs.filter(([, value]) => value !== ""));
}

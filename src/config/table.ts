/** Draws rows as a table with lines around it; all rows have as many cells. The first may be a head. */
export function drawTable(rows: readonly (readonly string[])[], head?: readonly string[]): string {
	const all = head === undefined ? rows : [head, ...rows];
	const widths = (all[0] ?? []).map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
	const edge = (from: string, between: string, to: string) =>
		`${from}${widths.map((width) => "─".repeat(width + 2)).join(between)}${to}`;
	const line = (row: readonly string[]) =>
		`│ ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" │ ")} │`;
	const top = head === undefined ? [] : [line(head), edge("├", "┼", "┤")];
	return [edge("┌", "┬", "┐"), ...top, ...rows.map(line), edge("└", "┴", "┘")].join("\n");
}

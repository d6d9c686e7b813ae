/** Samples in ms, and what is told of them. */
export type Row = {
	readonly name: string;
	readonly kassad: readonly number[];
	readonly bare: readonly number[];
	/** Whether the goal is for this road. */
	readonly hasGoal?: boolean;
};

const quantiles = [0.5, 0.99, 0.999] as const;

/** On a quiet machine: the median in times of the bare program's, and the ms that one in a hundred may take. */
const goal = { ratio: 1.3, p99: 5 };

/** A quantile by the nearest rank: a value that was really measured. */
export function quantile(samples: readonly number[], q: number): number {
	const sorted = [...samples].sort((a, b) => a - b);
	return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? Number.NaN;
}

/** What of the goal a row misses. */
function missed({ kassad, bare, hasGoal = true }: Row): string {
	if (!hasGoal) return "";
	const faults = [
		quantile(kassad, 0.5) > goal.ratio * quantile(bare, 0.5) && `p50 > x ${goal.ratio}`,
		quantile(kassad, 0.99) > goal.p99 && `p99 > ${goal.p99} ms`,
	];
	return faults.filter((fault) => fault !== false).join(", ") || "met";
}

function cells(row: Row): string[] {
	const measured = quantiles.flatMap((q) => {
		const [own, least] = [quantile(row.kassad, q), quantile(row.bare, q)];
		return [`${own.toFixed(2)} ms`, `${least.toFixed(2)} ms`, `x ${(own / least).toFixed(2)}`];
	});
	return [row.name, String(row.kassad.length), ...measured, missed(row)];
}

/** The rows as a table for the terminal: each quantile of both programs and their ratio, and whether that is well. */
export function table(rows: readonly Row[]): string {
	const head = ["", "runs", ...quantiles.flatMap((q) => [`p${q * 100}`, "bare", "ratio"]), "goal"];
	const lines = rows.map(cells);
	const widths = head.map((_, column) =>
		Math.max(...[head, ...lines].map((line) => line[column]?.length ?? 0)),
	);
	const drawn = (line: readonly string[]) =>
		line
			.map((cell, column) =>
				column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
			)
			.join("  ");
	return [drawn(head), widths.map((width) => "─".repeat(width)).join("  "), ...lines.map(drawn)].join("\n");
}

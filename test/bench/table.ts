/** Samples in ms, and what is told of them. */
export type Row = {
	readonly name: string;
	readonly kassad: readonly number[];
	readonly bare: readonly number[];
};

const quantiles = [0.5, 0.99, 0.999] as const;

/** A quantile by the nearest rank: a value that was really measured. */
export function quantile(samples: readonly number[], q: number): number {
	const sorted = [...samples].sort((a, b) => a - b);
	return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? Number.NaN;
}

/** The rows as a table for the terminal: each quantile of both programs and their ratio. */
export function table(rows: readonly Row[]): string {
	const head = ["", "runs", ...quantiles.flatMap((q) => [`p${q * 100}`, "bare", "ratio"])];
	const lines = rows.map(({ name, kassad, bare }) => [
		name,
		String(kassad.length),
		...quantiles.flatMap((q) => {
			const [own, least] = [quantile(kassad, q), quantile(bare, q)];
			return [`${own.toFixed(2)} ms`, `${least.toFixed(2)} ms`, `x ${(own / least).toFixed(2)}`];
		}),
	]);
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

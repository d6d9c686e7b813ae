/** One store as it stands in a file, before anything of it is checked. */
export type Row = {
	/** Where it begins in the file, from 1. */
	readonly line: number;
	/** By column; what is empty is left out. Values are without the spaces around them. */
	readonly values: Readonly<Record<string, string | readonly string[]>>;
};

/** One thing that is wrong in a file of stores. */
export type RowFinding = {
	/** From 1. */
	readonly line: number;
	/** Missing when it is about the whole row, or the whole file. */
	readonly column?: string;
	readonly text: string;
};

/** What stands in a file: its rows, and what could not be read. */
export type Sheet = {
	/** The columns, where a row of their own names them; otherwise each row brings its own. */
	readonly header?: { readonly line: number; readonly columns: readonly string[] };
	readonly rows: readonly Row[];
	readonly findings: readonly RowFinding[];
};

/** One record of a CSV file. */
export type CsvRecord = {
	/** The line of the file on which it begins, from 1. */
	readonly line: number;
	readonly cells: readonly string[];
};

/** Where a CSV file cannot be read any further. */
export type CsvTrouble = { readonly line: number; readonly text: string };

const lineEnds = /\r\n|\n|\r/g;

/**
 * One cell and what ends it (RFC 4180, section 2). Between quotes everything is text, line ends too, and a quote
 * is written twice. A quote elsewhere is an error: nobody knows what it meant.
 */
const cellPattern = (separator: string) =>
	new RegExp(`(?:"([^"]*(?:""[^"]*)*)"|([^"\\r\\n${separator}]*))(${separator}|\\r\\n|\\n|\\r|$)`, "y");

/** Cuts CSV into records, whatever system its line ends are of. Records without any text are left out. */
export function readCsv(text: string, separator: "," | ";"): CsvRecord[] | CsvTrouble {
	const records: CsvRecord[] = [];
	const pattern = cellPattern(separator);
	let [line, begun] = [1, 1];
	let cells: string[] = [];
	while (pattern.lastIndex < text.length || cells.length > 0) {
		const match = pattern.exec(text);
		if (match === null)
			return { line, text: 'expected " only around a cell, and within such a cell only as ""' };
		const [whole, quoted, plain = "", end] = match;
		cells.push(quoted?.replaceAll('""', '"') ?? plain);
		line += whole.match(lineEnds)?.length ?? 0;
		if (end === separator) continue;
		if (cells.some((cell) => cell.trim() !== "")) records.push({ line: begun, cells });
		[begun, cells] = [line, []];
	}
	return records;
}

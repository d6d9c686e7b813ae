import { symbolCommand } from "./command.ts";
import { moduleDots } from "./sizes.ts";
import type { PrintedSymbol } from "./symbol.ts";

const cn = 0x30;

/** Most codewords, columns and rows of a symbol, and its rows at least (ISO/IEC 15438). */
const most = { codewords: 928, columns: 30, rows: 90 } as const;
const leastRows = 3;

/** Modules of a symbol that are not data: start and stop pattern and both row indicators. */
const frameModules = 69;
const columnModules = 17;

/** How many modules high a row is, as the standard asks for at least. */
export const rowModules = 3;

/** How a symbol is laid out: columns of codewords, level of error correction, dots of a module, rows at most. */
type Layout = { columns: number; level: number; size: number; rows: number };

/** How many modules wide a symbol of so many columns is. */
const modulesOf = (columns: number) => frameModules + columnModules * columns;

/** Level of error correction that the standard recommends (annex E): 2 to the power of level + 1 codewords. */
function levelFor(codewords: number): number {
	if (codewords <= 40) return 2;
	if (codewords <= 160) return 3;
	return codewords <= 320 ? 4 : 5;
}

/**
 * The layout for so many codewords of data: two to three times as wide as high, narrower where the paper asks for it;
 * undefined when it has no place.
 */
export function layoutFor(codewords: number, dots: number): Layout | undefined {
	const level = levelFor(codewords);
	const all = codewords + 1 + 2 ** (level + 1);
	if (all > most.codewords) return undefined;
	const wished = Math.ceil(Math.sqrt(all / 6));
	for (const size of [3, 2]) {
		const widest = columnsWithin(dots, size);
		const columns = Math.min(wished, widest);
		const rows = Math.max(leastRows, Math.ceil(all / columns));
		if (columns >= 1 && rows <= most.rows) return { columns, level, size, rows };
	}
	return undefined;
}

/** The most columns that fit at a size; 0 when none does. */
function columnsWithin(dots: number, size: number): number {
	let columns = most.columns;
	while (columns > 0 && (moduleDots("pdf417", modulesOf(columns), dots) ?? 0) < size) columns -= 1;
	return columns;
}

/**
 * The commands that draw a PDF417 (GS ( k, cn 48, functions 65 to 70, 80, 81), or undefined when the data is too long
 * for the paper. A printer may need one codeword for a character and some for changes of its mode.
 */
export function pdf417(data: string, dots: number): PrintedSymbol | undefined {
	const bytes = new TextEncoder().encode(data);
	const layout = layoutFor(bytes.length + 3, dots);
	if (layout === undefined) return undefined;
	return {
		bytes: Buffer.concat([
			symbolCommand(cn, 65, [layout.columns]),
			symbolCommand(cn, 66, [0]), // as many rows as it takes
			symbolCommand(cn, 67, [layout.size]),
			symbolCommand(cn, 68, [rowModules]),
			symbolCommand(cn, 69, [0x30, 0x30 + layout.level]),
			symbolCommand(cn, 70, [0]), // not truncated
			symbolCommand(cn, 80, [0x30, ...bytes]),
			symbolCommand(cn, 81, [0x30]),
		]),
		height: layout.rows * rowModules * layout.size,
	};
}

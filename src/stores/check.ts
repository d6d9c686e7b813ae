import type { z } from "zod";
import type { StoreApiSettings } from "../model/settings/stores.ts";
import { csvSheet } from "./csv-sheet.ts";
import type { Row, RowFinding, Sheet } from "./row.ts";
import { type Store, storeSchema } from "./store.ts";
import { yamlSheet } from "./yaml-sheet.ts";

/** Beyond this it is hardly a list of stores. */
const mostStores = 10_000;

const mostShown = 60;

const noSuchColumn = "expected no such column";

/** A store and the line of the file where it begins. */
export type StoreInFile = { readonly line: number; readonly store: Store };

/** The stores of a file, or everything that is wrong in it, in the file's order. */
export type Checked =
	| { readonly kind: "sound"; readonly stores: readonly StoreInFile[] }
	| { readonly kind: "wrong"; readonly findings: readonly RowFinding[] };

/** Reads a file of stores and checks every row of it, before anything is sent. Never throws. */
export function checkStores(text: string, format: "csv" | "yaml", enums: StoreApiSettings["enums"]): Checked {
	if (text.includes("\uFFFD")) {
		return { kind: "wrong", findings: [{ line: lineOf(text, "\uFFFD"), text: "expected text in UTF-8" }] };
	}
	const sheet = format === "csv" ? csvSheet(text.replace(/^\uFEFF/, "")) : yamlSheet(text);
	const schema = storeSchema(enums);
	const misnamed = headerFindings(sheet, schema);
	if (misnamed.length > 0) return { kind: "wrong", findings: misnamed };
	const checked = sheet.rows.map((row) => ({ row, result: schema.safeParse(row.values) }));
	const findings = [
		...sheet.findings,
		...countFindings(sheet),
		...checked.flatMap(({ row, result }) => complaints(row, result.error?.issues ?? [])),
		...repeated(sheet.rows),
	];
	if (findings.length > 0) return { kind: "wrong", findings: findings.sort((a, b) => a.line - b.line) };
	const stores = checked.flatMap(({ row, result }) =>
		result.success ? [{ line: row.line, store: result.data }] : [],
	);
	return { kind: "sound", stores };
}

function lineOf(text: string, mark: string): number {
	return text.slice(0, text.indexOf(mark)).split("\n").length;
}

/** Told once, not again for every row. */
function headerFindings({ header }: Sheet, schema: ReturnType<typeof storeSchema>): RowFinding[] {
	if (header === undefined) return [];
	const { line, columns } = header;
	const needed = schema.safeParse({}).error?.issues.map(({ path }) => String(path[0])) ?? [];
	const missing = needed
		.filter((column) => !columns.includes(column))
		.map((column) => ({ line, column, text: "expected this column, got none" }));
	const wrong = columns.flatMap((column, index) => {
		if (!Object.hasOwn(schema.shape, column)) return [{ line, column, text: noSuchColumn }];
		return columns.indexOf(column) < index ? [{ line, column, text: "expected each column once" }] : [];
	});
	return [...missing, ...wrong];
}

function countFindings({ rows, findings }: Sheet): RowFinding[] {
	if (rows.length === 0 && findings.length === 0) return [{ line: 1, text: "expected stores, got none" }];
	if (rows.length <= mostStores) return [];
	return [{ line: 1, text: `expected at most ${mostStores} stores, got ${rows.length}` }];
}

function complaints({ line, values }: Row, issues: readonly z.core.$ZodIssue[]): RowFinding[] {
	return issues.flatMap((issue) => {
		if (issue.code === "unrecognized_keys") {
			return issue.keys.map((column) => ({ line, column, text: noSuchColumn }));
		}
		const column = String(issue.path[0]);
		return [{ line, column, text: `${issue.message}, got ${shown(values[column])}` }];
	});
}

function shown(value: Row["values"][string] | undefined): string {
	if (value === undefined) return "nothing";
	const quoted = JSON.stringify(value);
	return quoted.length > mostShown ? `${quoted.slice(0, mostShown)}...` : quoted;
}

/** The server would take the later of two rows with one number, or the earlier: nobody knows. */
function repeated(rows: readonly Row[]): RowFinding[] {
	const seen = new Map<string, number>();
	return rows.flatMap(({ line, values }) => {
		const number = JSON.stringify(values.storeNumber);
		const first = seen.get(number);
		if (values.storeNumber === undefined) return [];
		if (first === undefined) seen.set(number, line);
		const text = `expected each store once, got ${number} in line ${first} too`;
		return first === undefined ? [] : [{ line, column: "storeNumber", text }];
	});
}

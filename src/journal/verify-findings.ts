import type { JournalReader } from "./read-journal.ts";
import type { Break } from "./verify-links.ts";
import type { Mismatch } from "./verify-rows.ts";

/** Which row is meant, in numbers and words that people know. */
export type RowName = {
	readonly table: string;
	/** Its number in the table; that of its operation for a slip. Absent for a slip that belongs to none. */
	readonly row?: string;
	readonly operationId?: string;
	readonly orderId?: string;
	/** Kind of an operation, call of an attempt, document of a print, terminal of a shift. */
	readonly about?: string;
};

/** Something that shows that the journal is not as kassad wrote it. Numbers of rows and entries are decimal text. */
export type Finding =
	| (RowName & {
			/** `moved`: it stands where `from` should be, and nowhere else. */
			readonly kind: "changed" | "inserted" | "missing" | "moved";
			/** The number that it had. */
			readonly from?: string;
			/** The entry that tells what should be there, and when kassad wrote it, wall-clock ms. */
			readonly entry?: string;
			readonly writtenAt?: number;
	  })
	| {
			readonly kind: "chain-broken" | "chain-missing";
			readonly entries: { readonly from: string; readonly to: string };
			/** What the first of the entries is about. */
			readonly about?: RowName;
	  }
	/** A head that was kept is not in the chain: the entries from there on were cut off, or all was written anew. */
	| { readonly kind: "cut-off" | "rewritten"; readonly head: string; readonly last: string }
	/** What writes the chain was taken away or changed. */
	| { readonly kind: "trigger"; readonly name: string };

const order = "(SELECT order_id FROM operations WHERE id = operation)";
const names: Readonly<Record<string, string>> = {
	operations: "SELECT id AS operationId, order_id AS orderId, kind AS about FROM operations WHERE number = ?",
	attempts: `SELECT operation AS operationId, ${order} AS orderId, call AS about FROM attempts WHERE number = ?`,
	slips: "SELECT id AS operationId, order_id AS orderId FROM operations WHERE number = ?",
	prints: `SELECT operation AS operationId, ${order} AS orderId, document AS about FROM prints WHERE id = ?`,
	shifts: "SELECT terminal AS about FROM shifts WHERE number = ?",
};

/** Tells how a row is called, as far as it is there. */
export function openNames(reader: JournalReader): (table: string, row: bigint | undefined) => RowName {
	return (table, row) => {
		const sql = names[table];
		if (row === undefined || sql === undefined) return { table, ...(row !== undefined && { row: `${row}` }) };
		const found = reader.read("look up a row", () => reader.prepare(sql).get(row)) ?? {};
		const words = Object.entries(found).filter(([, value]) => value !== null);
		return { table, row: `${row}`, ...Object.fromEntries(words) };
	};
}

/** Mismatches as findings: a row that is missing here and found there was moved. */
export function rowFindings(
	mismatches: readonly Mismatch[],
	nameOf: ReturnType<typeof openNames>,
): Finding[] {
	const digestAt = (one: Mismatch, digest: string) => `${one.table.name} ${digest}`;
	const missed = new Map(
		mismatches.flatMap((one) => (one.expected ? [[digestAt(one, one.expected), one]] : [])),
	);
	const origins = new Map<Mismatch, Mismatch>();
	for (const one of mismatches) {
		const origin = one.found === undefined ? undefined : missed.get(digestAt(one, one.found));
		if (origin) origins.set(one, origin);
	}
	const explained = new Set([...origins.values()].filter(({ found }) => found === undefined));
	return mismatches.flatMap((one) => {
		if (explained.has(one)) return [];
		const origin = origins.get(one);
		const { entry, at } = origin ?? one;
		return [
			{
				kind: origin ? "moved" : kindOf(one),
				...nameOf(one.table.name, one.row),
				...(origin && { from: `${origin.row}` }),
				...(entry !== undefined && { entry: `${entry}`, writtenAt: Number(at) }),
			},
		];
	});
}

function kindOf({ found, expected }: Mismatch): "changed" | "inserted" | "missing" {
	if (found === undefined) return "missing";
	return expected === undefined ? "inserted" : "changed";
}

export function breakFinding(
	{ kind, from, to, part, row }: Break,
	nameOf: ReturnType<typeof openNames>,
): Finding {
	return {
		kind: `chain-${kind}`,
		entries: { from: `${from}`, to: `${to}` },
		...(part !== undefined && { about: nameOf(part, row) }),
	};
}

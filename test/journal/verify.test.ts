import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { type ChainedTable, chainedTables } from "../../src/journal/chain-rows.ts";
import { readKey } from "../../src/journal/key-file.ts";
import { readJournal } from "../../src/journal/read-journal.ts";
import { verifyJournal } from "../../src/journal/verify.ts";
import type { Finding } from "../../src/journal/verify-findings.ts";
import { byHand, harm, verdictOf, workedFolder } from "./chain-kit.ts";
import { opened } from "./kit.ts";

const seeded = { seed: 20_260_301, numRuns: 60 } as const;

/** How many entries the chain of the journal has that these tests harm. */
const entries = 31;
/** The rows of each table, by the numbers by which they are known. */
const rows: ReadonlyMap<string, readonly number[]> = new Map([
	["operations", [1, 2, 3, 4, 5, 6]],
	["attempts", [1, 2, 3, 4, 5, 6]],
	["slips", [1, 2, 4]],
	["prints", [1, 2, 3, 4]],
	["shifts", [1, 2]],
]);

/** Does something to a journal, and gives what is found then. */
function found(work: (database: DatabaseSync) => void): readonly Finding[] {
	const folder = workedFolder();
	byHand(folder, work);
	return verdictOf(folder).findings;
}

const anyTable = fc.constantFrom(...chainedTables);
const anyRow = anyTable.chain((table) =>
	fc.nat().map((seed) => {
		const numbers = rows.get(table.name) ?? [];
		return { table, row: numbers[seed % numbers.length] ?? 0, seed };
	}),
);
/** SQL: a row by the number by which it is known. */
const where = ({ name, key, from }: ChainedTable) =>
	`${name}.rowid = (SELECT ${name}.rowid FROM ${from} WHERE ${key} = ?)`;
const about = (findings: readonly Finding[]) =>
	findings.map((finding) => ("table" in finding ? [finding.kind, finding.table, finding.row] : finding));

test("an untouched journal is whole, also while the daemon has it open", () => {
	const verdict = { whole: true, findings: [], untold: 0, rows: 21, erased: 0, entries };
	expect(verdictOf(workedFolder())).toMatchObject(verdict);
	const folder = workedFolder();
	const journal = opened(folder);
	expect(verdictOf(folder)).toMatchObject({ whole: true, head: journal.chain.head() });
	journal.tell("operation open", { kind: "unknown", fault: "server-silent" }, {});
	expect(verdictOf(folder)).toMatchObject({ whole: true, entries: entries + 1, head: journal.chain.head() });
});

test("what the daemon writes while the rows are compared is no finding", () => {
	const folder = workedFolder();
	const journal = opened(folder);
	const reader = readJournal(folder);
	onTestFinished(() => reader.close());
	let told = 0;
	const beside: typeof reader = {
		...reader,
		read: (deed, work) => {
			told += 1;
			const learned = { transactionId: `transaction ${told}` };
			journal.diary("operation open").before("status", `request ${told}`, learned);
			return reader.read(deed, work);
		},
	};
	const verdict = verifyJournal(beside, readKey(join(folder, "journal.key")));
	expect(verdict.findings).toEqual([]);
	expect(verdict.rows).toBeGreaterThan(21);
});

test("one changed value of any row is found, and the row is named", () => {
	const value = fc.oneof(fc.constant(null), fc.integer(), fc.string(), fc.constant("0"));
	fc.assert(
		fc.property(anyRow, value, ({ table, row, seed }, other) => {
			const column = table.columns[seed % table.columns.length] ?? "";
			let changed = false;
			const findings = found((database) => {
				const select = database.prepare(
					`SELECT quote(${column}) AS value FROM ${table.name} WHERE ${where(table)}`,
				);
				const before = select.get(row)?.value;
				try {
					database.prepare(`UPDATE ${table.name} SET ${column} = ? WHERE ${where(table)}`).run(other, row);
				} catch {
					// What no tool can write, such as a text among whole numbers, needs no finding.
				}
				changed = select.get(row)?.value !== before;
			});
			// An operation that is called otherwise takes its slip from nobody: a slip is known by the name of its operation.
			const isOwn = (finding: Finding) =>
				"table" in finding && finding.table === table.name && finding.row === String(row);
			expect(findings.some(isOwn)).toBe(changed);
			if (!(table.name === "operations" && column === "id")) expect(findings).toHaveLength(changed ? 1 : 0);
		}),
		seeded,
	);
});

test("one row that is taken out is found, and named", () => {
	fc.assert(
		fc.property(anyRow, ({ table, row }) => {
			const findings = found((database) =>
				database.prepare(`DELETE FROM ${table.name} WHERE ${where(table)}`).run(row),
			);
			expect(about(findings)[0]).toEqual(["missing", table.name, String(row)]);
		}),
		seeded,
	);
});

test("one row that is put in is found, and named", () => {
	fc.assert(
		fc.property(anyRow, fc.integer({ min: -5, max: 10_000 }), ({ table, row, seed }, number) => {
			fc.pre(!(rows.get(table.name) ?? []).includes(number));
			const slips = table.name === "slips";
			const findings = found((database) => {
				const key = { operations: "number", attempts: "number", prints: "id", shifts: "number" }[table.name];
				// The new one is like another but for what must be unlike.
				const like = table.columns.map((column) =>
					column === "id" || column === "terminal" ? `'new ${seed}'` : column,
				);
				database
					.prepare(
						`INSERT INTO ${table.name} (${key ?? "operation"}, ${table.columns.join(", ")})
						SELECT ?, ${like.join(", ")} FROM ${table.name} WHERE ${where(table)}`,
					)
					.run(slips ? "operation receipt" : number, row);
			});
			const place = slips ? 5 : number;
			expect(about(findings)).toEqual([["inserted", table.name, String(place)]]);
		}),
		{ ...seeded, numRuns: 40 },
	);
});

test("two rows that changed places are found, and told as moved", () => {
	fc.assert(
		fc.property(anyRow, fc.nat(), ({ table, row }, seed) => {
			const others = (rows.get(table.name) ?? []).filter((other) => other !== row);
			const other = others[seed % others.length] ?? 0;
			const key = { attempts: "number", prints: "id", shifts: "number", operations: "number" }[table.name];
			const findings = found((database) => {
				const swap = (from: number, to: number) =>
					key === undefined
						? database
								.prepare(
									`UPDATE slips SET operation = coalesce((SELECT id FROM operations WHERE number = ?), 'nowhere')
									WHERE operation = coalesce((SELECT id FROM operations WHERE number = ?), 'nowhere')`,
								)
								.run(to, from)
						: database.prepare(`UPDATE ${table.name} SET ${key} = ? WHERE ${key} = ?`).run(to, from);
				swap(row, -1);
				swap(other, row);
				swap(-1, other);
			});
			const moved = about(findings.filter((finding) => "table" in finding && finding.table === table.name));
			const pair = [row, other].sort((one, two) => one - two);
			expect(moved).toEqual(pair.map((number) => ["moved", table.name, String(number)]));
		}),
		seeded,
	);
});

test.each([
	["an empty chain", "DELETE FROM chain", { kind: "cut-off", head: "1", last: "0" }],
	[
		"a trigger that is gone",
		"DROP TRIGGER chain_delete_slips",
		{ kind: "trigger", name: "chain_delete_slips" },
	],
	[
		"numbers beyond those of JavaScript",
		"UPDATE operations SET amount = 9223372036854775807 WHERE number = 1",
		{ kind: "changed", table: "operations", row: "1" },
	],
	[
		"a row with the last number there is",
		"UPDATE attempts SET number = 9223372036854775807 WHERE number = 1",
		{ kind: "moved", table: "attempts", row: "9223372036854775807", from: "1" },
	],
	[
		"an entry with a number below all",
		"INSERT INTO chain SELECT -9223372036854775808, at, part, row, deed, digest, link FROM chain WHERE number = 2",
		{ kind: "chain-broken", entries: { from: "-9223372036854775808", to: "-9223372036854775808" } },
	],
	[
		"a slip that belongs to no operation",
		"UPDATE slips SET operation = 'nobody' WHERE operation = 'operation a'",
		{ kind: "moved", table: "slips", from: "1" },
	],
	[
		"a text with something behind a zero byte",
		"UPDATE operations SET order_id = order_id || char(0) || 'more' WHERE number = 1",
		{ kind: "changed", table: "operations", row: "1" },
	],
])("%s is found", (_, sql, finding) => {
	const folder = workedFolder();
	if (sql.startsWith("DROP")) byHand(folder, () => undefined, sql);
	else harm(folder, sql);
	expect(verdictOf(folder).findings).toContainEqual(expect.objectContaining(finding));
});

test("another key proves nothing, and says so", () => {
	const folder = workedFolder();
	writeFileSync(join(folder, "journal.key"), Buffer.alloc(32, 7));
	expect(() => verdictOf(folder)).toThrow("sealed with another key");
});

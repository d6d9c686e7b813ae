import type { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Finding } from "../../src/journal/verify-findings.ts";
import { byHand, copyOf, harm, verdictOf, workedFolder } from "./chain-kit.ts";
import { opened } from "./kit.ts";

const seeded = { seed: 20_260_301, numRuns: 60 } as const;

/** How many entries the chain of the journal has that these tests harm. */
const entries = 31;

/** Does something to a journal, and gives what is found then. */
function found(work: (database: DatabaseSync) => void): readonly Finding[] {
	const folder = workedFolder();
	byHand(folder, work);
	return verdictOf(folder).findings;
}

const anyEntry = fc.nat().map((seed) => 1 + (seed % entries));

test("one change of any entry of the chain is found, and the entry is named", () => {
	const columns = ["at", "part", "row", "deed", "digest", "link"] as const;
	fc.assert(
		fc.property(anyEntry, fc.constantFrom(...columns), (number, column) => {
			const other = { at: "at + 1", part: "part || char(0)", row: "row + 1", deed: "'erased'" };
			const value = column === "digest" || column === "link" ? "zeroblob(32)" : other[column];
			const findings = found((database) =>
				database.prepare(`UPDATE chain SET ${column} = ${value} WHERE number = ?`).run(number),
			);
			const at = String(number);
			expect(findings[0]).toMatchObject({ kind: "chain-broken", entries: { from: at, to: at } });
		}),
		seeded,
	);
});

test("entries that are taken out of the middle, put in or exchanged are found, and named", () => {
	fc.assert(
		fc.property(anyEntry, anyEntry, fc.constantFrom("out", "in", "exchange"), (one, two, deed) => {
			fc.pre(one !== two && one !== entries);
			const findings = found((database) => {
				const copy = database.prepare(
					"INSERT INTO chain SELECT ?, at, part, row, deed, digest, link FROM chain WHERE number = ?",
				);
				const rename = database.prepare("UPDATE chain SET number = ? WHERE number = ?");
				if (deed === "out") database.prepare("DELETE FROM chain WHERE number = ?").run(one);
				else if (deed === "in") copy.run(entries + 1, one);
				else
					for (const [to, from] of [
						[-1, one],
						[one, two],
						[two, -1],
					] as const)
						rename.run(to, from);
			});
			const named = findings.flatMap((finding) => ("entries" in finding ? [finding] : []));
			const covers = (number: number) =>
				named.some(({ entries: { from, to } }) => Number(from) <= number && number <= Number(to));
			const wanted = { out: [one], in: [entries + 1], exchange: [one, two] }[deed as "out"] ?? [];
			for (const number of wanted) expect(covers(number)).toBe(true);
			expect(named[0]?.kind).toBe(deed === "out" ? "chain-missing" : "chain-broken");
		}),
		seeded,
	);
});

test("an end that was cut off is found by the head that somebody kept, whatever else was made to fit", () => {
	const kept = verdictOf(workedFolder()).head;
	expect(kept.number).toBe(entries);
	fc.assert(
		fc.property(fc.integer({ min: 1, max: 5 }), (count) => {
			const folder = workedFolder();
			harm(folder, "DELETE FROM chain WHERE number > ?", entries - count);
			expect(verdictOf(folder, kept).findings).toContainEqual({
				...{ kind: "cut-off", head: String(entries), last: String(entries - count) },
			});
		}),
		{ ...seeded, numRuns: 5 },
	);
});

test("a journal that was wound back is whole by itself, and not to who kept its head", () => {
	const folder = workedFolder();
	const before = copyOf(folder);
	const journal = opened(folder);
	journal.tell("operation open", { kind: "unknown", fault: "server-silent" }, {});
	const kept = journal.chain.head();
	journal.close();
	expect(verdictOf(folder, kept).whole).toBe(true);
	expect(verdictOf(before).whole).toBe(true);
	expect(verdictOf(before, kept).findings).toEqual([
		{ kind: "cut-off", head: String(entries + 1), last: String(entries) },
	]);
	const other = opened(before);
	other.finish("operation open", { kind: "refused", fault: "payment-timed-out" }, { eventBody: {} });
	other.close();
	expect(verdictOf(before, kept).findings).toEqual([
		{ kind: "rewritten", head: String(entries + 1), last: String(entries + 1) },
	]);
});

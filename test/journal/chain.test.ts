import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { headOf } from "../../src/journal/chain-head.ts";
import { chainedTables } from "../../src/journal/chain-rows.ts";
import { readJournal } from "../../src/journal/read-journal.ts";
import { verdictOf } from "./chain-kit.ts";
import { intentOf, receiptOf, settled } from "./intents.ts";
import { begun, handClock, opened, temporaryFolder } from "./kit.ts";

/** What somebody does to a closed journal by hand, without the functions that the daemon lends. */
function byHand<T>(folder: string, work: (database: DatabaseSync) => T): T {
	const database = new DatabaseSync(join(folder, "journal.db"), { enableForeignKeyConstraints: false });
	try {
		return work(database);
	} finally {
		database.close();
	}
}

const entriesOf = (folder: string) =>
	byHand(folder, (database) =>
		database.prepare("SELECT number, at, part, row, deed FROM chain ORDER BY number").all(),
	);

test("every column of a chained table is chained, but the number by which a row is known", () => {
	const folder = temporaryFolder();
	opened(folder).close();
	byHand(folder, (database) => {
		for (const { name, columns } of chainedTables) {
			const all = database.prepare(`SELECT name FROM pragma_table_info('${name}') ORDER BY cid`).all();
			const [key = "", ...others] = all.map((column) => String(column.name));
			expect(["number", "id", "operation"]).toContain(key);
			expect(columns).toEqual(others);
		}
	});
});

test("a journal begins with its first entry, and a payment adds one for whatever is written of it", async () => {
	const folder = temporaryFolder();
	const clock = handClock(1_000);
	const journal = opened(folder, clock);
	clock.at = 2_000;
	const { id, firstAttempt } = begun(journal, "a");
	clock.at = 3_000;
	journal.diary(id).after(firstAttempt, { kind: "answered", summary: "accepted" });
	await new Promise(setImmediate);
	clock.at = 4_000;
	journal.finish(id, settled, { eventBody: {}, print: { printer: "front" } });
	journal.close();
	const entry = (number: number, at: number, part: string, row: number, deed = "written") => ({
		...{ number, at, part, row, deed },
	});
	expect(entriesOf(folder)).toEqual([
		entry(1, 1_000, "journal", 0, "begun"),
		entry(2, 2_000, "operations", 1),
		entry(3, 2_000, "attempts", 1),
		entry(4, 3_000, "attempts", 1),
		entry(5, 4_000, "operations", 1),
		entry(6, 4_000, "slips", 1),
		entry(7, 4_000, "prints", 1),
	]);
});

test("what is rolled back leaves no entry, and the chain goes on where it was", () => {
	const folder = temporaryFolder();
	const journal = opened(folder);
	begun(journal, "a");
	const before = journal.chain.head();
	const other = { ...intentOf("b"), operation: { ...intentOf("b").operation, id: "operation a" } };
	expect(() => journal.begin(other)).toThrow();
	expect(journal.chain.head()).toEqual(before);
	journal.finish("operation a", settled, { eventBody: {} });
	journal.close();
	expect(opened(folder).chain.lastFits).toBe(true);
});

test("what one transaction does to a row is one entry, of the row as it is in the end", () => {
	const folder = temporaryFolder();
	const journal = opened(folder);
	const { id, firstAttempt } = begun(journal, "a");
	const learned = { transactionId: "transaction 1" };
	journal.diary(id).after(firstAttempt, { kind: "answered", summary: "accepted" }, learned);
	journal.finish(id, settled, { eventBody: {} });
	journal.close();
	const parts = entriesOf(folder).map(({ part, deed }) => `${part} ${deed}`);
	expect(parts.slice(3)).toEqual(["operations written", "attempts written", "slips written"]);
	expect(verdictOf(folder).whole).toBe(true);
});

test("a deed that is rolled back beside what was jotted down takes its own entries back alone", () => {
	const folder = temporaryFolder();
	const journal = opened(folder);
	const { id, firstAttempt } = begun(journal, "a");
	journal.diary(id).after(firstAttempt, { kind: "answered", summary: "accepted" });
	const receipt = receiptOf("transaction 1", "b");
	expect(() => journal.begin({ ...receipt, operation: { ...receipt.operation, id } })).toThrow("UNIQUE");
	journal.begin(receipt);
	journal.close();
	const parts = entriesOf(folder).map(({ part, row }) => `${part} ${row}`);
	expect(parts.slice(3)).toEqual(["attempts 1", "operations 2", "attempts 2"]);
	expect(verdictOf(folder).whole).toBe(true);
});

test("who writes without the daemon's functions is refused, and who reads needs none", () => {
	const folder = temporaryFolder();
	const journal = opened(folder);
	begun(journal, "a");
	journal.close();
	byHand(folder, (database) => {
		for (const { name } of chainedTables) {
			expect(() => database.exec(`DELETE FROM ${name}`)).toThrow("no such function: kassad_chain");
		}
		expect(database.prepare("SELECT id FROM operations").all()).toEqual([{ id: "operation a" }]);
		database.exec("VACUUM");
	});
	expect(opened(folder).chain.lastFits).toBe(true);
});

test("triggers that somebody took away or added are as they were after the next start", () => {
	const folder = temporaryFolder();
	opened(folder).close();
	const triggers = () =>
		byHand(folder, (database) =>
			database.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY name").all(),
		);
	const before = triggers();
	expect(before).toHaveLength(3 * chainedTables.length);
	byHand(folder, (database) =>
		database.exec(`
			DROP TRIGGER chain_update_slips;
			CREATE TRIGGER "a ""foreign"" one" AFTER UPDATE ON prints BEGIN DELETE FROM chain; END`),
	);
	expect(triggers()).not.toEqual(before);
	opened(folder).close();
	expect(triggers()).toEqual(before);
});

test("the head is the same to the daemon and to who reads beside it, and moves with every row", () => {
	const folder = temporaryFolder();
	const journal = opened(folder);
	const reader = readJournal(folder);
	const first = journal.chain.head();
	expect(first).toEqual({ number: 1, link: expect.stringMatching(/^[0-9a-f]{16}$/) });
	expect(headOf(reader)).toEqual(first);
	begun(journal, "a");
	expect(headOf(reader)).toEqual(journal.chain.head());
	expect(journal.chain.head()).toMatchObject({ number: 3 });
	reader.close();
});

test.each([
	["whose last entry was changed", "UPDATE chain SET at = at + 1 WHERE number = 3"],
	[
		"with an entry of somebody else",
		"INSERT INTO chain SELECT 4, at, part, row, deed, digest, link FROM chain WHERE number = 3",
	],
	[
		"with a number that is beyond JavaScript",
		"INSERT INTO chain SELECT 9007199254740993, at, part, row, deed, digest, NULL FROM chain WHERE number = 3",
	],
	["whose chain is empty", "DELETE FROM chain"],
])("a journal %s opens, says so, and goes on", (_, harm) => {
	const folder = temporaryFolder();
	const journal = opened(folder);
	begun(journal, "a");
	journal.close();
	byHand(folder, (database) => database.exec(harm));
	const again = opened(folder);
	expect(again.chain.lastFits).toBe(false);
	again.finish("operation a", settled, { eventBody: {} });
	expect(again.find({ id: "operation a" })?.state).toBe("settled");
});

test("with another key a journal's chain does not go on", () => {
	const folder = temporaryFolder();
	opened(folder).close();
	writeFileSync(join(folder, "journal.key"), Buffer.alloc(32, 7));
	expect(() => opened(folder)).toThrow("another key");
});

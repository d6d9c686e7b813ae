import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { readJournal } from "../../src/journal/read-journal.ts";
import { begun, contents, opened, temporaryFolder } from "./kit.ts";

const orders = "SELECT order_id AS orderId FROM operations ORDER BY number";

test("a journal is read while another holds it open, and nothing in it changes", () => {
	const folder = temporaryFolder();
	const journal = opened(folder);
	begun(journal, "a");
	const before = contents(folder);
	const reader = readJournal(folder);
	const select = reader.prepare(orders);
	expect(reader.read("list the orders", () => select.all())).toEqual([{ orderId: "order a" }]);
	expect(() => reader.prepare("DELETE FROM attempts").run()).toThrow("readonly");
	reader.close();
	for (const name of ["journal.db", "journal.db-wal"]) {
		expect(contents(folder).get(name)).toEqual(before.get(name));
	}
});

test("a look sees one moment, although the daemon writes meanwhile", () => {
	const folder = temporaryFolder();
	const journal = opened(folder);
	const reader = readJournal(folder);
	const select = reader.prepare(orders);
	reader.read("list the orders twice", () => {
		expect(select.all()).toEqual([]);
		begun(journal, "a");
		expect(select.all()).toEqual([]);
	});
	expect(reader.read("list the orders", () => select.all())).toHaveLength(1);
	reader.close();
});

test("what is no journal of this version is refused with what to do", () => {
	const folder = temporaryFolder();
	expect(() => readJournal(folder)).toThrow("there is no such file. Check the setting journal.folder");
	opened(folder).close();
	const database = new DatabaseSync(join(folder, "journal.db"));
	database.exec("PRAGMA user_version = 2");
	expect(() => readJournal(folder)).toThrow("Start this kassad once");
	database.exec("PRAGMA user_version = 99");
	expect(() => readJournal(folder)).toThrow("a newer kassad made it");
	database.exec("PRAGMA user_version = 3; PRAGMA application_id = 7");
	expect(() => readJournal(folder)).toThrow("it is not a journal of kassad");
	database.close();
});

import { readFileSync, rmSync, writeFileSync } from "node:fs";
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
	expect(() => reader.prepare("DELETE FROM events").run()).toThrow("readonly");
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
	writeFileSync(join(folder, "journal.db"), "");
	expect(() => readJournal(folder)).toThrow("nothing has been written yet. Start kassad once.");
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

test.each([
	["overwritten", 0],
	["whose tables are overwritten", 4_096],
])("a journal %s is told as damaged", (_, from) => {
	const folder = temporaryFolder();
	const path = join(folder, "journal.db");
	opened(folder).close();
	writeFileSync(path, readFileSync(path).fill(0xa5, from));
	const look = () => {
		const reader = readJournal(folder);
		try {
			const select = reader.prepare(orders);
			return reader.read("list the orders", () => select.all());
		} finally {
			reader.close();
		}
	};
	expect(look).toThrow(
		/^journal-failed: could not .*: the file is damaged .*Keep a copy of the whole journal/,
	);
});

test("a reader needs no key, takes no lock, and the journal opens after it as before", () => {
	const folder = temporaryFolder();
	opened(folder).close();
	const key = readFileSync(join(folder, "journal.key"));
	rmSync(join(folder, "journal.key"));
	const reader = readJournal(folder);
	writeFileSync(join(folder, "journal.key"), key);
	begun(opened(folder), "a");
	const select = reader.prepare(orders);
	expect(reader.read("list the orders", () => select.all())).toHaveLength(1);
	reader.close();
});

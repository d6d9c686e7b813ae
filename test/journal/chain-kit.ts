import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import { lendChain } from "../../src/journal/chain.ts";
import type { ChainHead } from "../../src/journal/chain-head.ts";
import { type Database, openDatabase } from "../../src/journal/database.ts";
import { readKey } from "../../src/journal/key-file.ts";
import { readJournal } from "../../src/journal/read-journal.ts";
import { type Verdict, verifyJournal } from "../../src/journal/verify.ts";
import { receiptOf, refundOf, refused, settled } from "./intents.ts";
import { begun, contents, handClock, opened, temporaryFolder } from "./kit.ts";

let worked: ReadonlyMap<string, Buffer> | undefined;

/** The folder of a closed journal in which every chained table has rows, made anew of what is made once. */
export function workedFolder(): string {
	worked ??= contents(work());
	const folder = temporaryFolder();
	for (const [name, bytes] of worked) writeFileSync(join(folder, name), bytes);
	return folder;
}

function work(): string {
	const folder = temporaryFolder();
	const clock = handClock();
	const journal = opened(folder, clock);
	const printed = { eventBody: {}, print: { printer: "front" } };
	for (const name of ["a", "b", "c"]) {
		clock.at += 1_000;
		const { id, firstAttempt } = begun(journal, name);
		journal.diary(id).after(firstAttempt, { kind: "answered", summary: "accepted" });
		const slip = { ...settled.slip, id: `slip ${name}` };
		journal.finish(id, name === "c" ? refused : { ...settled, transactionId: name, slip }, printed);
	}
	journal.begin(refundOf("a", "back"));
	journal.finish("operation back", { ...settled, refTransactionId: "back" }, printed);
	journal.prints.begin(1);
	journal.prints.finish(1, { state: "printed", evidence: "process-id" }, {});
	journal.begin(receiptOf("a", "receipt"));
	begun(journal, "open");
	journal.close();
	asDaemon(folder, (database) =>
		database.exec(`INSERT INTO shifts (number, terminal, opened_at, closed_at)
			VALUES (1, 'till-1', 1, 2), (2, 'till-1', 3, NULL)`),
	);
	return folder;
}

/** What a daemon does in one transaction. */
function asDaemon(folder: string, work: (database: Database) => void): void {
	const database = openDatabase(join(folder, "journal.db"));
	lendChain(database, readKey(join(folder, "journal.key")), handClock());
	database.transact("do as a daemon does", () => work(database));
	database.close();
}

export function copyOf(folder: string): string {
	const copy = temporaryFolder();
	cpSync(folder, copy, { recursive: true });
	return copy;
}

/** What somebody does to a closed journal by hand: nothing that SQLite could refuse is in the way, and no trace is left but `last`, SQL that is run at the end. */
export function byHand<T>(folder: string, work: (database: DatabaseSync) => T, last = ""): T {
	const database = new DatabaseSync(join(folder, "journal.db"), { enableForeignKeyConstraints: false });
	try {
		database.exec("PRAGMA ignore_check_constraints = ON");
		const triggers = database.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all();
		for (const { name } of triggers) database.exec(`DROP TRIGGER ${name}`);
		const result = work(database);
		for (const { sql } of triggers) database.exec(String(sql));
		database.exec(last);
		return result;
	} finally {
		database.close();
	}
}

/** Runs one statement of SQL by hand. */
export function harm(folder: string, sql: string, ...values: SQLInputValue[]): void {
	byHand(folder, (database) => void database.prepare(sql).run(...values));
}

export function verdictOf(folder: string, kept?: ChainHead): Verdict {
	const reader = readJournal(folder);
	try {
		return verifyJournal(reader, readKey(join(folder, "journal.key")), kept && { kept });
	} finally {
		reader.close();
	}
}

import { cpSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { openJournal } from "../../src/journal/journal.ts";
import { folderSettings, intentOf, markedCard, settled } from "./intents.ts";
import { begun, contents, handClock, opened, temporaryFolder } from "./kit.ts";

/** A journal with one finished and one open payment, closed. */
function usedFolder(): string {
	const folder = temporaryFolder();
	const journal = opened(folder);
	begun(journal, "paid");
	journal.finish("operation paid", settled, { eventBody: {} });
	begun(journal, "open");
	journal.close();
	return folder;
}

/** Those files of a folder that were there before; looking into a database may leave an empty log beside it. */
const stillThere = (before: Map<string, Buffer>, folder: string) =>
	new Map([...contents(folder)].filter(([name]) => before.has(name)));

const opening = (folder: string) => () => openJournal(folderSettings(folder), handClock());

test("a journal that was closed goes on where it stopped", () => {
	const journal = opened(usedFolder());
	expect(journal.find({ id: "operation paid" })).toMatchObject({ state: "settled" });
	expect(journal.open().map(({ id }) => id)).toEqual(["operation open"]);
});

test("the folder, the database and the key belong to this user alone", () => {
	const folder = join(temporaryFolder(), "deep", "journal");
	const journal = opened(folder);
	begun(journal, "a");
	const modes = [".", "journal.db", "journal.db-wal", "journal.db-shm", "journal.key", "lock.db"].map(
		(name) => statSync(join(folder, name)).mode & 0o777,
	);
	expect(modes).toEqual([0o700, 0o600, 0o600, 0o600, 0o600, 0o600]);
});

test("closing twice is closing once", () => {
	const journal = opened();
	journal.close();
	expect(() => journal.close()).not.toThrow();
});

test("the card is never on disk in clear, neither before nor after the payment's end nor after closing", () => {
	const folder = temporaryFolder();
	const journal = opened(folder);
	const inClear = () =>
		[...contents(folder)].filter(([, bytes]) =>
			[markedCard.number, markedCard.session].some((secret) => bytes.includes(secret)),
		);
	begun(journal, "a");
	expect(contents(folder).get("journal.db-wal")?.includes("order a")).toBe(true);
	expect(inClear()).toEqual([]);
	journal.finish("operation a", settled, { eventBody: {} });
	expect(inClear()).toEqual([]);
	journal.close();
	expect(inClear()).toEqual([]);
});

test("soon after the end of a payment not even the sealed card is in the files", async () => {
	const folder = temporaryFolder();
	const journal = opened(folder);
	begun(journal, "a");
	const reader = new DatabaseSync(join(folder, "journal.db"), { readOnly: true });
	const { sealed } = reader.prepare("SELECT sealed FROM operations").get() as { sealed: Uint8Array };
	reader.close();
	const holding = () =>
		[...contents(folder)].filter(([, bytes]) => bytes.includes(Buffer.from(sealed))).map(([name]) => name);
	expect(holding()).toEqual(["journal.db-wal"]);
	journal.finish("operation a", settled, { eventBody: {} });
	await new Promise((resolve) => setImmediate(resolve));
	expect(holding()).toEqual([]);
});

test("a second journal on the same folder is refused, and the first one does not notice", () => {
	const folder = temporaryFolder();
	const first = opened(folder);
	expect(opening(folder)).toThrow(/journal-failed: could not lock .*another kassad/);
	expect(begun(first, "a").firstAttempt).toBe(1);
	first.close();
	expect(opened(folder).open()).toHaveLength(1);
});

test.each([
	["foreign bytes", (bytes: Buffer) => bytes.fill("not a database ")],
	["a header of zeros", (bytes: Buffer) => bytes.fill(0, 0, 100)],
	["half of its bytes", (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
])("a database with %s is refused, and stays as it was", (_, harm) => {
	const folder = usedFolder();
	const path = join(folder, "journal.db");
	writeFileSync(path, harm(readFileSync(path)));
	const before = contents(folder);
	expect(opening(folder)).toThrow(/journal-failed: could not .*journal\.db: .*Keep a copy/);
	expect(stillThere(before, folder)).toEqual(before);
});

test("a database that vanished beside its write-ahead log is refused, and the log is kept", () => {
	const folder = usedFolder();
	rmSync(join(folder, "journal.db"));
	writeFileSync(join(folder, "journal.db-wal"), "committed payments");
	const before = contents(folder);
	expect(opening(folder)).toThrow(/journal-failed: .*empty or gone/);
	expect(stillThere(before, folder)).toEqual(before);
});

test("a journal of a newer kassad is refused, and stays as it was", () => {
	const folder = usedFolder();
	const database = new DatabaseSync(join(folder, "journal.db"));
	database.exec("PRAGMA user_version = 99");
	database.close();
	const before = contents(folder);
	expect(opening(folder)).toThrow(/journal-failed: .*newer kassad.*version 99.*Install/);
	expect(stillThere(before, folder)).toEqual(before);
});

test("a database of another program is refused, and stays as it was", () => {
	const folder = temporaryFolder();
	const database = new DatabaseSync(join(folder, "journal.db"));
	database.exec("CREATE TABLE recipes (name TEXT)");
	database.close();
	const before = contents(folder);
	expect(opening(folder)).toThrow(/journal-failed: .*not a journal of kassad/);
	expect(stillThere(before, folder)).toEqual(before);
});

test.each([
	["another journal's", (path: string) => writeFileSync(path, Buffer.alloc(32, 1)), /another key.*Put back/],
	["a short", (path: string) => writeFileSync(path, "short"), /32 bytes and this file 5.*Put back/],
	["no", (path: string) => rmSync(path), /missing.*Put back/],
])("a journal with %s key is refused, and opens again with its own", (_, harm, words) => {
	const folder = usedFolder();
	const path = join(folder, "journal.key");
	const key = readFileSync(path);
	harm(path);
	expect(opening(folder)).toThrow(words);
	writeFileSync(path, key);
	expect(opened(folder).open()).toHaveLength(1);
});

test("a start that was cut short between key and database is made good", () => {
	const folder = usedFolder();
	const key = readFileSync(join(folder, "journal.key"));
	rmSync(join(folder, "journal.db"));
	expect(opened(folder).open()).toEqual([]);
	expect(readFileSync(join(folder, "journal.key"))).toEqual(key);
});

test("a file in the place of the folder is told of", () => {
	const path = join(temporaryFolder(), "file");
	writeFileSync(path, "");
	expect(opening(path)).toThrow(/journal-failed: could not make the folder .*journal\.folder/);
	expect(opening(join(path, "journal"))).toThrow(
		/journal-failed: could not make the folder .*journal\.folder/,
	);
});

test("a folder in the place of the database is told of", () => {
	const folder = temporaryFolder();
	mkdirSync(join(folder, "journal.db"));
	expect(opening(folder)).toThrow("journal-failed");
});

test("a failed opening leaves the folder free for the next", () => {
	const folder = usedFolder();
	const path = join(folder, "journal.key");
	const key = readFileSync(path);
	writeFileSync(path, Buffer.alloc(32));
	expect(opening(folder)).toThrow("journal-failed");
	writeFileSync(path, key);
	expect(opened(folder).find({ orderId: intentOf("paid").operation.wish.purchase.orderId })).toBeDefined();
});

test("after a power loss the whole database is read, and refused when a page of it is damaged", () => {
	const folder = usedFolder();
	const running = opened(folder);
	running.events.append("operation", {});
	// What is on disk while the journal is open is what a power loss leaves: a log beside the database.
	const left = temporaryFolder();
	cpSync(folder, left, { recursive: true });
	const path = join(left, "journal.db");
	harmPageOf("attempts", path, join(folder, "journal.db"));
	const before = contents(left);
	// The index of the log is scratch memory that every reader writes to.
	before.delete("journal.db-shm");
	expect(opening(left)).toThrow(/journal-failed: could not open .*damaged.*Keep a copy/);
	expect(stillThere(before, left)).toEqual(before);
});

/** Overwrites the first page of a table; `original` is a sound copy to look it up in. */
function harmPageOf(table: string, path: string, original: string): void {
	const database = new DatabaseSync(original, { readOnly: true });
	const { page } = database
		.prepare("SELECT rootpage AS page FROM sqlite_schema WHERE name = ?")
		.get(table) as {
		page: number;
	};
	database.close();
	const pageBytes = 4_096;
	writeFileSync(path, readFileSync(path).fill(0xff, (page - 1) * pageBytes, page * pageBytes));
}

import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openDatabase } from "../../src/journal/database.ts";
import { refused } from "./intents.ts";
import { begun, opened, temporaryFolder } from "./kit.ts";

/** A database of words, and the syncs of its log: those that were waited for, and those that end by hand. */
function words() {
	const soon: PromiseWithResolvers<void>[] = [];
	const disk = { syncs: 0, isBroken: false };
	const now = () => {
		if (disk.isBroken) throw systemError("EIO");
		disk.syncs += 1;
	};
	const database = openDatabase(join(temporaryFolder(), "journal.db"), () => ({
		now,
		soon: () => {
			const sync = Promise.withResolvers<void>();
			soon.push(sync);
			return sync.promise;
		},
		close: () => undefined,
	}));
	onTestFinished(() => database.close());
	database.transact("make a table", () => database.exec("CREATE TABLE words (word TEXT)"));
	disk.syncs = 0;
	const insert = database.prepare("INSERT INTO words VALUES (?)");
	const all = () =>
		database
			.prepare("SELECT word FROM words")
			.all()
			.map(({ word }) => word);
	return { database, disk, soon, write: (word: string) => () => insert.run(word), all };
}

const systemError = (code: string) => Object.assign(new Error(code), { code, syscall: "fdatasync" });

test("a deed of transact is synced before it returns", () => {
	const { database, disk, soon, write } = words();
	database.transact("write a word", write("a"));
	expect([disk.syncs, soon.length, database.onDisk()]).toEqual([1, 0, undefined]);
});

test("a deferred deed is there for all who read, and on disk when the sync that it began has ended", async () => {
	const { database, disk, soon, write, all } = words();
	database.defer("write a word", write("a"));
	expect([all(), disk.syncs, soon.length]).toEqual([["a"], 0, 1]);
	const onDisk = database.onDisk();
	soon[0]?.resolve();
	await onDisk;
	expect(database.onDisk()).toBeUndefined();
});

test("what is jotted down has no sync of its own", () => {
	const { database, disk, soon, write, all } = words();
	database.jot("write a word", write("a"));
	expect([all(), disk.syncs, soon.length, database.onDisk()]).toEqual([["a"], 0, 0, undefined]);
});

test("a deferred deed that throws begins no sync", () => {
	const { database, soon, all } = words();
	const failing = () => {
		database.exec("INSERT INTO words VALUES ('b')");
		throw new TypeError("no");
	};
	expect(() => database.defer("write a word", failing)).toThrow("no");
	expect([all(), soon.length]).toEqual([[], 0]);
});

test("after a sync that failed everything is refused, and what waited for it is never on disk", async () => {
	const { database, soon, write } = words();
	database.defer("write a word", write("a"));
	const onDisk = database.onDisk();
	soon[0]?.reject(systemError("EIO"));
	const told = "journal-failed: could not bring the journal to the disk: the disk reports a failure (EIO)";
	await expect(onDisk).rejects.toThrow(told);
	await expect(database.failed).rejects.toThrow(told);
	expect(() => database.defer("write a word", write("b"))).toThrow("kassad must be restarted");
	expect(() => database.read("look", () => 1)).toThrow("kassad must be restarted");
	await expect(database.onDisk()).rejects.toThrow(told);
});

test("a deed of transact that cannot be synced is told as failed, and everything is refused", async () => {
	const { database, disk, write } = words();
	disk.isBroken = true;
	expect(() => database.transact("write a word", write("a"))).toThrow(
		"journal-failed: could not write a word: the disk reports a failure (EIO)",
	);
	await expect(database.failed).rejects.toThrow("EIO");
	expect(() => database.transact("write a word", write("b"))).toThrow("kassad must be restarted");
});

test("a wish, and what came of it, begin their way to the disk at once; a server's answer goes with them", async () => {
	const journal = opened();
	const { firstAttempt } = begun(journal, "a");
	expect(journal.onDisk()).toBeInstanceOf(Promise);
	await journal.onDisk();
	expect(journal.onDisk()).toBeUndefined();
	journal.diary("operation a").after(firstAttempt, { kind: "answered", summary: "rejected" });
	expect(journal.onDisk()).toBeUndefined();
	journal.finish("operation a", refused, { eventBody: {} });
	expect(journal.onDisk()).toBeInstanceOf(Promise);
	await journal.onDisk();
});

import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
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

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

test("what is jotted down is done at the end of the turn, without a sync of its own", async () => {
	const { database, disk, soon, write, all } = words();
	database.jot("write a word", write("a"));
	expect(all()).toEqual([]);
	await turn();
	expect([all(), disk.syncs, soon.length, database.onDisk()]).toEqual([["a"], 0, 0, undefined]);
});

test("what is jotted down is done before the next deed, in the same transaction", () => {
	const { database, write, all } = words();
	database.jot("write a word", write("a"));
	database.jot("write a word", write("b"));
	const seen = database.defer("write a word", () => {
		const before = all();
		write("c")();
		return before;
	});
	expect([seen, all()]).toEqual([
		["a", "b"],
		["a", "b", "c"],
	]);
});

test("who reads sees what was jotted down", () => {
	const { database, write, all } = words();
	database.jot("write a word", write("a"));
	expect(database.read("read the words", all)).toEqual(["a"]);
});

test("a deed that throws takes nothing along that was jotted down before it", () => {
	const { database, write, all } = words();
	database.jot("write a word", write("a"));
	const failing = () => {
		write("b")();
		throw new TypeError("no");
	};
	expect(() => database.defer("write another", failing)).toThrow("no");
	expect(all()).toEqual(["a"]);
	database.transact("write a third", write("c"));
	expect(all()).toEqual(["a", "c"]);
});

test("when a full database takes back a deed, what was jotted down before it is written all the same", () => {
	const { database, write, all } = words();
	database.exec("PRAGMA max_page_count = 4");
	database.jot("write a word", write("a"));
	const flood = () => {
		for (let n = 0; n < 100; n += 1) write("x".repeat(1_000))();
	};
	expect(() => database.defer("write down the flood", flood)).toThrow("the disk is full");
	expect(all()).toEqual(["a"]);
	database.defer("write a word", write("b"));
	expect(all()).toEqual(["a", "b"]);
});

test("after a commit that failed nothing that was jotted down is tried again", async () => {
	const { database, write } = words();
	let tried = 0;
	database.jot("write a word", () => {
		tried += 1;
	});
	const harm = () => {
		write("a")();
		database.exec("ROLLBACK");
	};
	expect(() => database.defer("write another", harm)).toThrow("could not write another");
	await expect(database.failed).rejects.toThrow("could not write another");
	expect(tried).toBe(1);
});

test("what was jotted down and cannot be written leaves the journal in doubt", async () => {
	const { database } = words();
	database.jot("write to nothing", () => database.exec("INSERT INTO nothing VALUES (1)"));
	await turn();
	await expect(database.failed).rejects.toThrow("could not write to nothing");
	expect(() => database.jot("write a word", () => undefined)).toThrow("kassad must be restarted");
});

test("who takes part in every transaction has the last word in it, and hears what was taken back", () => {
	const { database, write, all } = words();
	let done = 0;
	const log: string[] = [];
	database.accompany({
		rolledBack: () => void log.push(`back after ${done}`),
		finish: () => {
			done += 1;
			write(`end ${done}`)();
		},
	});
	database.defer("write a word", write("a"));
	const failing = () => {
		write("b")();
		throw new TypeError("no");
	};
	expect(() => database.defer("write another", failing)).toThrow("no");
	database.jot("write a word", write("c"));
	expect(() => database.defer("write another", failing)).toThrow("no");
	expect(all()).toEqual(["a", "end 1", "c", "end 2"]);
	expect(log).toEqual(["back after 1", "back after 1"]);
});

test("a database that closes does first what was jotted down", async () => {
	const path = join(temporaryFolder(), "journal.db");
	const database = openDatabase(path);
	database.transact("make a table", () => database.exec("CREATE TABLE words (word TEXT)"));
	database.jot("write a word", () => database.exec("INSERT INTO words VALUES ('a')"));
	database.close();
	await turn();
	const again = new DatabaseSync(path, { readOnly: true });
	expect(again.prepare("SELECT word FROM words").all()).toEqual([{ word: "a" }]);
	again.close();
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
	await turn();
	expect(journal.onDisk()).toBeUndefined();
	journal.finish("operation a", refused, { eventBody: {} });
	expect(journal.onDisk()).toBeInstanceOf(Promise);
	await journal.onDisk();
});

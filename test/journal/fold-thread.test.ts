import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { FoldThread } from "../../src/journal/fold-thread.ts";
import { temporaryFolder } from "./kit.ts";

/** A database with a log, and a thread that can fold it. */
function withLog(thread?: (path: string) => FoldThread) {
	const folder = temporaryFolder();
	const path = join(folder, "journal.db");
	const database = new DatabaseSync(path);
	database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 0");
	database.exec("CREATE TABLE rows (bytes BLOB)");
	const insert = database.prepare("INSERT INTO rows VALUES (zeroblob(?))");
	const look = database.prepare("PRAGMA wal_checkpoint(NOOP)");
	const folding = thread?.(path) ?? new FoldThread(path);
	const end = () => {
		folding.stop();
		if (database.isOpen) database.close();
		folding.close();
	};
	onTestFinished(end);
	const write = (bytes: number) => insert.run(bytes);
	return {
		folder,
		path,
		database,
		folding,
		end,
		write,
		log: () => look.get(),
		names: () => readdirSync(folder),
	};
}

const runs = (script: string) => new URL(`data:text/javascript,${encodeURIComponent(script)}`);

test("it copies the whole log into the database, and leaves it to its owner to begin the log anew", async () => {
	const { write, folding, log } = withLog();
	expect(folding.isAtHand).toBe(false);
	write(3_000_000);
	expect(log()).toMatchObject({ checkpointed: 0 });
	expect(await folding.fold()).toBe(true);
	const folded = log() as { log: number; checkpointed: number };
	expect(folded.log).toBeGreaterThan(700);
	expect(folded.checkpointed).toBe(folded.log);
	write(1);
	expect(log()).toMatchObject({ checkpointed: 0 });
	expect((log() as { log: number }).log).toBeLessThan(10);
});

test("who writes meanwhile never finds the database locked", async () => {
	const { write, folding } = withLog();
	for (let round = 0; round < 10; round += 1) {
		write(2_000_000);
		let isFolding = true;
		const folded = folding.fold().finally(() => {
			isFolding = false;
		});
		while (isFolding) {
			// This connection waits for no lock: it would throw.
			write(100);
			await new Promise(setImmediate);
		}
		expect(await folded).toBe(true);
	}
});

test("when the owner closes, no log remains, whatever the thread is doing", async () => {
	for (let turns = 0; turns < 12; turns += 1) {
		const { write, folding, end, names } = withLog();
		write(1);
		expect(await folding.fold()).toBe(true);
		for (let round = 0; round < 10; round += 1) write(2_000_000);
		void folding.fold();
		for (let turn = 0; turn < turns * 3; turn += 1) await new Promise(setImmediate);
		end();
		expect(names()).toEqual(["journal.db"]);
	}
});

test("when the owner closes before the thread has started, no log remains", () => {
	const { write, folding, end, names } = withLog();
	write(1_000_000);
	void folding.fold();
	end();
	expect(names()).toEqual(["journal.db"]);
});

test("what a reader still sees stays in the log, and nobody waits for it", async () => {
	const { path, write, folding, log } = withLog();
	write(1);
	const reader = new DatabaseSync(path, { readOnly: true });
	onTestFinished(() => reader.close());
	reader.exec("BEGIN");
	const count = reader.prepare("SELECT count(*) AS rows FROM rows");
	expect(count.get()).toEqual({ rows: 1 });
	const seen = (log() as { log: number }).log;
	write(1_000_000);
	expect(await folding.fold()).toBe(true);
	expect(log()).toMatchObject({ checkpointed: seen });
	expect(count.get()).toEqual({ rows: 1 });
});

test("a thread that cannot start, or dies, says so, and is never asked again", async () => {
	for (const script of ["throw new TypeError('broken')", "process.exit(1)", "syntax error"]) {
		const { folding, write } = withLog((path) => new FoldThread(path, runs(script)));
		write(1);
		expect(await folding.fold()).toBe(false);
		expect(folding).toMatchObject({ isAtHand: false, isGone: true });
		expect(await folding.fold()).toBe(false);
	}
});

test("a thread that dies at its work says so", async () => {
	const dies =
		"import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => process.exit(1))";
	const { folding } = withLog((path) => new FoldThread(path, runs(dies)));
	expect(await folding.fold()).toBe(false);
	expect(folding.isGone).toBe(true);
});

test("it makes no database where there is none, and says that it could not fold", async () => {
	const missing = new FoldThread(join(temporaryFolder(), "journal.db"));
	expect(await missing.fold()).toBe(false);
	const { folder, folding, database, write, names } = withLog();
	write(1);
	expect(await folding.fold()).toBe(true);
	database.close();
	for (const name of names()) rmSync(join(folder, name));
	expect(await folding.fold()).toBe(false);
	expect(names()).toEqual([]);
	// It lives on, since only this deed failed.
	expect(folding.isAtHand).toBe(true);
});

test("it says that it could not fold what is no database", async () => {
	const path = join(temporaryFolder(), "journal.db");
	writeFileSync(path, "no database, but long enough to be taken for one ".repeat(200));
	const folding = new FoldThread(path);
	onTestFinished(() => {
		folding.stop();
		folding.close();
	});
	expect(await folding.fold()).toBe(false);
	expect(folding.isAtHand).toBe(true);
});

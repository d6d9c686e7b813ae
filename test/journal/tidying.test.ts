import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openDatabase } from "../../src/journal/database.ts";
import { FoldThread } from "../../src/journal/fold-thread.ts";
import { Tidying } from "../../src/journal/tidying.ts";
import { gauge, page, secondsByHand, turn } from "./fold-kit.ts";
import { intentOf, refused } from "./intents.ts";
import { begun, handClock, opened, temporaryFolder } from "./kit.ts";

const turns = async () => {
	for (let turn = 0; turn < 3; turn += 1) await new Promise(setImmediate);
};

/** A journal whose clock waits until a test lets it go on. */
function busyJournal() {
	const waits: (() => void)[] = [];
	const sleep = () => new Promise<void>((resolve) => waits.push(resolve));
	const folder = temporaryFolder();
	const journal = opened(folder, Object.assign(handClock(), { sleep }));
	const logBytes = () => statSync(join(folder, "journal.db-wal")).size;
	return { journal, waits, logBytes };
}

test("when all is done the write-ahead log is emptied", async () => {
	const { journal, logBytes, waits } = busyJournal();
	// What tidying itself writes last.
	const tidied = logBytes();
	begun(journal, "a");
	expect(logBytes()).toBeGreaterThan(tidied);
	journal.finish("operation a", refused, { eventBody: {} });
	await turns();
	expect(logBytes()).toBe(tidied);
	waits[0]?.();
	await turns();
	begun(journal, "b");
	journal.finish("operation b", refused, { eventBody: {} });
	await turns();
	expect(logBytes()).toBe(tidied);
});

test("what ends within a second of the last time waits for the second's end, though nothing is in progress", async () => {
	const { journal, logBytes, waits } = busyJournal();
	const tidied = logBytes();
	for (const name of ["a", "b", "c"]) {
		begun(journal, name);
		journal.finish(`operation ${name}`, refused, { eventBody: {} });
		await turns();
	}
	expect(logBytes()).toBeGreaterThan(tidied);
	expect(waits).toHaveLength(1);
	waits[0]?.();
	await turns();
	expect(logBytes()).toBe(tidied);
});

test("while another till is busy it waits for that, and no longer than its patience", async () => {
	const { journal, logBytes, waits } = busyJournal();
	const at = (name: string, terminal: string) => {
		const intent = intentOf(name);
		journal.begin({ ...intent, operation: { ...intent.operation, terminal } });
	};
	at("a", "till-1");
	at("b", "till-2");
	journal.finish("operation a", refused, { eventBody: {} });
	await turns();
	const busy = logBytes();
	at("c", "till-1");
	journal.finish("operation c", refused, { eventBody: {} });
	await turns();
	expect(logBytes()).toBeGreaterThan(busy);
	expect(waits).toHaveLength(1);
	waits[0]?.();
	await turns();
	expect(logBytes()).toBeLessThan(busy);
	expect(journal.inProgress("till-2")).toBe("operation b");
});

/** Tidying with a thread that answers, or does, what a test wants; each payment writes 2 MB. */
function shopWith(onMessage: string) {
	const folder = temporaryFolder();
	const path = join(folder, "journal.db");
	const database = openDatabase(path);
	database.exec("CREATE TABLE operations (id TEXT, outcome TEXT, kind TEXT, terminal TEXT) STRICT");
	database.exec(`CREATE UNIQUE INDEX operations_one_in_progress ON operations (terminal)
		WHERE outcome IS NULL AND kind IN ('payment', 'refund')`);
	database.exec("CREATE TABLE bytes (bytes BLOB)");
	const script = `import { parentPort } from "node:worker_threads"; parentPort.on("message", () => ${onMessage})`;
	const thread = new FoldThread(path, new URL(`data:text/javascript,${encodeURIComponent(script)}`));
	const { clock, second } = secondsByHand();
	const reserve = () => database.exec("INSERT INTO bytes VALUES (NULL)");
	const parts = { database, events: { reserve }, sessions: { forget: () => undefined }, thread, clock };
	const tidying = new Tidying(parts);
	onTestFinished(() => {
		tidying.stop();
		database.close();
		thread.close();
	});
	const finish = async () => {
		database.exec("INSERT INTO bytes VALUES (zeroblob(2000000))");
		tidying.soon();
		await turn();
	};
	/** Another till begins and is never done. */
	const begin = () => database.exec("INSERT INTO operations VALUES ('open', NULL, 'payment', 'till-2')");
	return { thread, finish, second, begin, log: gauge(folder) };
}

const [little, much] = [10 * page, 400 * page];

test("a till alone never needs the thread", async () => {
	const { thread, finish, second, log } = shopWith("process.exit(1)");
	for (let count = 0; count < 10; count += 1) {
		await finish();
		expect(log().bytes).toBeLessThan(little);
		await second();
	}
	expect(thread).toMatchObject({ isAtHand: false, isGone: false });
});

test("a thread that dies is done without: the log is emptied each second", async () => {
	const { thread, finish, second, begin, log } = shopWith("process.exit(1)");
	begin();
	await finish();
	await second();
	expect(thread.isAtHand).toBe(true);
	while (log().bytes > little) await turn();
	expect(thread.isGone).toBe(true);
	for (let count = 0; count < 3; count += 1) {
		await finish();
		expect(log().bytes).toBeGreaterThan(much);
		await second();
		expect(log().bytes).toBeLessThan(little);
	}
});

test("what a thread could not fold is folded here at once", async () => {
	const { thread, finish, second, begin, log } = shopWith("parentPort.postMessage(false)");
	begin();
	await finish();
	await second();
	while (log().bytes > little) await turn();
	expect(thread.isAtHand).toBe(true);
});

test("the thread is sent three times after what it has left; then that is folded here, and the log begins anew", async () => {
	const told = join(temporaryFolder(), "told");
	const { finish, second, begin, log } = shopWith(`{
		process.getBuiltinModule("node:fs").appendFileSync(${JSON.stringify(told)}, "fold ");
		parentPort.postMessage(true);
	}`);
	begin();
	await finish();
	await second();
	while (log().log > 10) await turn();
	expect(log().bytes).toBeGreaterThan(much);
	expect(readFileSync(told, "utf8")).toBe("fold fold fold fold ");
});

test("what the thread has left is not emptied while tills are busy, though nothing is in progress at that moment", async () => {
	const answer = join(temporaryFolder(), "answer");
	const { finish, second, log } = shopWith(`{
		while (!process.getBuiltinModule("node:fs").existsSync(${JSON.stringify(answer)}));
		parentPort.postMessage(true);
	}`);
	await finish();
	await finish();
	await second();
	await finish();
	// The thread is still at work, and of the next second nothing has ended yet.
	await second();
	writeFileSync(answer, "");
	while (log().log > 10) await turn();
	expect(log().bytes).toBeGreaterThan(much);
});

test("in a busy shop no commit folds, even after the thread could not", async () => {
	const { finish, second, begin, log } = shopWith("parentPort.postMessage(false)");
	begin();
	await finish();
	await second();
	while (log().bytes > little) await turn();
	await finish();
	await second();
	for (let count = 0; count < 5; count += 1) await finish();
	// SQLite by itself folds a log of a thousand pages.
	expect(log().log).toBeGreaterThan(2_000);
});

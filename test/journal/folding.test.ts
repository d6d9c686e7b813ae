import { statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import type { Journal } from "../../src/journal/journal.ts";
import { readKey } from "../../src/journal/key-file.ts";
import { readJournal } from "../../src/journal/read-journal.ts";
import { verifyJournal } from "../../src/journal/verify.ts";
import { gauge, page, secondsByHand, turn } from "./fold-kit.ts";
import { intentOf, refused } from "./intents.ts";
import { opened, temporaryFolder } from "./kit.ts";

/** What `mostPages` of the log are, with the 24 bytes that SQLite puts before each. */
const limit = 8_192 * (page + 24);

function payments(journal: Journal) {
	let paid = 0;
	const at = (name: string, terminal: string) => {
		const intent = intentOf(name);
		journal.begin({ ...intent, operation: { ...intent.operation, terminal } });
	};
	return {
		at,
		/** A payment with a large event. */
		pay: (bytes = 10) => {
			paid += 1;
			at(`p${paid}`, "till-1");
			journal.finish(`operation p${paid}`, refused, { eventBody: { note: "x".repeat(bytes) } });
		},
	};
}

/** The journal of a shop in which one till is never done; its thread folds from now on. */
async function busyShop() {
	const folder = temporaryFolder();
	const { clock, second } = secondsByHand();
	const journal = opened(folder, clock);
	const { at, pay } = payments(journal);
	const log = gauge(folder);
	at("open", "till-2");
	pay(2_000_000);
	await turn();
	await second();
	// It has folded when the log has begun anew.
	while (log().log > 256) await turn();
	return { folder, journal, second, pay, at, log };
}

test("while tills are never all done the log keeps to its limit, however much is written", async () => {
	const { journal, pay, log } = await busyShop();
	let longest = 0;
	let begunAnew = 0;
	for (let count = 0; count < 120; count += 1) {
		pay(1_000_000);
		longest = Math.max(longest, log().bytes);
		await turn();
		if (log().bytes < limit || log().log < 8_192) continue;
		begunAnew += 1;
		while (log().log > 256) await turn();
	}
	// 120 MB have gone through it; what is more than the limit is the last payment.
	expect(begunAnew).toBeGreaterThanOrEqual(3);
	expect(longest).toBeGreaterThan(limit);
	expect(longest).toBeLessThan(limit + 2_000_000);
	expect(journal.inProgress("till-2")).toBe("operation open");
});

test("what is written while the thread folds is neither lost nor doubled", async () => {
	const { folder, journal, second, pay } = await busyShop();
	for (let count = 0; count < 400; count += 1) {
		pay(50_000);
		if (count % 20 === 0) await second();
		await turn();
	}
	const reader = readJournal(folder);
	const verdict = verifyJournal(reader, readKey(join(folder, "journal.key")));
	reader.close();
	expect(verdict.findings).toEqual([]);
	journal.close();
	const again = opened(folder);
	const events = again.events.since(0, 1_000);
	expect(events).toHaveLength(401);
	expect(new Set(events.map(({ seq }) => seq)).size).toBe(401);
	const file = new DatabaseSync(join(folder, "journal.db"), { readOnly: true });
	expect(file.prepare("PRAGMA integrity_check").all()).toEqual([{ integrity_check: "ok" }]);
	expect(file.prepare("SELECT count(*) AS all_, count(outcome) AS done FROM operations").get()).toEqual({
		all_: 402,
		done: 401,
	});
	file.close();
});

test("when all are done the log is emptied, after the thread has folded what was left", async () => {
	const { journal, pay, log, second } = await busyShop();
	for (let count = 0; count < 10; count += 1) {
		pay(1_000_000);
		await turn();
	}
	expect(log().bytes).toBeGreaterThan(10_000_000);
	journal.finish("operation open", refused, { eventBody: {} });
	while (log().bytes > 10 * page) await second();
	// And SQLite folds again by itself, should nobody else do so.
	for (let count = 0; count < 20; count += 1) journal.events.append("scan", { note: "x".repeat(1_000_000) });
	expect(log().bytes).toBeLessThan(1_300 * page);
});

test("two seconds after tills write little the log is emptied, though one is never done", async () => {
	const { pay, second, log } = await busyShop();
	pay(1_000_000);
	await turn();
	await second();
	expect(log().bytes).toBeGreaterThan(1_000_000);
	for (let seconds = 0; log().bytes > 20 * page; seconds += 1) {
		expect(seconds).toBeLessThan(10);
		await second();
		// The thread may be at work; then it takes a second more.
		while (log().checkpointed < log().log && log().log > 256) await turn();
	}
});

test("a journal closes without a log while the thread folds", async () => {
	const { folder, journal, pay } = await busyShop();
	const bytes = () => statSync(join(folder, "journal.db")).size;
	const before = bytes();
	for (let count = 0; count < 40; count += 1) pay(1_000_000);
	// The database grows in the midst of folding.
	while (bytes() === before) await turn();
	journal.close();
	expect(statSync(join(folder, "journal.db-wal"), { throwIfNoEntry: false })).toBeUndefined();
});

/** A report tool that sees a journal as it is now until it ends. */
function reportTool(folder: string) {
	const file = new DatabaseSync(join(folder, "journal.db"), { readOnly: true });
	onTestFinished(() => {
		if (file.isOpen) file.close();
	});
	file.exec("BEGIN");
	const count = file.prepare("SELECT count(*) AS operations FROM operations");
	return { seen: count.get(), sees: () => count.get(), end: () => file.close() };
}

// Each payment would wait 150 ms for the reader: all of them for longer than a test may take.
test("nobody waits for a report tool that reads on and on", async () => {
	const folder = temporaryFolder();
	const { pay } = payments(opened(folder, secondsByHand().clock));
	pay();
	const tool = reportTool(folder);
	for (let count = 0; count < 300; count += 1) {
		pay();
		await turn();
	}
	expect(tool.sees()).toEqual(tool.seen);
});

test("a log that a report tool keeps long is emptied when the tool has ended", async () => {
	const { folder, journal, pay, log, second } = await busyShop();
	const tool = reportTool(folder);
	pay(40_000_000);
	await turn();
	journal.finish("operation open", refused, { eventBody: {} });
	for (let turns = 0; turns < 300; turns += 1) {
		pay();
		await turn();
	}
	expect(log().log).toBeGreaterThan(8_192);
	expect(tool.sees()).toEqual(tool.seen);
	tool.end();
	pay();
	while (log().bytes > 10 * page) await second();
});

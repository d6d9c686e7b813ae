import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { type Journal, openJournal } from "../../src/journal/journal.ts";
import type { Clock } from "../../src/model/clock.ts";
import { verdictOf } from "./chain-kit.ts";
import { folderSettings, intentOf, refundOf, settled } from "./intents.ts";
import { contents, temporaryFolder } from "./kit.ts";

const dayMs = 86_400_000;
const start = Date.parse("2026-03-01T10:00:00Z");

/** A clock whose sleepers wake when a test says so. */
function sleepyClock() {
	const sleepers = new Set<{ readonly ms: number; wake(): void }>();
	const clock: Clock & { at: number } = {
		at: start,
		now: () => clock.at,
		sleep: (ms: number, signal?: AbortSignal) =>
			new Promise<void>((resolve, reject) => {
				// Tidying waits so long for a quiet moment, and does without it here.
				if (ms === 1_000) return;
				const sleeper = { ms, wake: resolve };
				sleepers.add(sleeper);
				signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
			}),
	};
	/** Wakes who sleeps until all that is old has been erased, and tells how often. */
	const round = async () => {
		let naps = 0;
		for (let ms = 0; ms < 1_000; naps += 1) {
			const [sleeper] = sleepers;
			if (sleeper === undefined) throw new RangeError("nobody sleeps");
			sleepers.delete(sleeper);
			sleeper.wake();
			await new Promise((resolve) => setImmediate(resolve));
			ms = [...sleepers][0]?.ms ?? 0;
		}
		return naps;
	};
	return { clock, round, sleeps: () => sleepers.size };
}

function keeping(folder: string, clock: Clock, eraseAfterDays: number | null = 365): Journal {
	const journal = openJournal({ ...folderSettings(folder), eraseAfterDays }, clock);
	onTestFinished(() => journal.close());
	return journal;
}

/** A paid and printed payment, at the time of the clock. */
function pay(journal: Journal, clock: Clock, name: string): void {
	const intent = intentOf(name);
	const { id } = intent.operation;
	const begun = journal.begin({ ...intent, operation: { ...intent.operation, startedAt: clock.now() } });
	if (begun.kind !== "begun") throw new TypeError(`${name} was begun before`);
	journal.diary(id).after(begun.operation.firstAttempt, { kind: "answered", summary: "accepted" });
	const outcome = {
		...settled,
		transactionId: `transaction ${name}`,
		slip: { ...settled.slip, id: `slip ${name}` },
	};
	const also = { eventBody: { operationId: id }, print: { printer: "front" } };
	const { printId = 0 } = journal.finish(id, outcome, also);
	journal.prints.begin(printId);
	journal.prints.finish(printId, { state: "printed", evidence: "process-id" }, { operationId: id });
}

/** Pays once on each of some days. */
function payDaily(journal: Journal, clock: Clock & { at: number }, name: string, days: number): void {
	for (let day = 0; day < days; day += 1) {
		pay(journal, clock, `${name} ${day}`);
		clock.at += dayMs;
	}
}

const count = (folder: string, table: string) => {
	const database = new DatabaseSync(join(folder, "journal.db"), { readOnly: true });
	try {
		return Number(database.prepare(`SELECT count(*) AS count FROM ${table}`).get()?.count);
	} finally {
		database.close();
	}
};

test("what is older than the days is gone from every file, and the journal is whole still", async () => {
	const folder = temporaryFolder();
	const { clock, round } = sleepyClock();
	const journal = keeping(folder, clock);
	payDaily(journal, clock, "old", 12);
	journal.prints.ask({
		...{ key: "of a report", bodyHash: "hash", printer: "front" },
		subject: { document: "self-test", language: "old words" } as never,
	});
	const asked = journal.prints.next("front");
	journal.prints.begin(asked?.id ?? 0);
	journal.prints.finish(asked?.id ?? 0, { state: "printed", evidence: "process-id" }, {});
	clock.at = start + 380 * dayMs;
	payDaily(journal, clock, "new", 8);

	expect(await round()).toBeGreaterThan(2);
	expect(journal.find({ orderId: "order new 0" })?.state).toBe("settled");
	for (const name of ["order old 0", "order old 11"]) expect(journal.find({ orderId: name })).toBeUndefined();
	expect(journal.events.since(0, 100).map(({ body }) => body)).not.toContainEqual({
		operationId: "operation old 0",
	});
	expect(["operations", "attempts", "slips", "prints"].map((table) => count(folder, table))).toEqual([
		8, 8, 8, 8,
	]);
	expect(verdictOf(folder)).toMatchObject({ whole: true, rows: 32, erased: 12 * 4 + 1 });
	for (const [name, bytes] of contents(folder)) {
		for (const word of ["order old", "slip old", "operation old", "old words"]) {
			expect([name, word, bytes.includes(word)]).toEqual([name, word, false]);
		}
	}
	journal.close();
	expect(keeping(folder, clock).chain.lastFits).toBe(true);
});

test("what is unfinished, younger or not printed yet stays, with all that belongs to it", async () => {
	const folder = temporaryFolder();
	const { clock, round } = sleepyClock();
	const journal = keeping(folder, clock);
	pay(journal, clock, "paid");
	const waiting = intentOf("waiting");
	journal.begin(waiting);
	journal.finish("operation waiting", settled, { eventBody: {}, print: { printer: "front" } });
	journal.begin(intentOf("unknown"));
	journal.tell("operation unknown", { kind: "unknown", fault: "server-silent" }, {});
	clock.at = start + 370 * dayMs;
	payDaily(journal, clock, "new", 9);
	await round();
	expect(journal.find({ id: "operation paid" })).toBeUndefined();
	expect(journal.find({ id: "operation waiting" })?.print?.state).toBe("queued");
	expect(journal.find({ id: "operation unknown" })?.state).toBe("unknown");
	expect(verdictOf(folder).whole).toBe(true);
});

test("a clock that is years ahead for a few days erases nothing", async () => {
	const folder = temporaryFolder();
	const { clock, round } = sleepyClock();
	const journal = keeping(folder, clock);
	payDaily(journal, clock, "right", 10);
	clock.at += 2_000 * dayMs;
	payDaily(journal, clock, "wrong", 6);
	expect(await round()).toBe(1);
	expect(count(folder, "operations")).toBe(16);
	clock.at = start + 10 * dayMs;
	payDaily(journal, clock, "right again", 3);
	expect(await round()).toBe(2);
	expect(count(folder, "operations")).toBe(19);
});

test("the number of an erased print is given to no other", async () => {
	const folder = temporaryFolder();
	const { clock, round } = sleepyClock();
	const journal = keeping(folder, clock);
	pay(journal, clock, "old");
	pay(journal, clock, "last printed");
	clock.at = start + 370 * dayMs;
	for (let day = 0; day < 9; day += 1) {
		const { operation, ...rest } = intentOf(`without paper ${day}`);
		journal.begin({ ...rest, operation: { ...operation, startedAt: clock.at } });
		journal.finish(operation.id, settled, { eventBody: {} });
		clock.at += dayMs;
	}
	await round();
	expect(journal.find({ id: "operation old" })).toBeUndefined();
	pay(journal, clock, "next");
	expect(journal.find({ id: "operation next" })?.print?.id).toBe(3);
	await round();
	expect(journal.find({ id: "operation last printed" })).toBeUndefined();
	expect(verdictOf(folder).whole).toBe(true);
});

test("a payment that is erased is given back as one of another till", async () => {
	const folder = temporaryFolder();
	const { clock, round } = sleepyClock();
	const journal = keeping(folder, clock);
	pay(journal, clock, "old");
	clock.at = start + 370 * dayMs;
	payDaily(journal, clock, "new", 9);
	await round();
	expect(journal.refundsOf("transaction old")).toEqual([]);
	expect(journal.begin(refundOf("transaction old", "back", 999_999)).kind).toBe("begun");
});

test("without the setting nothing is erased, and a closed journal erases nothing more", () => {
	const { clock, sleeps } = sleepyClock();
	const folder = temporaryFolder();
	keeping(folder, clock, null).close();
	expect(sleeps()).toBe(0);
	const journal = keeping(folder, clock);
	expect(sleeps()).toBe(1);
	journal.close();
});

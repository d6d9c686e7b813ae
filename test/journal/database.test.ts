import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { DatabaseSync } from "node:sqlite";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { openDatabase } from "../../src/journal/database.ts";
import type { Journal } from "../../src/journal/journal.ts";
import { opened, temporaryFolder } from "./kit.ts";

const program = fileURLToPath(new URL("till-in-a-loop.ts", import.meta.url));

type Said = {
	readonly begun?: string;
	readonly learned?: string;
	readonly finished?: string;
	readonly seq?: number;
	readonly fault?: string;
	readonly words?: string;
	readonly failed?: string;
};

/** Lets a till pay in a process of its own, kills it after some commits, and gives all that it said. */
async function runAndKill(folder: string, commits: number): Promise<Said[]> {
	const till = spawn(process.execPath, [program, folder], { stdio: ["ignore", "pipe", "inherit"] });
	return listen(till, (said) => said.length === commits && till.kill("SIGKILL"));
}

async function listen(till: ChildProcessByStdio<null, Readable, null>, heard: (said: Said[]) => void) {
	const said: Said[] = [];
	const closed = once(till, "close");
	for await (const line of createInterface(till.stdout)) {
		said.push(JSON.parse(line));
		heard(said);
	}
	await closed;
	return said;
}

/** Every refund is of one payment that is settled, gives back no more than that, and is not begun twice. */
function expectHonestRefunds(journal: Journal): void {
	const unfinished = journal.open().flatMap((one) => (one.kind === "refund" ? one.wish.transactionId : []));
	expect(unfinished).toEqual([...new Set(unfinished)]);
	for (const transactionId of unfinished) {
		expect(journal.refundsOf(transactionId)).toHaveLength(1);
		expect(journal.find({ transactionId })).toMatchObject({ state: "settled", amount: 85_900 });
	}
}

test("after kill -9 at any moment every commit that was told of is there, and no event number repeats", async () => {
	const folder = temporaryFolder();
	const said: Said[] = [];
	for (const commits of [2, 3, 5, 40, 101]) said.push(...(await runAndKill(folder, commits)));

	const journal = opened(folder);
	for (const { begun, learned, finished } of said) {
		if (begun) expect(journal.find({ id: begun })).toBeDefined();
		if (learned) {
			const { kind, transactionId, refTransactionId } = journal.find({ id: learned }) ?? {};
			expect(kind === "refund" ? refTransactionId : transactionId).toBeDefined();
		}
		if (finished) {
			const paid = journal.find({ id: finished });
			expect(paid).toMatchObject({ state: "settled", slip: { id: "slip 1" }, print: { state: "queued" } });
		}
	}
	expectHonestRefunds(journal);
	const numbers = said.flatMap(({ seq }) => seq ?? []);
	expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
	expect(journal.events.lastSeq()).toBeGreaterThanOrEqual(numbers.at(-1) ?? Number.NaN);
	expect(numbers.length).toBeGreaterThan(50);
});

test("when the disk takes no more, the payment fails before it counts and nothing written is lost", async () => {
	const folder = temporaryFolder();
	// The system refuses to let any file of this process grow beyond 512 blocks of 512 or 1024 bytes.
	const command = ["-c", 'ulimit -f 512; exec "$0" "$@"', process.execPath, program, folder];
	const said = await listen(spawn("sh", command, { stdio: ["ignore", "pipe", "inherit"] }), () => undefined);

	expect(said.flatMap(({ fault }) => fault ?? [])).toEqual(["journal-failed"]);
	const failures = said.flatMap(({ failed }) => failed ?? []);
	expect(failures).toEqual([
		expect.stringMatching(/could not .*: the disk reports a failure .*\. Check the disk/),
	]);
	const finished = said.flatMap((fact) => fact.finished ?? []);
	expect(finished.length).toBeGreaterThan(0);
	const journal = opened(folder);
	for (const id of finished) expect(journal.find({ id })).toMatchObject({ state: "settled" });
});

test("a full database refuses a transaction whole, says so, and takes a smaller one afterwards", () => {
	const database = openDatabase(join(temporaryFolder(), "journal.db"));
	database.exec("CREATE TABLE papers (text TEXT)");
	database.exec("PRAGMA max_page_count = 4");
	const insert = database.prepare("INSERT INTO papers VALUES (?)");
	const flood = () => {
		for (let n = 0; n < 100; n += 1) insert.run("x".repeat(1_000));
	};
	expect(() => database.transact("write down the flood", flood)).toThrow(
		/journal-failed: could not write down the flood: the disk is full .*Free some space/,
	);
	database.transact("write down a line", () => insert.run("short"));
	expect(database.prepare("SELECT text FROM papers").all()).toEqual([{ text: "short" }]);
	database.close();
});

test("after a commit that failed everything is refused, and the first failure is told once", async () => {
	const database = openDatabase(join(temporaryFolder(), "journal.db"));
	database.exec(
		"CREATE TABLE papers (text TEXT PRIMARY KEY, about TEXT REFERENCES papers DEFERRABLE INITIALLY DEFERRED)",
	);
	const insert = database.prepare("INSERT INTO papers VALUES (?, ?)");
	const write = (about: string | null) => () =>
		database.transact("write down a paper", () => insert.run("a", about));
	let told: unknown;
	database.failed.catch((error: unknown) => {
		told = error;
	});
	// Such a reference is looked at by COMMIT alone, so COMMIT is what fails here.
	expect(write("nothing")).toThrow(/journal-failed: could not write down a paper: .*FOREIGN KEY/);
	const refusal = "the journal has failed. kassad must be restarted.";
	expect(write(null)).toThrow(`journal-failed: could not write down a paper: ${refusal}`);
	expect(() => database.read("look", () => 1)).toThrow(`journal-failed: could not look: ${refusal}`);
	expect(database.fold).toThrow(refusal);
	await expect(database.failed).rejects.toThrow("FOREIGN KEY");
	expect(String(told)).toContain("FOREIGN KEY");
	database.close();
});

test("a transaction that could not begin leaves the database sound", () => {
	const path = join(temporaryFolder(), "journal.db");
	const database = openDatabase(path);
	database.exec("CREATE TABLE papers (text TEXT)");
	const insert = database.prepare("INSERT INTO papers VALUES ('a')");
	const write = () => database.transact("write down a paper", () => insert.run());
	const other = new DatabaseSync(path);
	other.exec("BEGIN IMMEDIATE");
	expect(write).toThrow(/another program holds the file/);
	other.close();
	expect(write().changes).toBe(1);
	database.close();
});

test("a deed that throws leaves nothing behind, and its own error comes out", () => {
	const database = openDatabase(join(temporaryFolder(), "journal.db"));
	database.exec("CREATE TABLE papers (text TEXT)");
	const insert = database.prepare("INSERT INTO papers VALUES (?)");
	const deed = () => {
		insert.run("half");
		throw new RangeError("on purpose");
	};
	expect(() => database.transact("do half a deed", deed)).toThrow(RangeError);
	expect(database.prepare("SELECT count(*) AS rows FROM papers").get()).toEqual({ rows: 0 });
	database.close();
});

test("SQLite syncs the log before it folds it, the rest is up to the database, and wiped bytes are overwritten", () => {
	const database = openDatabase(join(temporaryFolder(), "journal.db"));
	const value = (pragma: string) => Object.values(database.prepare(`PRAGMA ${pragma}`).get() ?? {})[0];
	expect(["journal_mode", "synchronous", "secure_delete", "foreign_keys"].map(value)).toEqual([
		"wal",
		1,
		1,
		1,
	]);
	database.close();
});

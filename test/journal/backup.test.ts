import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { backUpJournal } from "../../src/journal/backup.ts";
import { FaultError } from "../../src/model/fault.ts";
import { settled } from "./intents.ts";
import { begun, opened, temporaryFolder } from "./kit.ts";

/** A journal that is open for writing, with so many payments. */
function till(payments = 3) {
	const folder = temporaryFolder();
	const journal = opened(folder);
	const pay = (name: string) => {
		begun(journal, name);
		journal.finish(`operation ${name}`, settled, { eventBody: {}, print: { printer: "receipt" } });
	};
	for (let count = 1; count <= payments; count += 1) pay(`${count}`);
	return { folder, journal, pay, place: join(temporaryFolder(), "copy") };
}

const mode = (path: string) => statSync(path).mode & 0o777;

const refusal = async (deed: Promise<unknown>): Promise<FaultError> => {
	const error = await deed.catch((error: unknown) => error);
	if (error instanceof FaultError) return error;
	throw new TypeError(`expected a fault, got ${error}`);
};

test("beside a journal that is open for writing a copy is made, checked, and opens as the journal would", async () => {
	const { folder, place } = till();
	const done = await backUpJournal(folder, { folder: place, withKey: true });
	expect(done).toMatchObject({ database: join(place, "journal.db"), key: join(place, "journal.key") });
	expect(done.verdict).toMatchObject({ whole: true, findings: [] });
	expect(done.bytes).toBe(statSync(done.database).size);
	const copy = opened(place);
	for (const name of ["1", "2", "3"]) expect(copy.find({ id: `operation ${name}` })?.state).toBe("settled");
});

test("a copy is for its user alone, and nothing else is left behind", async () => {
	const { folder, place } = till();
	await backUpJournal(folder, { folder: place, withKey: true });
	expect(readdirSync(place).toSorted()).toEqual(["journal.db", "journal.key"]);
	expect([mode(place), mode(join(place, "journal.db")), mode(join(place, "journal.key"))]).toEqual([
		...[0o700, 0o600, 0o600],
	]);
	expect(existsSync(`${place}.new`)).toBe(false);
});

test("the key is copied only when it is wanted, and a file never has one", async () => {
	const { folder, place } = till();
	expect(await backUpJournal(folder, { folder: place, withKey: false })).not.toHaveProperty("key");
	expect(readdirSync(place)).toEqual(["journal.db"]);
	const file = `${place}.db`;
	expect(await backUpJournal(folder, { file })).toMatchObject({ database: file, verdict: { whole: true } });
	expect(mode(file)).toBe(0o600);
	expect(readdirSync(join(place, ".."))).toEqual(["copy", "copy.db"]);
});

test("what is written while it copies is not in the copy, and is not lost", async () => {
	const { folder, journal, pay, place } = till(60);
	const heard: string[] = [];
	const done = await backUpJournal(folder, { folder: place, withKey: true }, (step, share) => {
		if (heard.length === 0) pay("later");
		heard.push(`${step} ${share <= 1 && share >= 0}`);
	});
	expect(heard[0]).toBe("copying true");
	expect(heard.filter((line) => line.endsWith("false"))).toEqual([]);
	expect(done.verdict.whole).toBe(true);
	expect(journal.find({ id: "operation later" })?.state).toBe("settled");
	const copy = opened(place);
	expect(copy.find({ id: "operation 60" })?.state).toBe("settled");
	expect(copy.find({ id: "operation later" })).toBeUndefined();
});

test("nothing that is there is written over", async () => {
	const { folder, place } = till();
	writeFileSync(place, "mine");
	const error = await refusal(backUpJournal(folder, { folder: place, withKey: false }));
	expect([error.code, error.detail]).toEqual(["config-invalid", `${place} is there already: name another`]);
	expect(readFileSync(place, "utf8")).toBe("mine");
});

test("a journal without its key is not copied: nobody could put that back", async () => {
	const { folder, place, journal } = till();
	journal.close();
	rmSync(join(folder, "journal.key"));
	expect((await refusal(backUpJournal(folder, { folder: place, withKey: false }))).detail).toContain(
		"the key file is missing",
	);
	expect(existsSync(place)).toBe(false);
});

test("a folder without a journal, and a place that cannot be written, are told", async () => {
	const { folder, place } = till();
	const nowhere = await refusal(backUpJournal(temporaryFolder(), { folder: place, withKey: false }));
	expect(nowhere.detail).toContain("there is no such file");
	const unwritable = await refusal(backUpJournal(folder, { folder: "/proc/nowhere/copy", withKey: false }));
	expect(unwritable).toMatchObject({
		code: "journal-failed",
		detail: expect.stringContaining("no such place"),
	});
});

test("a damaged journal is not backed up as if it were whole", async () => {
	const { folder, place, journal } = till(60);
	journal.close();
	const path = join(folder, "journal.db");
	const bytes = readFileSync(path);
	bytes.fill(0x5a, bytes.length - 8_192);
	writeFileSync(path, bytes);
	const error = await refusal(backUpJournal(folder, { folder: place, withKey: false }));
	expect(error.code).toBe("journal-failed");
	expect(existsSync(place)).toBe(false);
});

test("a journal that somebody has changed is copied as it is, and the verdict says so", async () => {
	const { folder, place, journal } = till();
	journal.close();
	const file = new DatabaseSync(join(folder, "journal.db"));
	const triggers = file.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").all();
	for (const { name } of triggers) file.exec(`DROP TRIGGER "${name}"`);
	file.exec("UPDATE operations SET amount = amount + 1 WHERE number = 2");
	file.close();
	const { verdict } = await backUpJournal(folder, { folder: place, withKey: true });
	expect(verdict.whole).toBe(false);
	expect(verdict.findings).toContainEqual(
		expect.objectContaining({ kind: "changed", table: "operations", row: "2" }),
	);
	expect(existsSync(join(place, "journal.db"))).toBe(true);
});

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { lockJournal } from "../../src/journal/lock.ts";
import { temporaryFolder } from "./kit.ts";

/** A process that opens the folder's journal and says so. */
async function otherTill(folder: string): Promise<ChildProcess> {
	const program = fileURLToPath(new URL("till-in-a-loop.ts", import.meta.url));
	const till = spawn(process.execPath, [program, folder], { stdio: ["ignore", "pipe", "inherit"] });
	onTestFinished(() => void till.kill("SIGKILL"));
	const [words] = await once(till.stdout, "data");
	expect(String(words)).toContain("opened");
	till.stdout.resume();
	return till;
}

test("while another process has the journal it is locked, and free as soon as that one is killed", async () => {
	const folder = temporaryFolder();
	const till = await otherTill(folder);
	expect(() => lockJournal(folder)).toThrow(
		/journal-failed: could not lock .*lock\.db: another kassad .*Stop/,
	);
	const gone = once(till, "exit");
	till.kill("SIGKILL");
	await gone;
	lockJournal(folder).release();
});

test("a refused attempt does not loosen the lock", () => {
	const folder = temporaryFolder();
	const lock = lockJournal(folder);
	expect(() => lockJournal(folder)).toThrow("journal-failed");
	expect(() => lockJournal(folder)).toThrow("journal-failed");
	lock.release();
	lockJournal(folder).release();
});

test("a lock file with foreign bytes is named, with what to do", () => {
	const folder = temporaryFolder();
	writeFileSync(join(folder, "lock.db"), "not a lock ".repeat(100));
	expect(() => lockJournal(folder)).toThrow(/foreign bytes\. Delete it/);
});

test("the lock leaves no other file behind", () => {
	const folder = temporaryFolder();
	const lock = lockJournal(folder);
	expect(existsSync(join(folder, "lock.db-journal"))).toBe(false);
	lock.release();
});

import { readdirSync, readlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { logDisk } from "../../src/journal/log-disk.ts";
import { temporaryFolder } from "./kit.ts";

/** How often this process holds a file open. */
const holding = (path: string) =>
	readdirSync("/proc/self/fd").filter((number) => {
		try {
			return readlinkSync(`/proc/self/fd/${number}`) === path;
		} catch {
			// The one that lists the folder is gone by now.
			return false;
		}
	}).length;

function written(): string {
	const path = join(temporaryFolder(), "journal.db-wal");
	writeFileSync(path, "frames");
	return path;
}

test("the file is opened when it is first synced, once, and let go at the close", async () => {
	const path = written();
	const disk = logDisk(path);
	expect(holding(path)).toBe(0);
	disk.now();
	await disk.soon();
	expect(holding(path)).toBe(1);
	disk.close();
	await new Promise((resolve) => setImmediate(resolve));
	expect(holding(path)).toBe(0);
});

test("a close during a sync lets the sync end first", async () => {
	const path = written();
	const disk = logDisk(path);
	const sync = disk.soon();
	disk.close();
	expect(holding(path)).toBe(1);
	await sync;
	await new Promise((resolve) => setImmediate(resolve));
	expect(holding(path)).toBe(0);
});

test("a sync that the system refuses fails, now and later", async () => {
	// A terminal, a pipe and the like have no data to sync (fdatasync(2), EINVAL).
	const disk = logDisk("/dev/null");
	expect(disk.now).toThrow("EINVAL: invalid argument, fdatasync");
	await expect(disk.soon()).rejects.toThrow("fdatasync");
	disk.close();
});

test("a log that cannot be opened is a sync that fails, and no throw out of the blue", async () => {
	const disk = logDisk(join(temporaryFolder(), "journal.db-wal"));
	const sync = disk.soon();
	await expect(sync).rejects.toMatchObject({ code: "ENOENT", syscall: "open" });
	disk.close();
});

import { spawnSync } from "node:child_process";
import { chmodSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ensurePrivateFile, sizeOf, writeWhole } from "../../src/journal/files.ts";
import { contents, temporaryFolder } from "./kit.ts";

test("a private file is made empty, and one that is there keeps its bytes and loses its other readers", () => {
	const path = join(temporaryFolder(), "file");
	ensurePrivateFile(path);
	expect(sizeOf(path)).toBe(0);
	writeFileSync(path, "bytes");
	chmodSync(path, 0o644);
	ensurePrivateFile(path);
	expect(readFileSync(path, "utf8")).toBe("bytes");
	expect(statSync(path).mode & 0o777).toBe(0o600);
});

test("a file written whole has its bytes, its permissions, and nothing unfinished beside it", () => {
	const folder = temporaryFolder();
	writeFileSync(join(folder, "key.new"), "left by a start that was cut short, and longer than the new bytes");
	writeWhole(join(folder, "key"), Buffer.from("bytes"));
	expect(contents(folder)).toEqual(new Map([["key", Buffer.from("bytes")]]));
	expect(statSync(join(folder, "key")).mode & 0o777).toBe(0o600);
});

test("a folder that may not be written to is told of, with what to do", () => {
	const folder = temporaryFolder();
	chmodSync(folder, 0o555);
	const journal = JSON.stringify(join(import.meta.dirname, "../../src/journal/journal.ts"));
	// Permissions do not bind root, so the process gives up that right before it opens the journal.
	const program = `
		const { openJournal } = await import(${journal});
		if (process.getuid() === 0) process.setuid(65534);
		openJournal({ folder: process.argv[1], keepDays: 30, eraseAfterDays: null, mostRecentEvents: 4 }, { now: Date.now });`;
	const { stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", program, folder], {
		encoding: "utf8",
	});
	expect(stderr).toMatch(
		/journal-failed: could not open .*lock\.db for writing: .*Run this as the user that runs kassad/,
	);
	expect(contents(folder).size).toBe(0);
});

import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeReport } from "../../src/cli/report-out.ts";
import { temporaryFolder } from "../journal/kit.ts";

/** Of a program that was killed: nothing listens any more. Not a device, which a fault would take from the system. */
function leaveSocket(path: string): void {
	const listen = "require('net').createServer().listen(process.argv[1], () => process.kill(process.pid, 9))";
	spawnSync(process.execPath, ["-e", listen, path]);
	expect(statSync(path).isSocket()).toBe(true);
}

test("a file is written whole, and an earlier report of its format is replaced", () => {
	const path = join(temporaryFolder(), "day.csv");
	writeReport(path, "mark;first, and longer", "mark");
	writeReport(path, "mark;second", "mark");
	expect(readFileSync(path, "utf8")).toBe("mark;second");
	expect(readdirSync(join(path, ".."))).toEqual(["day.csv"]);
});

test("an empty file has nothing to lose, and a link leads to its file", () => {
	const folder = temporaryFolder();
	const [file, link] = [join(folder, "day.csv"), join(folder, "link.csv")];
	writeFileSync(file, "");
	symlinkSync(file, link);
	writeReport(link, "mark;1", "mark");
	expect(readFileSync(file, "utf8")).toBe("mark;1");
});

test.each([
	[
		"another kind of file",
		(path: string) => writeFileSync(path, "SQLite format 3"),
		"no report of this format",
	],
	["a shorter file", (path: string) => writeFileSync(path, "ma"), "no report of this format"],
	["a folder", (path: string) => mkdirSync(path), "it is not a file"],
	["what is no file, such as a socket", leaveSocket, "it is not a file"],
])("%s is not overwritten", (_, make, why) => {
	const folder = temporaryFolder();
	const path = join(folder, "journal.db");
	make(path);
	expect(() => writeReport(path, "mark;1", "mark")).toThrow(why);
	expect(readdirSync(folder)).toEqual(["journal.db"]);
});

test("a folder that is not there is told with the system's words", () => {
	const path = join(temporaryFolder(), "none", "day.csv");
	expect(() => writeReport(path, "mark", "mark")).toThrow(`cannot write ${path}: no such file or directory`);
});

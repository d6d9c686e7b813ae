import { spawn } from "node:child_process";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { exportedTables } from "../../src/journal/export.ts";
import { temporaryFolder } from "../journal/kit.ts";
import { shipped } from "../settings-file.ts";
import { days, storyTill } from "./story-kit.ts";

const root = join(import.meta.dirname, "../..");

/** The real program, beside this process that holds the journal open; without the till's secrets. */
async function kassad(folder: string, ...args: string[]) {
	const config = join(temporaryFolder(), "kassad.yaml");
	const settings = parse(readFileSync(shipped, "utf8"));
	writeFileSync(config, stringify({ ...settings, journal: { ...settings.journal, folder } }));
	const child = spawn(process.execPath, ["src/cli.ts", "journal", ...args, "--config", config], {
		cwd: root,
		env: { PATH: process.env.PATH ?? "", TZ: "Europe/Moscow" },
	});
	const status = new Promise((resolve) => child.once("close", resolve));
	const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
	return { status: await status, stdout, stderr };
}

const linesOf = (file: string): Record<string, unknown>[] =>
	readFileSync(file, "utf8")
		.trimEnd()
		.split("\n")
		.map((line) => JSON.parse(line));

test("beside an open journal all of it is in a file for its user alone, between a first and a last line", async () => {
	const till = storyTill();
	days.settled(till);
	const out = join(temporaryFolder(), "journal.jsonl");
	const { status, stdout, stderr } = await kassad(till.folder, "export", "--out", out);
	expect([status, stdout]).toEqual([0, ""]);
	expect(stderr).toMatch(
		/^Written: .*: 1 operations, \d+ attempts, 1 slips, 1 prints, 0 shifts, \d+ chain, \d+ events\.\n/,
	);
	const lines = linesOf(out);
	expect(lines[0]).toMatchObject({ table: "export", format: 1, storeId: expect.any(String) });
	const { rows, chain } = lines.at(-1) as { rows: Record<string, number>; chain: string };
	expect(stderr).toContain(`chain had come to ${chain}\n`);
	for (const [table, count] of Object.entries(rows)) {
		expect(lines.filter((line) => line.table === table)).toHaveLength(count);
	}
	expect(statSync(out).mode & 0o777).toBe(0o600);
	expect(readdirSync(join(out, ".."))).toEqual(["journal.jsonl"]);
});

test("a day is exported as it is where the till stands, and an empty one has no rows", async () => {
	const till = storyTill();
	days.settled(till);
	const out = (name: string) => join(till.folder, name);
	const on = (day: string) => kassad(till.folder, "export", "--from", day, "--to", day, "--out", out(day));
	expect(await on("2026-03-01")).toMatchObject({ status: 0 });
	expect(await on("2026-03-02")).toMatchObject({ status: 0 });
	expect(linesOf(out("2026-03-01"))[0]).toMatchObject({
		...{ from: "2026-02-28T21:00:00.000Z", to: "2026-03-01T21:00:00.000Z" },
	});
	expect(linesOf(out("2026-03-01"))).toContainEqual(expect.objectContaining({ id: "operation 123" }));
	expect(linesOf(out("2026-03-02"))).toHaveLength(2);
});

test("nothing is written over, and what is wrong is said", async () => {
	const till = storyTill();
	const out = join(till.folder, "mine");
	writeFileSync(out, "mine");
	const there = await kassad(till.folder, "export", "--out", out);
	expect([there.status, there.stderr]).toEqual([
		2,
		`cannot write ${out}: it is there already; name another\n`,
	]);
	expect(readFileSync(out, "utf8")).toBe("mine");
	const nowhere = await kassad(till.folder, "export", "--out", "/proc/nowhere/x");
	expect([nowhere.status, nowhere.stderr]).toEqual([
		2,
		"cannot write /proc/nowhere/x: no such file or directory\n",
	]);
	const none = await kassad(temporaryFolder(), "export", "--out", join(till.folder, "new"));
	expect([none.status, none.stderr]).toEqual([1, expect.stringContaining("there is no such file")]);
	const backwards = ["--from", "2026-03-02", "--to", "2026-03-01"];
	expect((await kassad(till.folder, "export", ...backwards, "--out", `${out}2`)).status).toBe(2);
	expect(readdirSync(till.folder).filter((name) => name.includes("new"))).toEqual([]);
});

test("README has every table and field of an export", () => {
	const readme = readFileSync(join(root, "README.md"), "utf8");
	for (const [table, { fields }] of Object.entries(exportedTables)) {
		const names = Object.keys(fields).map((field) => `\`${field}\``);
		expect(readme).toContain(`| \`${table}\` | ${names.join(", ")} |\n`);
	}
});

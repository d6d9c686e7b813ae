import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { harm, workedFolder } from "../journal/chain-kit.ts";
import { begun, opened, temporaryFolder } from "../journal/kit.ts";
import { shipped } from "../settings-file.ts";

const root = join(import.meta.dirname, "../..");

/** Runs `kassad journal verify` for a journal's folder. */
async function verify(folder: string, ...args: string[]) {
	const config = join(temporaryFolder(), "kassad.yaml");
	const settings = parse(readFileSync(shipped, "utf8"));
	writeFileSync(config, stringify({ ...settings, journal: { ...settings.journal, folder } }));
	const child = spawn(process.execPath, ["src/cli.ts", "journal", "verify", ...args, "--config", config], {
		cwd: root,
		env: { PATH: process.env.PATH ?? "", TZ: "Europe/Moscow" },
		stdio: ["ignore", "pipe", "pipe"],
	});
	const [out, error, [code]] = await Promise.all([
		text(child.stdout),
		text(child.stderr),
		once(child, "close"),
	]);
	return { out, error, code };
}

test("a journal is proven while its daemon works, and the head that is told proves it again", async () => {
	const folder = workedFolder();
	const journal = opened(folder);
	const first = await verify(folder);
	expect(first).toMatchObject({ code: 0, error: "" });
	const { number, link } = journal.chain.head();
	expect(first.out).toBe(`The journal in ${folder} is whole.
21 rows are as kassad wrote them, by a chain of 31 entries; none is missing, and
none was put in.
Whether the newest entries were cut off, only a head that you kept can tell
(--head).
Head of the journal: ${number}:${link}. Keep it: kassad journal verify --head
${number}:${link} proves later that nothing before it was touched.
`);
	journal.tell("operation open", { kind: "unknown", fault: "server-silent" }, {});
	begun(journal, "next");
	const again = await verify(folder, "--head", `${number}:${link.toUpperCase()}`);
	expect(again).toMatchObject({ code: 0, error: "" });
	expect(again.out).toContain(`What was there at ${number}:${link} is there still: nothing was cut off.`);
	journal.prints.begin(2);
});

test("what was done to a journal is told row by row, with exit code 1", async () => {
	const folder = workedFolder();
	for (const sql of [
		"UPDATE operations SET amount = 1, order_id = 'order' || char(27) || '[2J' WHERE number = 2",
		"DELETE FROM attempts WHERE number = 1",
		"UPDATE chain SET at = at + 1 WHERE number = 5",
		"UPDATE slips SET operation = 'operation c' WHERE operation = 'operation a'",
	]) {
		harm(folder, sql);
	}
	const { code, out, error } = await verify(folder, "--head", "99:0123456789abcdef");
	expect([code, error]).toEqual([1, ""]);
	const [head, ...found] = out.replace(/\n {6}/g, " ").split("\n  ");
	expect(head?.trim().replace(/\n/g, " ")).toBe(
		`ATTENTION: the journal in ${folder} is not as kassad wrote it. 5 findings:`,
	);
	expect(found.map((line) => line.split("\n")[0])).toEqual([
		"entry 5 of the chain, first about operations 1 (payment, order order a, operation operation a): changed, or not written by kassad.",
		"the end of the chain: cut off. It ends with entry 31, and entry 99 was there.",
		"operations 2 (payment, order order [2J, operation operation b): changed. It is not what kassad wrote on 2026-03-01 13:00:02 (entry 11).",
		"attempts 1: missing, although kassad wrote it on 2026-03-01 13:00:01 (entry 4).",
		"slips 3 (order order c, operation operation c): moved. It is what kassad wrote as slips 1 (entry 6).",
	]);
	expect(out).toContain("Keep a copy of the whole folder as it is now");
});

test("a program gets all of it as JSON, times as ISO 8601", async () => {
	const folder = workedFolder();
	const whole = await verify(folder, "--json");
	expect(JSON.parse(whole.out)).toEqual({
		...{ whole: true, head: expect.stringMatching(/^31:[0-9a-f]{16}$/), entries: 31, rows: 21, erased: 0 },
		...{ findings: [], untold: 0 },
	});
	harm(folder, "UPDATE prints SET printer = 'other' WHERE id = 2");
	const { code, out } = await verify("none", "--folder", folder, "--json");
	expect(code).toBe(1);
	expect(JSON.parse(out).findings).toEqual([
		{
			...{ kind: "changed", table: "prints", row: "2", about: "payment" },
			...{ operationId: "operation b", orderId: "order b" },
			...{ entry: expect.any(String), writtenAt: expect.stringMatching(/^2026-03-01T10:00:0\d\.000Z$/) },
		},
	]);
});

test("without the journal, its key, or the right to read them, it is said what to do", async () => {
	const folder = workedFolder();
	expect(await verify("/nowhere at all")).toMatchObject({
		code: 1,
		error: expect.stringContaining("there is no such file. Check the setting journal.folder"),
	});
	writeFileSync(join(folder, "journal.key"), Buffer.alloc(32, 7));
	expect((await verify(folder)).error).toContain("sealed with another key");
	rmSync(join(folder, "journal.key"));
	expect(await verify(folder)).toMatchObject({
		code: 1,
		error: expect.stringMatching(/the key file is missing. Put back the journal.key/),
	});
	expect(await verify(folder, "--head", "12")).toMatchObject({
		code: 2,
		error: expect.stringContaining("Expected the number of an entry, a colon and 16 hexadecimal digits"),
	});
});

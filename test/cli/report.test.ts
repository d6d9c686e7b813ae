import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { buffer, text } from "node:stream/consumers";
import { spawn as spawnPty } from "@lydell/node-pty";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { readCsv } from "../../src/stores/csv.ts";
import { shipped } from "../settings-file.ts";
import { salesOf } from "./report-kit.ts";
import { sheetsOf } from "./workbook.ts";

const root = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "kassad-report-"));
const [config, count, day] = [join(folder, "kassad.yaml"), 30, "2026-11-28"];
const from = new Date(2026, 10, 28, 18).getTime();
const sales = salesOf(count, from, from + 1_000);

let till: ChildProcess;
beforeAll(async () => {
	const settings = parse(readFileSync(shipped, "utf8"));
	// What a report has no use for may be wrong.
	Object.assign(settings, {
		printers: "none",
		journal: { folder: "journal", keepDays: 30, eraseAfterDays: null },
	});
	writeFileSync(config, stringify(settings));
	const script = join(import.meta.dirname, "report-till.ts");
	till = spawn(process.execPath, [script, join(folder, "journal"), `${count}`, `${from}`], {
		stdio: ["pipe", "pipe", "inherit"],
	});
	await once(till.stdout as NodeJS.ReadableStream, "data");
	// Nobody who reports has the key of the cards.
	rmSync(join(folder, "journal", "journal.key"));
});
afterAll(async () => {
	till.stdin?.end();
	await once(till, "close");
	rmSync(folder, { recursive: true });
});

const { PATH = "", TZ } = process.env;
const env = { PATH, ...(TZ !== undefined && { TZ }) };

/** The real program, without a secret and without a terminal. */
function report(...args: string[]) {
	return reportIn({}, ...args);
}

async function reportIn(variables: Record<string, string>, ...args: string[]) {
	const child = spawn(process.execPath, ["src/cli.ts", "report", "--config", config, ...args], {
		cwd: root,
		env: { ...env, ...variables },
	});
	child.stdin.end();
	const status = once(child, "close").then(([code]) => code);
	const [bytes, stderr] = await Promise.all([buffer(child.stdout), text(child.stderr)]);
	return { status: await status, bytes, stdout: bytes.toString("utf8"), stderr };
}

const settled = sales.filter((sale) => sale.end === "settled");
const ids = "orderId paymentTransactionId refundTransactionId requestId paymentType qrcId kzo".split(" ");

describe("while a till holds the journal open", () => {
	test("JSON has every operation of the day, in kopecks and with the offset, and the totals", async () => {
		const { status, stdout, stderr } = await report("--day", day, "--format", "json");
		expect([status, stderr]).toEqual([0, ""]);
		const { rows, totals, from: begin } = JSON.parse(stdout);
		expect(begin).toMatch(/^2026-11-28T00:00:00\.000[+-]\d\d:\d\d$/);
		expect(rows.map((row: { amount: number }) => row.amount)).toEqual(sales.map(({ amount }) => amount));
		const sum = totals.reduce((all: number, total: { sum: number }) => all + total.sum, 0);
		expect(sum).toBe(settled.reduce((all, { amount }) => all + amount, 0));
	});

	test("CSV is read back whole, Cyrillic too, and the totals are told beside it", async () => {
		const { status, stdout, stderr } = await report("--day", day, "--format", "csv");
		expect([status, stdout[0]]).toEqual([0, "\uFEFF"]);
		const records = readCsv(stdout.slice(1), ";");
		if (!Array.isArray(records)) throw new TypeError(records.text);
		const [head = [], ...rows] = records.map(({ cells }) => cells);
		expect(head).toEqual(expect.arrayContaining(ids));
		expect(rows).toHaveLength(count);
		expect(rows.map((cells) => cells[head.indexOf("requestId")])).toEqual(
			sales.map((_, index) => `request Заказ №${index}`),
		);
		expect(stderr).toMatch(/^kassad report: 28\.11\.2026 00:00:00 to 29\.11\.2026 00:00:00,/);
	});

	test("XLSX is written to a file, with a number for each amount, and written again over itself", async () => {
		const out = join(folder, "day.xlsx");
		for (const _ of [1, 2]) {
			const { status, stdout, stderr } = await report("--day", day, "--out", out);
			expect([status, stdout]).toEqual([0, ""]);
			expect(stderr).toContain(`Written: ${out}\n`);
		}
		const operations = sheetsOf(readFileSync(out)).get("operations");
		const amounts = sales.map((_, index) => operations?.get(`D${index + 2}`));
		expect(amounts).toEqual(sales.map(({ amount }) => ({ number: amount / 100, format: "#,##0.00" })));
		expect(operations?.get("I2")).toBe("request Заказ №0");
	});

	test("the table has all columns of the checklist where nobody's terminal is too narrow for it", async () => {
		const { status, stdout } = await report("--day", day);
		expect(status).toBe(0);
		for (const id of ids) expect(stdout).toContain(` ${id} `);
		expect(stdout.match(/ Заказ №\d+ /g)).not.toBeNull();
	});

	test("only one till, and only a part of the day", async () => {
		const one = await report("--day", day, "--terminal", "till-2", "--format", "json");
		const { rows } = JSON.parse(one.stdout);
		expect(rows.length).toBeGreaterThan(0);
		const own = settled.filter(({ type, terminalId }) => type !== undefined && terminalId === "till-2");
		expect(rows).toHaveLength(own.length);
		const none = await report("--from", `${day}T19:00`, "--to", day, "--format", "json");
		expect(JSON.parse(none.stdout).rows).toEqual([]);
	});

	test("a shift by its number, or as the last one of its till, has what was begun in it there", async () => {
		const { status, stdout } = await report("--shift", "1", "--format", "json");
		const { rows, shift, head } = JSON.parse(stdout);
		const own = settled.filter(({ type, terminalId }) => type !== undefined && terminalId === "till-2");
		expect([status, rows.length]).toEqual([0, own.length]);
		expect(shift).toMatchObject({ number: 1, terminal: "till-2" });
		expect(rows.every((row: { shift: number }) => row.shift === 1)).toBe(true);
		expect(head).toMatch(/^\d+:[0-9a-f]{16}$/);
		const table = await report("--shift", "last", "--terminal", "till-2");
		expect(table.stdout).toContain(
			", terminal till-2\nShift 1: opened 28.11.2026 17:59:59, closed 28.11.2026 18:00:01.\n",
		);
		expect(table.stdout).toContain(`Head of the journal: ${head}. Keep it, and `);
	});

	test("a shift that is not there is told", async () => {
		const { status, stderr } = await report("--shift", "current", "--terminal", "till-2");
		expect([status, stderr]).toEqual([1, "kassad: shift-not-found: no current shift of till till-2\n"]);
	});

	test("today has nothing, since it was sold on another day", async () => {
		const { status, stdout } = await report("--store", "another");
		expect(status).toBe(0);
		expect(stdout).toMatch(/\nNo money moved\.\nHead of the journal: /);
	});
});

test("times are those of the till's own clock, wherever it stands", async () => {
	const period = ["--from", new Date(from).toISOString(), "--to", new Date(from + 1_000).toISOString()];
	const out = join(folder, "kolkata.xlsx");
	const kolkata = { TZ: "Asia/Kolkata" };
	await reportIn(kolkata, ...period, "--out", out);
	const sold = sales[0]?.at ?? 0;
	const ahead = 5.5 * 3_600_000;
	expect(sheetsOf(readFileSync(out)).get("operations")?.get("A2")).toMatchObject({
		// Days from Excel's beginning to that of Unix.
		number: expect.closeTo((sold + ahead) / 86_400_000 + 25_569, 7),
	});
	const { stdout } = await reportIn(kolkata, ...period, "--format", "json");
	const [{ time }] = JSON.parse(stdout).rows;
	expect([time.slice(-6), Date.parse(time)]).toEqual(["+05:30", sold]);
});

test("a disk that is full under the standard output is told", async () => {
	const full = openSync("/dev/full", "w");
	const child = spawn(process.execPath, ["src/cli.ts", "report", "--config", config], {
		...{ cwd: root, env },
		stdio: ["ignore", full, "pipe"],
	});
	closeSync(full);
	const [stderr, [status]] = await Promise.all([text(child.stderr as Readable), once(child, "close")]);
	expect([status, stderr]).toEqual([2, "cannot write the standard output: no space left on device\n"]);
});

test("a workbook is nothing for a terminal, and a table fits it", async () => {
	const screen = (args: string[]) => {
		const whole = ["src/cli.ts", "report", "--config", config, "--day", day, ...args];
		const terminal = spawnPty(process.execPath, whole, { cwd: root, env, cols: 110 });
		let shown = "";
		terminal.onData((data) => {
			shown += data;
		});
		return new Promise<[number, string]>((done) =>
			terminal.onExit(({ exitCode }) => done([exitCode, shown])),
		);
	};
	const [status, words] = await screen(["--format", "xlsx"]);
	expect([status, words]).toEqual([2, expect.stringContaining("give --out FILE")]);
	const [ok, table] = await screen([]);
	expect([ok, table]).toEqual([0, expect.stringContaining("│ orderId")]);
	expect(table).toContain("The ids do not fit here");
});

test.each([
	["a day that is none", ["--day", "2026-02-30"], "Expected a day"],
	["a day beside a beginning", ["--day", day, "--from", day], "cannot be used with"],
	["an end before the beginning", ["--from", "2026-11-29", "--to", "2026-11-27"], "after its beginning"],
	["a format that is none", ["--format", "pdf"], "Allowed choices"],
	["a shift that is none", ["--shift", "0"], "Expected the number of a shift, current or last."],
	["a shift beside a day", ["--shift", "1", "--day", day], "cannot be used with"],
])("%s is wrong usage", async (_, args, words) => {
	const { status, stdout, stderr } = await report(...args);
	expect([status, stdout]).toEqual([2, ""]);
	expect(stderr).toContain(words);
});

test("what is not a report is not overwritten", async () => {
	const { status, stderr } = await report("--day", day, "--out", config);
	expect(status).toBe(2);
	expect(stderr).toBe(
		`cannot write ${config}: it is there already and no report of this format; move it away, or name another file\n`,
	);
	expect(parse(readFileSync(config, "utf8"))).toHaveProperty("journal");
});

test("a journal that is broken, or not there, is told with what to do", async () => {
	const broken = join(folder, "broken.yaml");
	const settings = parse(readFileSync(config, "utf8"));
	writeFileSync(
		broken,
		stringify({ ...settings, journal: { folder: "none", keepDays: 30, eraseAfterDays: null } }),
	);
	const none = await report("--config", broken);
	expect([none.status, none.stdout]).toEqual([1, ""]);
	expect(none.stderr).toMatch(
		/^kassad: journal-failed: could not read .*none\/journal\.db: there is no such file\. /,
	);
	writeFileSync(
		broken,
		stringify({ ...settings, journal: { folder: ".", keepDays: 30, eraseAfterDays: null } }),
	);
	writeFileSync(join(folder, "journal.db"), Buffer.alloc(8_192, 0xa5));
	const damaged = await report("--config", broken);
	expect([damaged.status, damaged.stdout]).toEqual([1, ""]);
	expect(damaged.stderr).toMatch(
		/^kassad: journal-failed: could not read .*: the file is damaged .*Keep a copy/,
	);
});

test("the page of the command fits 80 columns", async () => {
	const { status, stdout } = await report("--help");
	expect(status).toBe(0);
	expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
});

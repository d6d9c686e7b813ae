import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const recordings = join(root, "hardware-mocks/recordings");
const program = join(root, "src/cli.ts");
const folder = mkdtempSync(join(tmpdir(), "kassad-replay-"));

function replay(...args: string[]) {
	return spawnSync(process.execPath, [program, "replay", ...args], {
		cwd: root,
		encoding: "utf8",
		timeout: 100_000,
	});
}

test("what came out is drawn with its time, kind and bytes, and a card's secrets are hidden", () => {
	const { status, stdout } = replay(join(recordings, "honeywell-hid-pos.jsonl"), "--speed", "100");
	expect(status).toBe(0);
	const [title, ...table] = stdout.trimEnd().split("\n");
	expect(title).toMatch(/^A Honeywell in HID POS mode.* \(honeywell-hid-pos\)$/);
	expect(table.at(-1)).toBe("All as the recording says.");
	expect(new Set(table.slice(0, -1).map((line) => line.length)).size).toBe(1);
	expect(stdout).toMatch(/│ 0\.004 +│ qr +│ 62 +│ 68 74 74 70 73 /);
	expect(stdout).toMatch(/│ 1\.500 +│ code128 +│ 24 +│ card of example: 00\*{7}0017 +│/);
	expect(stdout).toMatch(/37 37 30 30 (\*\* ){7}30 30 31 37 \*\*/);
	expect(stdout).not.toMatch(/45 4d 4f 30/);
}, 120_000);

test("without settings no card is known, and all is drawn", () => {
	const { status, stdout, stderr } = replay(
		join(recordings, "serial-generic.jsonl"),
		"--config",
		"none.yaml",
		"--speed",
		"100",
	);
	expect(status).toBe(0);
	expect(stderr).toContain("No card is known: cannot read none.yaml");
	expect(stdout).toContain("45 4d 4f 30");
}, 120_000);

test("a recording that does not give what it says is told read by read, and the exit code is 1", () => {
	const text = readFileSync(join(recordings, "serial-generic.jsonl"), "utf8");
	const file = join(folder, "wrong.jsonl");
	writeFileSync(file, text.replace('"symbology":"ean13"', '"symbology":"ean8"'));
	const { status, stdout } = replay(file, "--speed", "100");
	expect(status).toBe(1);
	expect(stdout).toContain("read 1: expected ean8 34303036333831333333393331, got ean13 34303036");
}, 120_000);

test("a bad recording, or one of an unknown family, is refused with the line and exit code 2", () => {
	const file = join(folder, "bad.jsonl");
	writeFileSync(file, "{}\n");
	expect(replay(file)).toMatchObject({
		status: 2,
		stderr: expect.stringContaining("bad.jsonl, line 1: kassadRecording"),
	});
	const text = readFileSync(join(recordings, "serial-generic.jsonl"), "utf8");
	writeFileSync(file, text.replace('"driver":"serial-generic"', '"driver":"abacus"'));
	expect(replay(file)).toMatchObject({
		status: 2,
		stderr: expect.stringContaining("there is no driver abacus"),
	});
}, 120_000);

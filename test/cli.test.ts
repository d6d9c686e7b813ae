import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";

const root = join(import.meta.dirname, "..");
const secrets = {
	KASSAD_PAY_PASSWORD: "swordfish",
	KASSAD_BRAND_KEY: "00112233445566778899aabbccddeeff",
};

/** The real program, as a technician starts it in the checkout. */
function kassad(args: readonly string[], env: Record<string, string> = secrets): SpawnSyncReturns<string> {
	return spawnSync(process.execPath, ["src/cli.ts", ...args], {
		cwd: root,
		env: { PATH: process.env.PATH, ...env },
		encoding: "utf8",
		timeout: 20_000,
	});
}

function configWith(change: (settings: ReturnType<typeof parse>) => void): string {
	const settings = parse(readFileSync(join(root, "config/kassad.yaml"), "utf8"));
	change(settings);
	const file = join(mkdtempSync(join(tmpdir(), "kassad-cli-")), "kassad.yaml");
	writeFileSync(file, stringify(settings));
	return file;
}

describe("kassad --help", () => {
	const { status, stdout, stderr } = kassad(["--help"]);

	test("succeeds and writes to the standard output alone", () => {
		expect([status, stderr]).toEqual([0, ""]);
	});

	test("names every command, the shipped settings and the exit codes", () => {
		for (const words of [
			/\brun\b/,
			/config check/,
			/\bdevices\b/,
			/\bscan\b/,
			/\brecord\b/,
			/\breplay\b/,
			/\breport\b/,
			/\bstores\b/,
			/config\/kassad\.yaml/,
			/Exit codes:/,
			/KASSAD_PAY_PASSWORD/,
		]) {
			expect(stdout).toMatch(words);
		}
	});

	test("fits a terminal of 80 columns", () => {
		expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
	});
});

test("kassad --version is that of the package", () => {
	const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
	expect(kassad(["--version"])).toMatchObject({ status: 0, stdout: `${version}\n` });
});

test("the page of a command tells its option and the default", () => {
	const { status, stdout } = kassad(["config", "check", "--help"]);
	expect(status).toBe(0);
	expect(stdout).toMatch(/--config <FILE>.*\(default: "config\/kassad\.yaml"\)/);
});

test.each([
	["no command", []],
	["an unknown command", ["fly"]],
	["an unknown option", ["run", "--fast"]],
	["a file that is forgotten", ["run", "--config"]],
	["one word too many", ["run", "kassad.yaml"]],
	["config without a deed", ["config"]],
])("%s is wrong usage: exit code 2, and help on the standard error", (_, args) => {
	const { status, stdout, stderr } = kassad(args);
	expect([status, stdout]).toEqual([2, ""]);
	expect(stderr).toMatch(/--help/);
});

describe("kassad config check", () => {
	const { status, stdout, stderr } = kassad(["config", "check"]);

	test("finds the shipped settings in order", () => {
		expect([status, stderr]).toEqual([0, ""]);
		expect(stdout).toMatch(/^config\/kassad\.yaml is in order\.\n/);
	});

	test("draws what they say, line under line", () => {
		const [, ...table] = stdout.trimEnd().split("\n");
		expect(new Set(table.map((line) => line.length)).size).toBe(1);
		for (const words of [
			"test: no real money moves",
			"https://api-test.koshelek.app/partner",
			"partner",
			"00000000-0000-4000-8000-000000000001",
			"till-1",
			'"77" + number 13 + session 6 + password 3',
			'"77" + number 13 (cannot pay)',
			"serial-generic at /dev/",
			"generic-80mm at 192.168.1.100, port 9100",
			"/run/kassad/kassad.sock, mode 0660",
		]) {
			expect(table.join("\n")).toContain(words);
		}
	});

	test("shows where the secrets are and not what they are", () => {
		expect(stdout).toContain("from environment variable KASSAD_PAY_PASSWORD");
		expect(stdout).not.toMatch(/swordfish|00112233/);
	});

	test("shouts when real money would move", () => {
		const file = configWith((settings) => {
			settings.payApi.environment = "production";
			settings.scanners = [];
		});
		const { stdout } = kassad(["config", "check", "--config", file]);
		expect(stdout).toContain("PRODUCTION: real money moves");
		expect(stdout).toContain("https://api.koshelek.app/partner");
		expect(stdout).toMatch(/scanner +│ none/);
	});
});

describe.each([
	["config check", ["config", "check"]],
	["run", ["run"]],
])("kassad %s with wrong settings", (_, command) => {
	test("lists all that is wrong on the standard error and exits with 2", () => {
		const file = configWith((settings) => {
			settings.payApi.retry.attempts = "three";
			settings.printers[0].driver = "generic-81mm";
		});
		const { status, stdout, stderr } = kassad([...command, "--config", file], {});
		expect([status, stdout]).toEqual([2, ""]);
		const lines = stderr.trimEnd().split("\n");
		expect(lines).toHaveLength(3);
		expect(lines.every((line) => line.startsWith(`${file}: `))).toBe(true);
		expect(stderr).toContain('payApi.retry.attempts: expected a whole number from 1 to 20, got "three"');
		expect(stderr).toMatch(/KASSAD_BRAND_KEY is not set/);
		expect(stderr).toMatch(/printers\.0\.driver: expected one of: .*generic-80mm.*, got "generic-81mm"/);
	});

	test("names a file that is not there", () => {
		const { status, stderr } = kassad([...command, "--config", "none.yaml"]);
		expect(status).toBe(2);
		expect(stderr).toBe("cannot read none.yaml: no such file or directory\n");
	});
});

test("layouts that read one barcode in two ways are found by the check", () => {
	const file = configWith((settings) => {
		const [layout] = settings.brands[0].layouts;
		settings.brands[0].layouts.push({
			...layout,
			number: { least: 12, most: 12 },
			session: { least: 7, most: 7 },
		});
	});
	const { status, stderr } = kassad(["config", "check", "--config", file]);
	expect(status).toBe(2);
	expect(stderr).toMatch(/brands: .*24 characters.*example, layout 1.*example, layout 4/);
	expect(stderr.startsWith(`${file}: `)).toBe(true);
});

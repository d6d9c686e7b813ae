import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "kassad-preview-"));
const shipped = readFileSync(join(root, "config/documents.yaml"), "utf8");

/** The real program without any secret, as a technician starts it in the checkout. */
function preview(...args: readonly string[]) {
	return spawnSync(process.execPath, ["src/cli.ts", "print", "preview", ...args], {
		cwd: root,
		env: { PATH: process.env.PATH },
		encoding: "utf8",
		timeout: 20_000,
	});
}

function templates(change: (text: string) => string): string {
	const file = join(folder, "documents.yaml");
	writeFileSync(file, change(shipped));
	return file;
}

test("a document is shown as paper, and written as a picture where that is asked for", () => {
	const out = join(folder, "slip.png");
	const { status, stdout, stderr } = preview("payment", "--columns", "32", "--mark", "copy", "--out", out);
	expect([status, stderr]).toEqual([0, `Written: ${out}\n`]);
	expect(stdout).toMatch(/^┌─+┐\n│ +К О П И Я +│\n│ +ОПЛАТА КОШЕЛЁК/);
	expect(stdout).toContain("│ Дата и время 24.11.2026 12:34:56 │");
	expect(readFileSync(out).subarray(1, 4).toString()).toBe("PNG");
});

test("with --text there are the lines alone, no wider than the paper", () => {
	const { stdout } = preview("fiscal-receipt", "--columns", "24", "--text");
	const lines = stdout.trimEnd().split("\n");
	expect(lines).toContain("ФД                 10272");
	expect(lines.filter((line) => line.length > 24 && !line.startsWith("["))).toEqual([]);
});

test("a printer of the settings prints in its own language, as it is tuned, and --json tells all", () => {
	const settings = readFileSync(join(root, "config/kassad.yaml"), "utf8");
	const file = join(folder, "kassad.yaml");
	// A clone's number of Windows-1251, which is another than Epson's. That page has real quotes and no lines.
	writeFileSync(file, settings.replace(/codePage: null/, "codePage: { encoding: cp1251, number: 23 }"));
	const { status, stdout } = preview("self-test", "--config", file, "--printer", "receipt", "--json");
	const told = JSON.parse(stdout);
	expect([status, told.unmapped, told.mistakes]).toEqual([0, 0, []]);
	expect(told.printer).toMatchObject({
		driver: "generic-80mm",
		codePage: { encoding: "cp1251", number: 23 },
	});
	expect(told.text.join()).toContain("Знаки: № «ёлочки»");
	expect(told.text.join()).toContain("-".repeat(48));
});

test("what the printer lacks is told, with exit code 1", () => {
	const file = templates((text) => text.replace("Спасибо за покупку!", "Спасибо 谢谢!"));
	const { status, stdout, stderr } = preview("payment", "--columns", "48", "--documents", file, "--text");
	expect([status, stderr]).toEqual([1, "2 characters are not on the code page: printed as ?\n"]);
	expect(stdout).toContain("Спасибо ??!");
});

test("each cut gives a picture of its own", () => {
	const file = templates((text) => text.replace("- centre: Спасибо за покупку!", "- cut\n  - text: Купон"));
	const out = join(folder, "two.png");
	const { stderr } = preview("payment", "--columns", "48", "--documents", file, "--out", out);
	expect(stderr).toBe(`Written: ${out}\nWritten: ${join(folder, "two-2.png")}\n`);
});

test.each([
	[
		["advert"],
		/expected one of: payment, refund, fiscal-receipt, shift-report, self-test, self-test-result, got advert/,
	],
	[["payment", "--columns", "23"], /Expected a whole number from 24 to 96/],
	[["payment", "--columns", "32", "--printer", "receipt"], /cannot be used with/],
	[["payment", "--printer", "kitchen"], /no such printer in config\/kassad.yaml; it has: receipt/],
	[["payment", "--out", "/nowhere/slip.png"], /cannot write \/nowhere\/slip.png: ENOENT/],
	[["payment", "--documents", "/nowhere.yaml"], /cannot read \/nowhere.yaml/],
])("%j is refused with exit code 2", (args, words) => {
	const { status, stderr } = preview(...args);
	expect(status).toBe(2);
	expect(stderr).toMatch(words);
});

test("a mistake in the templates is told with its line", () => {
	const file = templates((text) => text.replace('"{amount} руб."', '"{summa} руб."'));
	const { status, stderr } = preview("payment", "--documents", file);
	expect(status).toBe(2);
	expect(stderr).toMatch(/payment\.3\.big: expected of holes only: amount.*\(line \d+\)\n$/);
});

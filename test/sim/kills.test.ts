import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { bytesOfOnePrint, killAtBytes } from "./print-kills.ts";
import { random } from "./random.ts";

function temporaryFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), "kassad-kills-"));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	return folder;
}

test("SIGKILL at 60 bytes of a print, wherever: each print is on paper once, or unknown", {
	timeout: 600_000,
}, async () => {
	const bytes = await bytesOfOnePrint(temporaryFolder());
	expect(bytes).toBeGreaterThan(1_500);
	const chance = random(1_926);
	const offsets = Array.from({ length: 60 }, () => chance.between(0, bytes - 1));
	// Two shops at once, for a machine with two processors.
	const shops = [offsets.slice(0, 30), offsets.slice(30)];
	const books = await Promise.all(shops.map((deaths) => killAtBytes(temporaryFolder(), deaths)));
	expect(books.flatMap(({ wrong }) => wrong)).toEqual([]);
	for (const { states } of books) {
		expect((states.printed ?? 0) + (states.unknown ?? 0)).toBe(31);
		expect(states.unknown).toBeGreaterThan(20);
	}
});

test("a till that dies at any byte of a print leaves it on paper once, or unknown; never twice", {
	timeout: 600_000,
}, async () => {
	const program = join(import.meta.dirname, "kills.ts");
	const { stdout } = await promisify(execFile)(process.execPath, [program, "--by", "death"]);
	const counted = (of: string) => Number(new RegExp(`^ *(\\d+)  ${of}`, "m").exec(stdout)?.[1]);
	const [, deaths = 0, bytes = 0] = (/^(\d+) deaths in a print of (\d+) bytes$/m.exec(stdout) ?? []).map(
		Number,
	);
	expect(stdout).toContain("Journal and paper agree.");
	expect(deaths).toBeGreaterThanOrEqual(bytes);
	expect(bytes).toBeGreaterThan(1_500);
	expect(counted("printed") + counted("unknown")).toBe(deaths + 2);
	// The last bytes only ask whether it is on paper: nobody knows, though it is.
	expect(counted("of the unknown ones")).toBeGreaterThan(0);
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Option } from "commander";
import { describe, expect, test, vi } from "vitest";
import { type CommandFacts, commandFacts, commandGroups, usageOf } from "../../src/cli/commands.ts";
import { leavesOf } from "../../src/cli/manners.ts";
import { commands } from "../../src/cli.ts";
import { faults } from "../../src/model/fault.ts";

const program = commands();
const leaves = leavesOf(program);

/** A help page as it is printed where no terminal says how wide it is. */
function pageOf(command: typeof program): string {
	let page = "";
	command.configureOutput({ writeOut: (text) => (page += text), getOutHelpWidth: () => 80 });
	command.outputHelp();
	return page;
}

test("the table has every command that there is, and no other", () => {
	expect(Object.keys(commandFacts).toSorted()).toEqual(leaves.map(({ words }) => words).toSorted());
});

test("every command has an exit code 1 if a fault can end it, and the faults are rows of the table of faults", () => {
	for (const { fault, faults: some } of Object.values(commandFacts)) {
		if (some.length > 0) expect(fault).toBeDefined();
		expect(some.filter((code) => faults[code] === undefined)).toEqual([]);
		// That is exit code 2.
		expect(some).not.toContain("config-invalid");
	}
});

describe.each(leaves)("the help page of kassad $words", ({ command, words }) => {
	const page = pageOf(command);

	test("fits 80 columns", () => {
		expect(page.split("\n").filter((line) => line.length > 80)).toEqual([]);
	});

	test("has examples that are commands which kassad understands", () => {
		const [, examples = ""] = page.split("\nExamples:\n");
		const lines = (examples.split("\n\n")[0] ?? "")
			.split("\n")
			.filter((line) => line.startsWith("  kassad "));
		expect(lines.length).toBeGreaterThan(0);
		for (const line of lines) {
			expect(line).toMatch(new RegExp(`^ {2}kassad ${words}( |$)`));
			const flags = line.match(/ --[a-z-]+/g) ?? [];
			for (const flag of flags) expect(page).toContain(`\n ${flag}`);
		}
	});

	test("has its exit codes, and each of them once", () => {
		const [, codes = "", ...more] = page.split("\nExit codes:\n");
		expect(more).toEqual([]);
		const { fault } = commandFacts[words] as CommandFacts;
		expect(codes.match(/^ {2}\d/gm)).toEqual(fault === undefined ? ["  0", "  2"] : ["  0", "  1", "  2"]);
	});

	test("says of each option what it does", () => {
		const bare = command.options.filter(({ description }: Option) => description === "");
		expect(bare).toEqual([]);
	});
});

test("the first page fits 80 columns and 66 lines, and names every command under its heading", () => {
	const page = pageOf(program);
	expect(page.split("\n").filter((line) => line.length > 80)).toEqual([]);
	expect(page.split("\n").length).toBeLessThanOrEqual(66);
	const headings = Object.values(commandFacts).map(({ group }) => commandGroups[group]);
	expect([...page.matchAll(/^(\S.*):$/gm)].map(([line]) => line)).toEqual(expect.arrayContaining(headings));
	for (const [words, { group }] of Object.entries(commandFacts)) {
		const [, section = ""] = page.split(`\n${commandGroups[group]}\n`);
		expect(section.split("\n\n")[0]).toMatch(new RegExp(`^ {2}${words.split(" ")[0]}\\b`, "m"));
	}
});

test("README has the same table", () => {
	const readme = readFileSync(join(import.meta.dirname, "../../README.md"), "utf8");
	const daemon = { any: "may run", stopped: "must be stopped", running: "must run", itself: "is this" };
	const rows = Object.entries(commandFacts).map(([words, facts]) => {
		const { ok, fault, faults: some } = facts;
		const one = [
			fault ?? "",
			...(some.length > 0 ? [`(${some.map((code) => `\`${code}\``).join(", ")})`] : []),
		];
		return `| \`${words}\` | ${daemon[facts.daemon]} | ${ok} | ${one.join(" ")} | ${usageOf(facts)} |`;
	});
	const [, section = ""] = readme.split("\n## Commands and exit codes\n");
	const written = (section.split("\n## ")[0] ?? "").split("\n").filter((line) => line.startsWith("| `"));
	expect(written).toEqual(rows);
});

/** What the program says on the standard error to words that it does not understand. */
async function answerTo(...words: readonly string[]): Promise<string> {
	const stderr = vi.spyOn(process.stderr, "write").mockReturnValue(true);
	try {
		await expect(commands().parseAsync(words, { from: "user" })).rejects.toThrow();
		return stderr.mock.calls.map(([text]) => text).join("");
	} finally {
		stderr.mockRestore();
	}
}

test.each(leaves)(
	"an unknown option of kassad $words is answered with the nearest one",
	async ({ words }) => {
		const said = await answerTo(...words.split(" "), "--out=x", "--hepl");
		expect(said).toMatch(/error: unknown option '--(hepl|out=x)'/);
		expect(said).toContain(`\nkassad ${words} --help tells how it is used.\n`);
		const own = await answerTo(...words.split(" "), "--hepl");
		expect(own).toMatch(/unknown option '--hepl'\n\(Did you mean --help\?\)|required option '--out/);
	},
);

test.each([
	["reprot", "report"],
	["config chek", "check"],
	["journal bakcup", "backup"],
	["print tset", "test"],
	["report --formt csv", "--format"],
	["stores add x.csv --dryrun", "--dry-run"],
])("kassad %s is answered with what was meant", async (typed, meant) => {
	expect(await answerTo(...typed.split(" "))).toContain(`(Did you mean ${meant}?)`);
});

test.each([
	[["report", "--format", "pdf"], "Allowed choices are table, csv, xlsx, json."],
	[["report", "--day", "yesterday"], "Expected a day, such as 2026-11-28."],
	[["story"], "missing required argument 'ORDER'"],
	[["devices", "now"], "too many arguments"],
])("kassad %j is answered with what was expected", async (words, expected) => {
	expect(await answerTo(...words)).toContain(expected);
});

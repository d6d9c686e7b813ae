import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { faults } from "../../src/model/fault.ts";

/** The README's table under this heading: what flow, in which file here, by which test. */
const rows = tableUnder("## The integration checklist");

/** What Koshelek asks of a till (cm_pay_api 1.2.1), in the words that begin a row of the table. */
const flows = [
	...[
		"payment, direct",
		"payment, answer lost",
		"payment, died",
		"payment, cancelled or refunded",
		"payment, status",
	],
	...[
		"payment, code in no document",
		"payment, scan used",
		"payment, old card",
		"payment, HTTP 200",
		"checkout, HTTP 422",
	],
	...["cancel, after N checkouts", "cancel, after the wait", "cancel, by the cashier and by the customer"],
	...[
		"cancel, `refStatus` new",
		"cancel, no answer",
		"cancel, too late",
		"cancel declined, accepted by the bank",
	],
	...["cancel declined, cancelled before, or in a refund state", "cancel declined, transaction not found"],
	...["refund, full", "refund, partial by positions and quantities", "refund, not in pieces only whole"],
	...["refund, several partial ones", "refund, over the rest", "refund, a second while one is unfinished"],
	...["refund, `refStatus` new, accepted", "refund, `refStatus` new, rejected", "refund, no answer"],
	...["refund, over a restart", "refund, HTTP 200", "refund, HTTP 422", "providers, told at once"],
	...["providers, promised (HTTP 201)", "providers, `koshelekPayIsDefault`", "providers, none available"],
	...[
		"providers, one that is not listed",
		"providers, failing",
		"fiscal receipt, sent",
		"fiscal receipt, server down",
	],
	...["fiscal receipt, refused", "postback, before the poll", "postback, after the poll, late and twice"],
	...["postback, forged", "postback, unknown", "ENUM, a new way to pay by settings alone"],
	...[
		"ENUM, a way to pay that is not listed",
		"verifier, the vendor's library",
		"verifier, the till's clock is wrong",
	],
];

type Row = { readonly flow: string; readonly file: string; readonly title: string };

function tableUnder(heading: string): Row[] {
	const readme = readFileSync(join(import.meta.dirname, "../../README.md"), "utf8");
	const [, section = ""] = readme.split(`\n${heading}\n`);
	const [body = ""] = section.split("\n## ");
	return [...body.matchAll(/^\| (.+) \| `([\w-]+)` \| (.+) \|$/gm)].map(
		([, flow = "", file = "", title = ""]) => ({
			flow,
			file,
			title,
		}),
	);
}

const textOf = (file: string) => readFileSync(join(import.meta.dirname, `${file}.test.ts`), "utf8");

/** As a test's title stands in its file, behind `test(` or behind the table of a `test.each`. */
const titlesIn = (file: string) =>
	[...textOf(file).matchAll(/(?:^test|\))\(\s*"([^"]+)"/gm)].map(([, title]) => title);

/** The server's codes in a row: words in capitals. */
const codesIn = ({ flow }: Row) => [...flow.matchAll(/`([A-Z][A-Z_]{5,})`/g)].map(([, code = ""]) => code);

test("every flow that Koshelek asks for stands in the table", () => {
	expect(flows.filter((flow) => !rows.some((row) => row.flow.startsWith(flow)))).toEqual([]);
});

test.each([
	["HTTP 200", "wire200"],
	["HTTP 422", "wire422"],
] as const)("the table's codes under %s are those of the fault table", (words, column) => {
	const inTable = rows.filter(({ flow }) => flow.includes(words)).flatMap(codesIn);
	const known = Object.values(faults).flatMap((row) => row[column] ?? []);
	expect([...new Set(inTable)].toSorted()).toEqual(known.toSorted());
});

test("every test of the table exists with that very title", () => {
	expect(rows.filter(({ file, title }) => !titlesIn(file).includes(title))).toEqual([]);
});

test("every code of a row stands in that row's file", () => {
	const missing = rows.flatMap((row) => codesIn(row).filter((code) => !textOf(row.file).includes(code)));
	expect(missing).toEqual([]);
});

test("every story of a flow stands in the table", () => {
	const files = globSync("flows-*.test.ts", { cwd: import.meta.dirname }).map((file) =>
		basename(file, ".test.ts"),
	);
	const told = files.flatMap((file) => titlesIn(file).map((title) => `${file}: ${title}`));
	expect(files.length).toBeGreaterThan(0);
	expect(told.filter((story) => !rows.some(({ file, title }) => story === `${file}: ${title}`))).toEqual([]);
});

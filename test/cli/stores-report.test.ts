import { expect, test } from "vitest";
import { countsOf, fileTable, registeredTable, sentJson, sentReport } from "../../src/cli/stores-report.ts";
import type { Sent } from "../../src/stores/send.ts";
import { storeOf, storesInFile } from "../stores/kit.ts";

const refusal = { fault: "unlisted-refusal", detail: "HTTP 422 X" } as const;
const outcomes: readonly Partial<Sent>[] = [
	{ outcome: "accepted" },
	{ outcome: "refused", trouble: refusal },
	{ outcome: "refused", trouble: refusal },
	{ outcome: "unknown", trouble: { fault: "server-silent", detail: "reset" } },
	{ outcome: "not-sent" },
];
const sent = storesInFile(5).map((one, index) => ({ ...one, ...outcomes[index] }) as Sent);

test("the report has a row for every store, and each reason once with its lines", () => {
	const lines = sentReport(sent).split("\n");
	expect(lines[4]).toMatch(/^│ 3 +│ 2 +│ Москва +│ Тверская, 1 +│ refused +│$/);
	expect(lines.slice(9)).toEqual([
		"refused, line 3 to 4: unlisted-refusal: HTTP 422 X",
		expect.stringMatching(/^ {2}The server took nothing/),
		"unknown, line 5: server-silent: reset",
		expect.stringContaining("kassad stores list"),
		"not sent, line 6: nothing was sent any more",
		expect.stringMatching(/^ {2}They surely did not/),
		"1 accepted, 2 refused, 1 unknown, 1 not sent.",
	]);
});

test("a program has the same, and the faults by their codes", () => {
	expect(sentJson(sent).slice(0, 2)).toEqual([
		{ line: 2, storeNumber: "1", outcome: "accepted" },
		{ line: 3, storeNumber: "2", outcome: "refused", ...refusal },
	]);
});

test("when all is well there is nothing to advise", () => {
	const well = sent.slice(0, 1);
	expect(sentReport(well).split("\n").at(-1)).toBe("1 accepted.");
	expect(sentReport(well)).not.toContain("server");
	expect(countsOf([])).toBe("");
});

test("long addresses are cut in tables", () => {
	const [line] = storesInFile(1).map((one) => ({
		...one,
		store: { ...storeOf("1"), address: "a".repeat(99) },
	}));
	expect(line && fileTable([line])).toContain(`│ ${"a".repeat(37)}... │`);
});

test("what the server says cannot move the cursor of a terminal", () => {
	const drawn = registeredTable([
		{ storeNumber: "17\u001B[2J\n", city: { name: "x" }, address: 5, other: 1 },
	]);
	expect(drawn).not.toContain("\u001B");
	expect(drawn).toContain('│ 17 [2J      │ {"name":"x"} │ 5       │');
	expect(drawn).not.toContain("other");
});

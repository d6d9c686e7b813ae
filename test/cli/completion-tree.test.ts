import { expect, test } from "vitest";
import { spotsOf } from "../../src/cli/completion-tree.ts";
import { leavesOf } from "../../src/cli/manners.ts";
import { commands } from "../../src/cli.ts";

const program = commands();
const spots = spotsOf(program);
const at = (words: string) => spots.find((spot) => spot.at === words);

test("there is a spot for every command, and each has all options of its help page", () => {
	expect(spots.map((spot) => spot.at)).toEqual(
		expect.arrayContaining(leavesOf(program).map(({ words }) => words)),
	);
	for (const { command, words } of leavesOf(program)) {
		const flags = [...command.helpInformation().matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, flag]) => flag);
		expect(
			at(words)
				?.options.map(({ flag }) => flag)
				.toSorted(),
		).toEqual(flags.toSorted());
	}
});

test("options and arguments tell whether a file, one of some words, or anything is expected", () => {
	const expectedBy = (words: string, flag: string) =>
		at(words)?.options.find((one) => one.flag === flag)?.value;
	expect(expectedBy("report", "--format")).toEqual({
		kind: "words",
		words: ["table", "csv", "xlsx", "json"],
	});
	expect(expectedBy("report", "--out")).toEqual({ kind: "file" });
	expect(expectedBy("report", "--from")).toEqual({ kind: "free" });
	expect(expectedBy("report", "--help")).toBeUndefined();
	expect(at("stores add")?.argument).toEqual({ kind: "file" });
	expect(at("rpc")?.argument).toMatchObject({ words: expect.arrayContaining(["hello", "pay.start"]) });
	expect(at("story")?.argument).toEqual({ kind: "free" });
	expect(at("run")?.argument).toBeUndefined();
});

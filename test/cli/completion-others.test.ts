import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fishScript, powershellScript } from "../../src/cli/completion-others.ts";
import { spotsOf } from "../../src/cli/completion-tree.ts";
import { commands } from "../../src/cli.ts";
import { folderOfFiles, saidBy, typed } from "./completion-kit.ts";

const spots = spotsOf(commands());
const start = { node: "/opt/it's here/node", cli: "/opt/it's here/cli.ts" };
const folder = folderOfFiles();
const fish = fishScript(spots, start);
writeFileSync(join(folder, "kassad.fish"), fish);

/** What fish offers behind these words; undefined without fish. */
function fishOffers(words: readonly string[]): string[] | undefined {
	const line = `kassad ${words.join(" ")}`;
	const said = saidBy("fish", ["--no-config", "-c", `source kassad.fish; complete -C "${line}"`], folder);
	return said
		?.split("\n")
		.map((one) => one.split("\t")[0] ?? "")
		.filter((word) => word !== "");
}

test.each(typed)("fish, where it is installed, completes kassad %j", (words, meant) => {
	expect((fishOffers(words) ?? meant).toSorted()).toEqual(meant.toSorted());
});

test("fish's script names each option where it belongs, with its choices", () => {
	expect(fish).toContain(
		`complete -c kassad -n '__kassad_at \\'report\\' 99' -l format -x -a 'table csv xlsx json' -d`,
	);
	expect(fish).toContain(`complete -c kassad -n '__kassad_at \\'report\\' 99' -l out -r -F -d`);
	expect(fish).toContain(`complete -c kassad -n '__kassad_at \\'\\' 0' -a report -d 'count the day`);
	expect(fish).toContain(`type -q kassad; or function kassad; '/opt/it\\'s here/node'`);
});

test("PowerShell's script knows every command, its options and their choices", () => {
	const script = powershellScript(spots, start);
	for (const { at, options } of spots) {
		const flags = options.map(({ flag }) => `'${flag}'`).join(", ");
		expect(script).toContain(`\t'${at}' = @{ First = @(`);
		expect(script).toContain(`Flags = @(${flags})`);
	}
	expect(script).toContain("'--format' = @('table', 'csv', 'xlsx', 'json')");
	expect(script).toContain("& '/opt/it''s here/node' '/opt/it''s here/cli.ts' @args");
	expect(script).toContain("Register-ArgumentCompleter -Native -CommandName kassad");
});

import { expect, test } from "vitest";
import { bashScript, quoted, zshScript } from "../../src/cli/completion-posix.ts";
import { spotsOf } from "../../src/cli/completion-tree.ts";
import { commands } from "../../src/cli.ts";
import { folderOfFiles, saidBy, typed } from "./completion-kit.ts";

const spots = spotsOf(commands());
const folder = folderOfFiles();
const start = { node: "/opt/it's here/node", cli: "/opt/it's here/cli.ts" };
const bash = bashScript(spots, start);
const zsh = zshScript(spots, start);

/** What bash offers behind these words, by running the function as it would. */
function bashOffers(...words: readonly string[]): string[] {
	const ask = `COMP_WORDS=(kassad ${words.map(quoted).join(" ")}); COMP_CWORD=${words.length}; COMPREPLY=(); _kassad; printf '%s\\n' "\${COMPREPLY[@]}"`;
	const said = saidBy("bash", ["--norc", "--noprofile", "-c", `${bash}\n${ask}`], folder);
	return (said ?? "no bash").split("\n").filter((line) => line !== "");
}

test.each(typed)("bash completes kassad %j", (words, meant) => {
	expect(bashOffers(...words).toSorted()).toEqual(meant.toSorted());
});

test("bash completes names of files where a file is expected, with spaces in them, too", () => {
	expect(bashOffers("stores", "add", "sto").toSorted()).toEqual(["store list.yaml", "stores.csv"]);
	expect(bashOffers("report", "--out", "oth")).toEqual(["other.txt"]);
	expect(bashOffers("report", "--out", "=", "oth")).toEqual(["other.txt"]);
	expect(bashOffers("report", "--format", "=", "")).toEqual(["table", "csv", "xlsx", "json"]);
	expect(bashOffers("story", "sto")).toEqual([]);
	expect(bashOffers("report", "--from", "")).toEqual([]);
});

test("bash offers every command, and all options of each", () => {
	expect(bashOffers("")).toEqual(spots[0]?.commands.map(({ name }) => name));
	for (const { at, options } of spots) {
		const words = at === "" ? [] : at.split(" ");
		expect(bashOffers(...words, "--")).toEqual(options.map(({ flag }) => flag));
	}
}, 30_000);

test("where there is no kassad yet bash gets one, from whatever folder", () => {
	const said = saidBy("bash", ["--norc", "-c", `${bash}\ndeclare -f kassad`], folder);
	expect(said).toContain(quoted("/opt/it's here/node"));
	expect(said).toContain('"$@"');
	const own = saidBy("bash", ["--norc", "-c", `kassad() { echo mine; }\n${bash}\nkassad`], folder);
	expect(own).toBe("mine\n");
});

/** What zsh would be given; its own functions for that are put aside. Undefined without zsh. */
function zshOffers(words: readonly string[]): string | undefined {
	const aside = `compdef() { :; }; compinit() { :; }
compadd() { shift; print -l -- "$@"; }
_describe() { print -l -- "\${(@)list%%:*}"; }
_files() { print -l -- *(N); }`;
	const ask = `words=(kassad ${words.map(quoted).join(" ")}); CURRENT=${words.length + 1}; _kassad`;
	return saidBy("zsh", ["-f", "-c", `${aside}\n${zsh}\n${ask}`], folder);
}

test.each(typed)("zsh, where it is installed, is offered what may follow kassad %j", (words, meant) => {
	const said = zshOffers(words) ?? meant.join("\n");
	expect(said.split("\n")).toEqual(expect.arrayContaining([...meant]));
});

test("zsh's script completes kassad, with what each command does beside it", () => {
	expect(zsh).toMatch(/^#compdef kassad\n/);
	expect(zsh).toContain("'report:count the day: every payment and refund, and what they add up to'");
	expect(zsh).toContain(`"report/--out") _files ;;`);
	expect(zsh).toContain(`"report/--format") compadd -- 'table' 'csv' 'xlsx' 'json' ;;`);
});

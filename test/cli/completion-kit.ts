import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder with some files whose names are completed, one of them with a space. */
export function folderOfFiles(): string {
	const folder = mkdtempSync(join(tmpdir(), "kassad-completion-"));
	for (const name of ["stores.csv", "store list.yaml", "other.txt"]) writeFileSync(join(folder, name), "");
	return folder;
}

/** What a shell prints when it runs a program; undefined where there is no such shell. */
export function saidBy(shell: string, args: readonly string[], cwd: string): string | undefined {
	const { error, stdout, stderr } = spawnSync(shell, args, { cwd, encoding: "utf8" });
	if (error !== undefined) return undefined;
	return `${stdout}${stderr}`;
}

/** What is typed, the last word of it unfinished, and all that may be meant. */
export const typed: readonly (readonly [words: readonly string[], meant: readonly string[]])[] = [
	[["rep"], ["replay", "report"]],
	[["report", "--fr"], ["--from"]],
	[
		["report", "--format", ""],
		["table", "csv", "xlsx", "json"],
	],
	[["report", "--format", "x"], ["xlsx"]],
	[["report", "--day", "2026-11-28", "--format", "c"], ["csv"]],
	[["config", ""], ["check"]],
	[["print", "preview", "fi"], ["fiscal-receipt"]],
	[["print", "preview", "--mark", "c"], ["copy"]],
	[["print", "preview", "payment", "--mar"], ["--mark"]],
	[
		["rpc", "print.re"],
		["print.resolve", "print.release"],
	],
	[["record", "--driver", "zebra-ss"], ["zebra-ssi"]],
	[["completion", "b"], ["bash"]],
	[["story", "--lang"], ["--language"]],
];

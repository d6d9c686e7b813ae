import type { Command } from "commander";
import { withConfig } from "./config-option.ts";
import { type Moment, momentOf } from "./report-period.ts";

/** Options of `journal export`. */
export type ExportFlags = {
	readonly config: string;
	readonly out: string;
	readonly from?: Moment;
	readonly to?: Moment;
};

const help = `
For an auditor: every row of the journal, one line of JSON each, as they stand
at one moment. The daemon may go on working. No card number, session, password
or key is in it, nor what a bank or a fiscal receipt says beyond the documented
fields. README has the fields under "Give the journal to an auditor".

The first line says which journal it is and how far its chain had come, the last
how many rows of each kind there are. Money is in kopecks, times are ISO 8601 in
UTC. A row belongs to the time at which its operation began; without --from and
--to all are exported. A TIME is a day, or a moment such as 2026-11-28T18:30.

Examples:
  kassad journal export --out journal.jsonl
  kassad journal export --from 2026-11-01 --to 2026-11-30 --out november.jsonl`;

/** `journal export`. */
export function exportCommand(journal: Command): void {
	withConfig(journal.command("export"), "file with the settings")
		.description("write every row of the journal for an auditor, without secrets")
		.requiredOption("--out <FILE>", "the new file, JSON lines")
		.option("--from <TIME>", "begin with this day or moment", momentOf)
		.option("--to <TIME>", "end with this day, or before this moment", momentOf)
		.addHelpText("after", help)
		.action(async (flags: ExportFlags, command: Command) => {
			const { exportJournal } = await import("./journal-export-make.ts");
			exportJournal(flags, command);
		});
}

import { type Command, Option } from "commander";
import type { ShiftName } from "../model/shift-report.ts";
import { withConfig } from "./config-option.ts";
import { dayOf, type Moment, momentOf, shiftOf } from "./report-period.ts";

const formats = ["table", "csv", "xlsx", "json"] as const;

export type ReportFormat = (typeof formats)[number];

/** Options of `report`. */
export type ReportFlags = {
	readonly config: string;
	readonly from?: Moment;
	readonly to?: Moment;
	readonly day?: Moment;
	readonly shift?: ShiftName;
	readonly store?: string;
	readonly terminal?: string;
	readonly format?: ReportFormat;
	readonly out?: string;
};

const help = `
Reads the journal while the daemon runs or is stopped; it needs no secret and
changes nothing. Without a time: today, since midnight. A TIME is a day, or
a moment such as 2026-11-28T18:30, where the till stands unless it ends with Z
or +03:00. A day at the end is in the report; a moment at the end is not.

An operation belongs to the moment, and to the shift, in which it began. Only
what settled is in the totals; what is refused or has no known end yet is a row
with its state. The head of the journal, once kept, proves later that nothing up
to it was changed or cut off: kassad journal verify --help.

csv   for a Russian Excel: semicolons, decimal commas, UTF-8
xlsx  a workbook with two sheets: operations and totals
json  for a program: kopecks, and times with offset

Examples:
  kassad report
  kassad report --shift last
  kassad report --day 2026-11-28 --out day.xlsx
  kassad report --from 2026-11-01 --to 2026-11-30 --format csv > november.csv`;

/** `report`. */
export function reportCommand(program: Command): void {
	withConfig(program.command("report"), "file with the settings")
		.description("count the day: every payment and refund, and what they add up to")
		.option("--from <TIME>", "begin with this day or moment", momentOf)
		.option("--to <TIME>", "end with this day, or before this moment", momentOf)
		.addOption(new Option("--day <YYYY-MM-DD>", "one whole day").argParser(dayOf).conflicts(["from", "to"]))
		.addOption(
			new Option("--shift <N>", "one shift: its number, current or last")
				.argParser(shiftOf)
				.conflicts(["from", "to", "day"]),
		)
		.option("--store <ID>", "only of this store")
		.option("--terminal <ID>", "only of this till")
		.addOption(new Option("--format <FORMAT>", "by the name of --out, else table").choices([...formats]))
		.option("--out <FILE>", "write a file; an earlier report is replaced")
		.addHelpText("after", help)
		.action(async (flags: ReportFlags, command: Command) => {
			const { makeReport } = await import("./report-make.ts");
			await makeReport(flags, command);
		});
}

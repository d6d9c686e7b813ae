import { type Command, Option } from "commander";
import { withConfig } from "./config-option.ts";
import { dayOf, type Moment, momentOf } from "./report-period.ts";

const formats = ["table", "csv", "json"] as const;

/** Options of `reconcile`. */
export type ReconcileFlags = {
	readonly config: string;
	readonly from?: Moment;
	readonly to?: Moment;
	readonly day?: Moment;
	readonly format: (typeof formats)[number];
};

const help = `
Asks the server for the status of every payment and refund of the time, also of
those that were refused or have no known end, and lists where till and server
differ. It changes nothing, here or there, and may run beside the daemon. It
needs the Pay API's password. Without a time: today, since midnight.

The server allows about four questions a second: a thousand take four minutes.
How far it is stands on the standard error; Ctrl-C ends the asking and shows
what there is. What is only there was seen by another till, or by nobody: ask
the bank before money is given twice.

Examples:
  kassad reconcile
  kassad reconcile --day 2026-11-28
  kassad reconcile --from 2026-11-01 --to 2026-11-30 --format csv > differ.csv`;

/** `reconcile`. */
export function reconcileCommand(program: Command): void {
	withConfig(program.command("reconcile"), "file with the settings")
		.description("hold a day against the server: every payment and refund that differs")
		.option("--from <TIME>", "begin with this day or moment", momentOf)
		.option("--to <TIME>", "end with this day, or before this moment", momentOf)
		.addOption(new Option("--day <YYYY-MM-DD>", "one whole day").argParser(dayOf).conflicts(["from", "to"]))
		.addOption(new Option("--format <FORMAT>", "how it is written").choices([...formats]).default("table"))
		.addHelpText("after", help)
		.action(async (flags: ReconcileFlags, command: Command) => {
			const { reconcile } = await import("./reconcile-make.ts");
			await reconcile(flags, command);
		});
}

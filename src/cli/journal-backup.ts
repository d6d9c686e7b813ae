import type { Command } from "commander";
import { withConfig } from "./config-option.ts";

/** Options of `journal backup`. */
export type BackupFlags = { readonly config: string; readonly out: string; readonly withKey?: true };

const help = `
The daemon may go on working. The copy is of one moment; every page of it is
read, and every row held against the journal's chain, before it gets its name.
It is for this user alone. It holds no card and no password in clear.

PLACE is a new folder, or a folder that is there: then the copy is in a new one
in it, named by the time. A name that ends in .db is a file, without the key.

The key: journal.db is worth nothing without the journal.key beside it, and who
has both can read the cards of unfinished payments. It never changes: copy it
once and keep it elsewhere, or let --with-key put it beside each copy.

To put it back: stop kassad, move the journal's folder away, let a new one under
its name have journal.db and journal.key, owned by kassad's user; start kassad.
What happened after the copy is not in it: POS programs subscribe to events from
0 again, and kassad reconcile shows what the server knows more.

Examples:
  kassad journal backup --out /mnt/backup
  kassad journal backup --out /mnt/backup --with-key
  kassad journal backup --out today.db`;

/** `journal backup`. */
export function backupCommand(journal: Command): void {
	withConfig(journal.command("backup"), "file with the settings")
		.description("copy the journal while the daemon works, and check the copy")
		.requiredOption("--out <FILE|FOLDER>", "where to")
		.option("--with-key", "put the key beside it")
		.addHelpText("after", help)
		.action(async (flags: BackupFlags, command: Command) => {
			const { backUp } = await import("./journal-backup-make.ts");
			await backUp(flags, command);
		});
}

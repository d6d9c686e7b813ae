import type { Command } from "commander";
import { backupCommand } from "./journal-backup.ts";
import { exportCommand } from "./journal-export.ts";
import { verifyCommand } from "./journal-verify.ts";

/** `journal verify`, `journal backup`, `journal export`. */
export function journalCommands(program: Command): void {
	const journal = program
		.command("journal")
		.description("prove the journal, copy it, export it: journal verify, backup, export")
		.helpCommand(false);
	verifyCommand(journal);
	backupCommand(journal);
	exportCommand(journal);
}

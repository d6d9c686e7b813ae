import { statSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Command } from "commander";
import { systemClock } from "../clock.ts";
import { type Backup, type BackupTarget, backUpJournal } from "../journal/backup.ts";
import type { BackupFlags } from "./journal-backup.ts";
import { readJournalSettings } from "./journal-settings.ts";
import { shareBarOn } from "./share-bar.ts";

/**
 * Copies the journal and says what was found. The exit code is 1 when the copy was made and its rows are not as kassad
 * wrote them.
 * @throws {FaultError} `config-invalid`, `journal-failed`
 */
export async function backUp({ config, out, withKey }: BackupFlags, command: Command): Promise<void> {
	const target = targetOf(out, withKey === true, systemClock.now());
	if ("file" in target && withKey) command.error("error: a file has no room for the key: name a folder");
	const { journal } = readJournalSettings(config);
	const bar = shareBarOn(process.stderr);
	const words = { copying: "Copying", checking: "Checking" } as const;
	const done = await backUpJournal(journal.folder, target, (step, share) => bar.tell(words[step], share))
		// The bar must not stand before what went wrong.
		.finally(bar.end);
	process.stdout.write(`${told(done, journal.folder).join("\n")}\n`);
	if (!done.verdict.whole) process.exitCode = 1;
}

/** @param now wall-clock ms, for the name of a new folder in one that is there. */
export function targetOf(out: string, withKey: boolean, now: number): BackupTarget {
	const place = resolve(out);
	if (statSync(place, { throwIfNoEntry: false })?.isDirectory()) {
		const time = new Date(now).toISOString().slice(0, 19).replaceAll(":", "-");
		return { folder: join(place, `journal-${time}Z`), withKey };
	}
	return place.endsWith(".db") ? { file: place } : { folder: place, withKey };
}

function told({ database, key, bytes, verdict }: Backup, folder: string): string[] {
	const { whole, rows, head, findings, untold } = verdict;
	const count = (number: number) => number.toLocaleString("en-US");
	return [
		`${database}: ${count(bytes)} bytes, ${count(rows)} rows.`,
		whole
			? "Checked: every page can be read, and every row is as kassad wrote it."
			: `ATTENTION: ${count(findings.length + untold)} rows or entries are not as kassad wrote them. kassad journal verify names them.`,
		`Its chain ends at ${head.number}:${head.link}`,
		key === undefined
			? `The key is not in it: keep a copy of ${join(folder, "journal.key")} elsewhere.`
			: `The key is beside it: whoever has both can read the cards of unfinished payments.`,
		"How to put it back: kassad journal backup --help",
	];
}

import { join } from "node:path";
import { readKey } from "../journal/key-file.ts";
import { readJournal } from "../journal/read-journal.ts";
import { verifyJournal } from "../journal/verify.ts";
import { readJournalSettings } from "./journal-settings.ts";
import { verdictJson, verdictText } from "./journal-verdict.ts";
import type { VerifyFlags } from "./journal-verify.ts";
import { shareBarOn } from "./share-bar.ts";

/**
 * Verifies the journal and says on the standard output what was found; the exit code is 1 when anything was.
 * @throws {FaultError} `config-invalid`; `journal-failed` when the journal or its key cannot be read.
 */
export function proveJournal({ config, head, folder, json }: VerifyFlags): void {
	const place = folder ?? readJournalSettings(config).journal.folder;
	const reader = readJournal(place);
	const bar = shareBarOn(process.stderr.isTTY ? process.stderr : { write: () => true });
	try {
		const key = readKey(join(place, "journal.key"));
		const progress = (share: number) => bar.tell("Verifying", share);
		const verdict = verifyJournal(reader, key, { progress, ...(head && { kept: head }) });
		bar.end();
		process.stdout.write(json ? verdictJson(verdict) : verdictText(verdict, place, head));
		if (!verdict.whole) process.exitCode = 1;
	} finally {
		bar.end();
		reader.close();
	}
}

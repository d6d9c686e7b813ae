import { type Command, InvalidArgumentError } from "commander";
import { type ChainHead, headDigits } from "../journal/chain-head.ts";
import { withConfig } from "./config-option.ts";

/** Options of `journal verify`. */
export type VerifyFlags = {
	readonly config: string;
	readonly head?: ChainHead;
	readonly folder?: string;
	readonly json?: true;
};

const help = `
Every row that kassad writes of an operation, its requests, its slip, its prints
and of a shift is held to all that was written before by a chain of hashes.
This follows the chain and names each row that was changed, put in, taken out or
moved, and where the chain itself was changed. It writes nothing, and the daemon
may run meanwhile. It reads journal.key, so run it as the user that runs kassad.

Without --head nobody can see that the newest entries were cut off, or that all
was wound back to an older copy. So keep heads where nobody can change them:
kassad report shows one, and so does each success of this command.

What it cannot show: who has journal.key can write a chain anew. The head on an
old report tells that, too.

Examples:
  kassad journal verify
  kassad journal verify --head 48213:9f3c2a7b11d04e55
  kassad journal verify --folder /mnt/backup/journal --json`;

/** `journal verify`. */
export function verifyCommand(journal: Command): void {
	withConfig(journal.command("verify"), "file with the settings")
		.description("prove that nothing in the journal was changed, put in or taken out")
		.option("--head <N:HEX>", "a head that you kept: prove that it is still there", headIn)
		.option("--folder <FOLDER>", "a copy of journal.db and journal.key, instead of the till's own")
		.option("--json", "all that was found, for a program")
		.addHelpText("after", help)
		.action(async (flags: VerifyFlags) => {
			const { proveJournal } = await import("./journal-prove.ts");
			proveJournal(flags);
		});
}

/** @throws {InvalidArgumentError} */
function headIn(given: string): ChainHead {
	const [, number, link] = /^([1-9]\d{0,14}):([0-9a-f]+)$/i.exec(given.trim()) ?? [];
	if (number !== undefined && link?.length === headDigits) {
		return { number: Number(number), link: link.toLowerCase() };
	}
	throw new InvalidArgumentError(
		`Expected the number of an entry, a colon and ${headDigits} hexadecimal digits, as kassad report shows them.`,
	);
}

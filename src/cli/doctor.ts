import type { Command } from "commander";
import { withConfig } from "./config-option.ts";

export type DoctorFlags = { readonly config: string; readonly json?: true };

const help = `
Looks who may read and change kassad's files, and then attacks the running
daemon through its own doors as a stranger, a bad page in a browser and a broken
program would. Nothing is paid, printed or changed, and cashiers may go on
working; the daemon's log tells of each attack. It takes some ten seconds, the
longest of it the wait for socket.authMs.

✓ is safe, ✗ is not and says what to do, – could not be tried or need not be.

It needs no secret. Run it as kassad's user, who may look at all of its files.`;

/** `doctor`: whether a till can be broken into. */
export function doctorCommand(program: Command): void {
	withConfig(program.command("doctor"), "file with the settings")
		.description("attack the running daemon, and say whether this till is safe")
		.option("--json", "all that was found, for a program")
		.addHelpText("after", help)
		.action(async (flags: DoctorFlags) => {
			const { examine } = await import("./doctor-run.ts");
			await examine(flags);
		});
}

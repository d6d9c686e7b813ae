import { type Command, Option } from "commander";
import { type SelfTestKind, selfTestKinds } from "../model/self-test.ts";
import type { Language } from "../model/settings/settings.ts";
import { withConfig } from "./config-option.ts";

/** Options of `selftest`. */
export type SelfTestFlags = {
	readonly config: string;
	readonly only?: SelfTestKind;
	/** `--no-payment` */
	readonly payment: boolean;
	readonly yes?: true;
	readonly language?: Language;
	readonly json?: true;
};

const help = `
Three parts, as "checkHealth" of UnifiedPOS has them:
  internal     the machine: rights, disk, journal, server, certificate, clock
  external     each printer, each scanner, and who checks the passwords
  interactive  the loop: a sheet with live test cards is printed, you read each
               code with each scanner, the password is checked, a test payment
               is made (only where payApi.environment is test) and its slip
               printed

The running daemon does it, with the devices that it holds. Where none runs, one
is started for the test and stopped afterwards; then the secrets of the settings
must be there. What came of it is printed as well.`;

/** `selftest`: a technician proves a till. */
export function selfTestCommand(program: Command): void {
	withConfig(program.command("selftest"), "file with the settings")
		.description("prove a till: machine, devices, and the whole loop, in a minute")
		.addOption(new Option("--only <PART>", "one part alone").choices([...selfTestKinds]))
		.option("--no-payment", "make no test payment")
		.option("--yes", "ask nothing: what only eyes can tell is left out")
		.addOption(
			new Option("--language <LANGUAGE>", "language; that of the settings when left out").choices([
				"ru",
				"en",
			]),
		)
		.option("--json", "all that came of it, for a program; what to do is on the standard error")
		.addHelpText("after", help)
		.action(async (flags: SelfTestFlags) => {
			const { proveTill } = await import("./selftest-run.ts");
			await proveTill(flags);
		});
}

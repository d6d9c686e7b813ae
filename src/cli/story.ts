import { type Command, Option } from "commander";
import type { Language } from "../model/settings/settings.ts";
import { withConfig } from "./config-option.ts";

/** Options of `story`. */
export type StoryFlags = { readonly config: string; readonly language?: Language; readonly json?: true };

const help = `
ORDER is the orderId as the POS program gave it, or an operationId, or the
transactionId of a payment or refund. Its payments, refunds and fiscal receipts
are told in order of time. The daemon may run meanwhile. Nothing is changed, and
nothing secret is told.

Examples:
  kassad story 123
  kassad story 123 --language en
  kassad story 123 --json | less`;

/** `story`. */
export function storyCommand(program: Command): void {
	withConfig(program.command("story <ORDER>"), "file with the settings")
		.description("tell what happened with an order: requests, answers, outcome, slip, paper")
		.addOption(
			new Option("--language <LANGUAGE>", "language; that of the settings when left out").choices([
				"ru",
				"en",
			]),
		)
		.option("--json", "all that is known, for a program")
		.addHelpText("after", help)
		.action(async (order: string, flags: StoryFlags) => {
			const { tellStory } = await import("./story-telling.ts");
			tellStory(order, flags);
		});
}

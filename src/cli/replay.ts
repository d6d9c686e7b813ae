import { type Command, InvalidArgumentError } from "commander";
import { withConfig } from "./config-option.ts";

export type ReplayFlags = { config: string; speed: number };

/** `replay`: plays a recording through the language of its driver and shows what a till would have got. */
export function replayCommand(program: Command): void {
	withConfig(program.command("replay <FILE>"), "file with the settings, for what a card looks like")
		.description("play a recorded scanner and show what came of it")
		.option("--speed <N>", "so many times faster than it was", speedIn, 1)
		.action(async (file: string, flags: ReplayFlags) => {
			const { replay } = await import("./replay-file.ts");
			await replay(file, flags);
		});
}

function speedIn(text: string): number {
	if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
	throw new InvalidArgumentError("Expected a whole number from 1 to 9999.");
}

import { type Command, InvalidArgumentError } from "commander";
import { withConfig } from "./config-option.ts";

export type RecordFlags = {
	config: string;
	out: string;
	scanner?: string;
	path?: string;
	driver?: string;
	seconds?: number;
	title?: string;
};

/** `record`: writes down what a scanner says, without what is secret in it. */
export function recordCommand(program: Command): void {
	withConfig(program.command("record"), "file with the settings, for --scanner")
		.description("write what a scanner says into a file, every letter and digit replaced")
		.requiredOption("--out <FILE>", "the new file")
		.option("--scanner <NAME>", "a scanner of the settings")
		.option("--path <PATH>", "any device: its file, or usb:VVVV:PPPP")
		.option("--driver <DRIVER>", "the family of the scanner at --path")
		.option("--seconds <N>", "stop after so long; else on Ctrl-C", secondsIn)
		.option("--title <TEXT>", "what the recording shows")
		.action(async (flags: RecordFlags, command: Command) => {
			const { record } = await import("./record-scanner.ts");
			await record(flags, command);
		});
}

function secondsIn(text: string): number {
	if (/^[1-9]\d{0,4}$/.test(text)) return Number(text);
	throw new InvalidArgumentError("Expected a whole number from 1 to 99999.");
}

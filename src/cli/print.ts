import { type Command, InvalidArgumentError, Option } from "commander";
import type { PrintMark } from "../model/print.ts";
import { documentHoles } from "../model/settings/document-holes.ts";
import { withConfig } from "./config-option.ts";

/** Options of every command about one printer of the settings; the first one when none is named. */
export type PrinterFlags = { readonly config: string; readonly printer?: string };

/** Options of `print preview`. */
export type PreviewFlags = PrinterFlags & {
	readonly columns?: number;
	readonly mark?: Exclude<PrintMark, "original">;
	readonly documents?: string;
	readonly out?: string;
	readonly text?: true;
	readonly json?: true;
};

const previewHelp = `
The document is drawn with sample data, by the printer's own language: what the
model would print, its code page included.

Documents: ${Object.keys(documentHoles).join(", ")}.

Examples:
  kassad print preview payment
  kassad print preview fiscal-receipt --columns 32 --out receipt.png
  kassad print preview self-test --printer receipt --text`;

/** `print preview`. */
export function printCommands(program: Command): void {
	const print = program
		.command("print")
		.description("look at what is printed: print preview")
		.helpCommand(false);
	withConfig(print.command("preview <DOCUMENT>"), "file with the settings")
		.description("show how a document of config/documents.yaml comes out, without printing it")
		.addOption(
			new Option("--columns <N>", "characters in a line, 24 to 96, of a printer without a name")
				.argParser(columns)
				.conflicts("printer"),
		)
		.option("--printer <NAME>", "a printer of the settings; the first when left out")
		.addOption(new Option("--mark <WORD>", "a copy, or a repeat").choices(["copy", "repeat"]))
		.option("--documents <FILE>", "try another file of templates")
		.option("--out <FILE>", "write a picture of the paper, a PNG")
		.option("--text", "the lines alone, without the paper around them")
		.option("--json", "all that is known, for a program")
		.addHelpText("after", previewHelp)
		.action(async (document: string, flags: PreviewFlags, command: Command) => {
			const { preview } = await import("./print-preview.ts");
			await preview(document, flags, command);
		});
}

function columns(given: string): number {
	const number = Number(given);
	if (Number.isInteger(number) && number >= 24 && number <= 96) return number;
	throw new InvalidArgumentError("Expected a whole number from 24 to 96.");
}

import { type Command, InvalidArgumentError, Option } from "commander";
import type { PrintMark } from "../model/print.ts";
import { documentHoles } from "../model/settings/document-holes.ts";
import { withConfig } from "./config-option.ts";
import { wrap } from "./wrap.ts";

/** Options of every command about one printer of the settings; the first one when none is named. */
export type PrinterFlags = { readonly config: string; readonly printer?: string };

/** Options of `print test`. */
export type TestFlags = PrinterFlags & { readonly json?: true };

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

${wrap(`Documents: ${Object.keys(documentHoles).join(", ")}.`, 0).join("\n")}

Examples:
  kassad print preview payment
  kassad print preview fiscal-receipt --columns 32 --out receipt.png
  kassad print preview self-test --printer receipt --text`;

const whichPrinter = ["--printer <NAME>", "a printer of the settings; the first when left out"] as const;

const codepagesHelp = `
The daemon must be stopped. The strip has one sentence under each code page that
the model may have, with a number and a barcode. Read the barcode under the line
that is right Russian, with a scanner of the settings, or type its number. The
page is written into the settings as tuning.codePage; nothing else changes.`;

const setupHelp = `
The daemon must be stopped. Only families whose bar codes a public source tells
are here; a code that it does not tell is marked as unverified, on the paper,
too. Those of other families are in their manuals.`;

/** `print preview`, `print test`, `print codepages` and `print setup`. */
export function printCommands(program: Command): void {
	const print = program
		.command("print")
		.description("look at what is printed: print preview | test | codepages | setup")
		.helpCommand(false);
	previewCommand(print);
	testCommand(print);
	codepagesCommand(print);
	setupCommand(print);
}

function previewCommand(print: Command): void {
	withConfig(print.command("preview <DOCUMENT>"), "file with the settings")
		.description("show how a document of config/documents.yaml comes out, without printing it")
		.addOption(
			new Option("--columns <N>", "characters in a line, 24 to 96, of a printer without a name")
				.argParser(columns)
				.conflicts("printer"),
		)
		.option(...whichPrinter)
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

function testCommand(print: Command): void {
	withConfig(print.command("test"), "file with the settings")
		.description("ask a printer how it is and print the self-test sheet; the daemon must be stopped")
		.option(...whichPrinter)
		.option("--json", "all that is known, for a program")
		.action(async (flags: TestFlags) => {
			const { testPrinter } = await import("./print-test.ts");
			await testPrinter(flags);
		});
}

function codepagesCommand(print: Command): void {
	withConfig(print.command("codepages"), "file with the settings, to be changed")
		.description("print a strip of code pages, and save the one whose barcode is read")
		.option(...whichPrinter)
		.addHelpText("after", codepagesHelp)
		.action(async (flags: PrinterFlags) => {
			const { findCodePage } = await import("./print-codepages.ts");
			await findCodePage(flags);
		});
}

function setupCommand(print: Command): void {
	withConfig(print.command("setup [FAMILY]"), "file with the settings")
		.description("print the bar codes that set up a family of scanners; without a family: which there are")
		.option(...whichPrinter)
		.addHelpText("after", setupHelp)
		.action(async (family: string | undefined, flags: PrinterFlags) => {
			const { printSetup } = await import("./print-setup.ts");
			await printSetup(family, flags);
		});
}

function columns(given: string): number {
	const number = Number(given);
	if (Number.isInteger(number) && number >= 24 && number <= 96) return number;
	throw new InvalidArgumentError("Expected a whole number from 24 to 96.");
}

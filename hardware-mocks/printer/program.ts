import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Command, Option } from "commander";
import type { MockPrinter, PrinterOptions } from "../printer.ts";
import { type ModelName, models } from "./models.ts";
import type { PrintedReceipt } from "./receipt.ts";
import { terminalView } from "./terminal.ts";

const help = `
While it runs, type a word and Enter:
  out       the roll ends              low       the roll is near its end
  cover     the cover is opened        jam       the cutter sticks
  offline   offline without a reason   reload    all is well again, what waits is printed
  tear      tear off what is printed   quit      end`;

type Options = { port: string; host: string; model: ModelName; png?: string; mute: boolean };

/** What may be typed while the program runs. */
const words: Readonly<Record<string, (printer: MockPrinter) => void>> = {
	out: (printer) => printer.paperOut(),
	low: (printer) => printer.paperLow(),
	cover: (printer) => printer.coverOpen(),
	jam: (printer) => printer.jamCutter(),
	offline: (printer) => printer.goOffline(),
	reload: (printer) => printer.reload(),
	tear: (printer) => printer.tear(),
};

/** The printer as a program of its own, until `quit`, SIGINT or SIGTERM. */
export async function runPrinterProgram(
	start: (options: PrinterOptions) => Promise<MockPrinter>,
): Promise<void> {
	const command = new Command("printer.ts")
		.description("A receipt printer that is not there: ESC/POS on a TCP port, paper in the terminal.")
		.option("--port <number>", "TCP port; 0 for any free one", "9100")
		.option("--host <address>", "address to listen on", "127.0.0.1")
		.addOption(
			new Option("--model <name>", "what is on the box").choices(Object.keys(models)).default("80mm"),
		)
		.option("--png <folder>", "write each receipt as a picture into this folder")
		.option("--mute", "never answer, as some clones", false)
		.addHelpText("after", help)
		.parse();
	const { port, host, model, png, mute } = command.opts<Options>();
	const { title, ...facts } = models[model];
	const printer = await start({ ...facts, host, port: Number(port), mute }).catch((error: Error) =>
		command.error(`cannot print for ${host}:${port}: ${error.message}`),
	);
	console.log(`${title}, ${facts.dots} dots, on ${printer.host}:${printer.port}`);
	const startedAt = new Date().toISOString().replaceAll(":", "-");
	printer.receipt$.subscribe((receipt) => {
		console.log(terminalView(receipt));
		if (png !== undefined) savePicture(receipt, png, `${startedAt}-${printer.receipts.length}.png`);
	});
	printer.mistake$.subscribe((what) => console.log(`! ${what}`));
	await untilQuit(printer);
	await printer.close();
}

function savePicture(receipt: PrintedReceipt, folder: string, name: string): void {
	mkdirSync(folder, { recursive: true });
	const file = join(folder, name);
	writeFileSync(file, receipt.png);
	console.log(file);
}

/** Obeys what is typed. The end of the input is no reason to end: the printer may run in the background. */
async function untilQuit(printer: MockPrinter): Promise<void> {
	const lines = createInterface({ input: process.stdin });
	await new Promise<void>((resolve) => {
		for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
		lines.on("line", (line) => {
			const word = line.trim();
			if (word === "quit") resolve();
			else if (word !== "") obey(printer, word);
		});
	});
	lines.close();
}

function obey(printer: MockPrinter, word: string): void {
	const deed = words[word];
	if (deed !== undefined) deed(printer);
	else console.log(`unknown: ${word} (${[...Object.keys(words), "quit"].join(", ")})`);
}

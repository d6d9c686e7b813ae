import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import type { MockPrinter, PrinterOptions } from "../printer.ts";
import { type ModelName, models } from "./models.ts";
import type { PrintedReceipt } from "./receipt.ts";
import { terminalView } from "./terminal.ts";

const usage = `A receipt printer that is not there: ESC/POS on a TCP port, paper in the terminal.

  node hardware-mocks/printer.ts [--port 9100] [--host 127.0.0.1] [--model 80mm] [--png FOLDER] [--mute]

  --port    TCP port, 9100 when not given; 0 for any free one
  --host    address to listen on, 127.0.0.1 when not given
  --model   ${Object.keys(models).join(", ")}; 80mm when not given
  --png     writes each receipt as a picture into this folder
  --mute    never answers, as some clones
  --help    this text

While it runs, type a word and Enter:
  out       the roll ends              low       the roll is near its end
  cover     the cover is opened        jam       the cutter sticks
  offline   offline without a reason   reload    all is well again, what waits is printed
  tear      tear off what is printed   quit      end`;

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

/** The printer as a program of its own; resolves when it has been told to quit. */
export async function runProgram(start: (options: PrinterOptions) => Promise<MockPrinter>): Promise<void> {
	const { values } = parseArgs({
		options: {
			port: { type: "string", default: "9100" },
			host: { type: "string", default: "127.0.0.1" },
			model: { type: "string", default: "80mm" },
			png: { type: "string" },
			mute: { type: "boolean", default: false },
			help: { type: "boolean", default: false },
		},
	});
	if (values.help) return console.log(usage);
	const facts = models[modelNamed(values.model)];
	const printer = await start({ ...facts, host: values.host, port: Number(values.port), mute: values.mute });
	console.log(`Printing for ${printer.host}:${printer.port} (${values.model}, ${facts.dots} dots)`);
	printer.receipt$.subscribe((receipt) => show(receipt, values.png));
	printer.mistake$.subscribe((what) => console.log(`! ${what}`));
	await obeyWords(printer);
	await printer.close();
}

function modelNamed(name: string): ModelName {
	if (Object.hasOwn(models, name)) return name as ModelName;
	throw new RangeError(`no model ${name}: there are ${Object.keys(models).join(", ")}`);
}

function show(receipt: PrintedReceipt, folder: string | undefined): void {
	console.log(terminalView(receipt));
	if (folder === undefined) return;
	mkdirSync(folder, { recursive: true });
	const file = join(folder, `receipt-${new Date().toISOString().replaceAll(":", "-")}.png`);
	writeFileSync(file, receipt.png);
	console.log(file);
}

async function obeyWords(printer: MockPrinter): Promise<void> {
	const lines = createInterface({ input: process.stdin });
	process.once("SIGTERM", () => lines.close());
	for await (const line of lines) {
		const word = line.trim();
		if (word === "quit") return;
		const deed = words[word];
		if (deed !== undefined) deed(printer);
		else if (word !== "") console.log(`unknown: ${word} (${[...Object.keys(words), "quit"].join(", ")})`);
	}
}

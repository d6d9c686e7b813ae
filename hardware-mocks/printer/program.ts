import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Command, InvalidArgumentError, Option } from "commander";
import type { MockPrinter, PrinterOptions } from "../printer.ts";
import { type ModelName, models } from "./models.ts";
import type { PrintedReceipt } from "./receipt.ts";
import type { SerialOptions } from "./serial-board.ts";
import { terminalView } from "./terminal.ts";
import { helpOfWords, obeyWord } from "./words.ts";

type Options = {
	readonly model: ModelName;
	readonly network: boolean;
	readonly port: number;
	readonly host: string;
	readonly serial?: string;
	readonly flow: NonNullable<SerialOptions["flow"]>;
	readonly fifo?: string;
	readonly file?: string;
	readonly speed?: number;
	readonly roll?: number;
	readonly buffer?: number;
	readonly hasty?: boolean;
	readonly mute?: boolean;
	readonly noise?: number;
	readonly late?: number;
	readonly oneBehind?: boolean;
	readonly png?: string;
};

/** The printer as a program of its own, until `quit`, SIGINT or SIGTERM. */
export async function runPrinterProgram(
	start: (options: PrinterOptions) => Promise<MockPrinter>,
): Promise<void> {
	const command = declared();
	const options = command.parse().opts<Options>();
	const printer = await start(printerOptions(options)).catch((error: Error) =>
		command.error(`cannot print: ${error.message}`),
	);
	if (options.roll !== undefined) printer.paperOutAfterDots(options.roll);
	console.log(`${models[options.model].title}: ${linesOf(options, printer).join(", ")}`);
	show(printer, options.png);
	if (options.file !== undefined) {
		printer.feed(readFileSync(options.file));
		if (printer.hanging.marks.length > 0) printer.tear();
	} else await untilQuit(printer);
	await printer.close();
}

function declared(): Command {
	return new Command("printer.ts")
		.description("A receipt printer that is not there: ESC/POS in, paper in the terminal and as pictures.")
		.addOption(new Option("--model <name>", "what it is").choices(Object.keys(models)).default("80mm"))
		.optionsGroup("How it is connected:")
		.option("--port <number>", "TCP port; 0 for any free one", whole, 9100)
		.option("--host <address>", "address to listen on", "127.0.0.1")
		.option("--no-network", "no TCP")
		.option("--serial <link>", "a serial line (pseudo-terminal) under this name")
		.addOption(
			new Option("--flow <how>", "how it makes the serial line wait")
				.choices(["xon-xoff", "rts-cts", "none"])
				.default("xon-xoff"),
		)
		.option("--fifo <path>", "a FIFO, made if it is not there; nothing comes back")
		.option("--file <path>", "print this file and end")
		.optionsGroup("What is the matter with it:")
		.option("--speed <mm/s>", "paper takes its time", whole)
		.option("--roll <dots>", "the roll ends after so much paper", whole)
		.option("--buffer <bytes>", "receive buffer, instead of the model's", whole)
		.option("--hasty", "answers when it has read, not when it has printed")
		.option("--mute", "never answers")
		.option("--noise <seed>", "random bytes, XON and XOFF inside its answers", whole)
		.option("--late <ms>", "each answer comes so much later", whole)
		.option("--one-behind", "each answer comes when the next one is due")
		.optionsGroup("What comes of it:")
		.option("--png <folder>", "write each receipt as a picture into this folder")
		.addHelpText("after", helpOfWords());
}

function whole(text: string): number {
	if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("expected a whole number");
	return Number(text);
}

function printerOptions(options: Options): PrinterOptions {
	const { model, network, host, serial, flow, fifo, file, speed, buffer, hasty, mute } = options;
	return {
		model,
		host,
		port: network && file === undefined ? options.port : null,
		...(serial !== undefined && { serial: { link: serial, flow } }),
		...(fifo !== undefined && { fifo }),
		...(speed !== undefined && speed > 0 && { mmPerS: speed }),
		...(buffer !== undefined && { bufferBytes: buffer }),
		...(hasty && { answers: "parsed" }),
		...(mute && { mute }),
		garbling: garblingOf(options),
	};
}

function garblingOf({ noise, late = 0, oneBehind = false }: Options) {
	const chance = noise === undefined ? 0 : 0.1;
	return { seed: noise ?? 0, noise: chance, flow: chance, lateMs: late, oneBehind };
}

function linesOf({ serial, fifo, file }: Options, { host, port }: MockPrinter): string[] {
	return [
		...(port > 0 ? [`${host}:${port}`] : []),
		...[serial, fifo, file].filter((path) => path !== undefined),
	];
}

function show(printer: MockPrinter, folder: string | undefined): void {
	const startedAt = new Date().toISOString().replaceAll(":", "-");
	printer.receipt$.subscribe((receipt) => {
		console.log(terminalView(receipt));
		if (folder !== undefined) savePicture(receipt, folder, `${startedAt}-${printer.receipts.length}.png`);
	});
	printer.mistake$.subscribe((what) => console.log(`! ${what}`));
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
	let last: Promise<void> = Promise.resolve();
	await new Promise<void>((resolve) => {
		for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
		lines.on("line", (line) => {
			const typed = line.trim();
			if (typed === "quit") resolve();
			else if (typed !== "") last = last.then(() => obeyWord(printer, typed)).then(say, say);
		});
	});
	lines.close();
}

function say(what: unknown): void {
	if (what !== undefined) console.log(what instanceof Error ? what.message : what);
}

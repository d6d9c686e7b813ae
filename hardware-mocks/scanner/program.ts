import { randomBytes } from "node:crypto";
import { createInterface } from "node:readline";
import { Command } from "commander";
import type { MockScanner } from "../scanner.ts";
import type { PayCard } from "./barcodes.ts";
import { codeOnNewest, isKind } from "./look.ts";

const help = `
At the prompt:
  card [session]   a card that can pay, with a fresh password and this session (a new one when left out)
  again            the last barcode once more, byte for byte
  old              the same card without session and password
  ean [digits]     a product's EAN-13
  see [kind]       the code of this kind on the newest picture in the folder of
                   --sees: qr (when left out), datamatrix, pdf417 or code128
  garbage [bytes]  bytes that mean nothing
  unplug, replug   pull the cable, put it back
  quit`;

type Options = { link: string; key: string; prefix: string; number: string; aim: string; sees?: string };

/** Runs a scanner with a prompt on standard input until `quit` or the end of the input. */
export async function runScannerProgram(plug: (link: string) => MockScanner): Promise<void> {
	const command = new Command("scanner.ts")
		.description("A barcode scanner on a pseudo-terminal, for trying out a till without one.")
		.requiredOption("--link <path>", "symbolic link to create, such as /tmp/scanner")
		.requiredOption("--key <hex>", "the brand's secret, for one-time passwords")
		.option("--prefix <text>", "the brand's prefix", "")
		.option("--number <digits>", "number of the card", "9643901234567890")
		.option("--aim <id>", "AIM identifier of the card's barcode", "]Q1")
		.option("--sees <folder>", "a folder with pictures, such as that of the printer's --png")
		.addHelpText("after", help)
		.parse();
	const options = command.opts<Options>();
	const scanner = plug(options.link);
	console.log(`Plugged in: ${options.link}${help}`);
	const prompt = createInterface({ input: process.stdin, output: process.stdout, prompt: "scanner> " });
	const ended = new AbortController();
	prompt.once("close", () => ended.abort());
	prompt.on("SIGINT", () => prompt.close());
	const deeds = deedsOf(scanner, options, () => prompt.close());
	prompt.prompt();
	for await (const line of prompt) {
		await obey(deeds, line);
		if (!ended.signal.aborted) prompt.prompt();
	}
	await scanner.close();
}

type Deeds = Readonly<Record<string, (word: string | undefined) => unknown>>;

function deedsOf(scanner: MockScanner, { key, prefix, number, aim, sees }: Options, quit: () => void): Deeds {
	const card: Omit<PayCard, "session"> = { prefix, number, key, symbology: aim };
	let last: Uint8Array = new Uint8Array();
	const remember = async (sending: Promise<Uint8Array>) => {
		last = await sending;
	};
	return {
		card: (session) => remember(scanner.showCard({ ...card, session: session ?? newSession() })),
		again: () => scanner.send(last),
		old: () => remember(scanner.showCard({ prefix, number, symbology: aim })),
		ean: (digits) => remember(scanner.show("]E0", digits ?? "4006381333931")),
		see: async (kind) => {
			const { aim, content } = await codeSeen(sees, kind ?? "qr");
			await remember(scanner.show(aim, content));
		},
		garbage: (bytes) => remember(scanner.garbage(Date.now(), Number(bytes ?? 100))),
		unplug: () => scanner.unplug(),
		replug: () => scanner.replug(),
		quit,
	};
}

async function codeSeen(folder: string | undefined, kind: string) {
	if (folder === undefined) throw new Error("where to look? Start it with --sees <folder>");
	if (!isKind(kind)) throw new Error(`not a kind: ${kind}`);
	const code = await codeOnNewest(folder, kind);
	if (code === undefined) throw new Error(`no ${kind} to be seen on the newest picture in ${folder}`);
	return code;
}

async function obey(deeds: Deeds, line: string): Promise<void> {
	const [name = "", word] = line.trim().split(/\s+/);
	if (name === "") return;
	const deed = deeds[name];
	if (deed === undefined) {
		console.log(`Not known: ${name}. Known: ${Object.keys(deeds).join(", ")}`);
		return;
	}
	try {
		await deed(word);
	} catch (error) {
		console.log(error instanceof Error ? error.message : error);
	}
}

/** Six letters and digits, as in a one-dimensional barcode. */
function newSession(): string {
	return randomBytes(3).toString("hex").toUpperCase();
}

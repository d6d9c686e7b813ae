import type { MockPrinter } from "../printer.ts";
import { terminalView } from "./terminal.ts";

type Word = {
	readonly help: string;
	/** @returns what to tell. */
	act(printer: MockPrinter, more: string): string | undefined | Promise<string | undefined>;
};

const silent =
	(act: (printer: MockPrinter, more: string) => unknown): Word["act"] =>
	async (printer, more) => {
		await act(printer, more);
		return undefined;
	};

/** What may be typed while the program runs. */
const words: Readonly<Record<string, Word>> = {
	out: { help: "the roll ends", act: silent((printer) => printer.paperOut()) },
	"out-after": {
		help: "it ends after so many dots of paper (8 are a millimetre)",
		act: silent((printer, more) => printer.paperOutAfterDots(Number(more))),
	},
	low: { help: "the roll is near its end", act: silent((printer) => printer.paperLow()) },
	cover: { help: "the cover is opened", act: silent((printer) => printer.coverOpen()) },
	jam: { help: "the cutter sticks", act: silent((printer) => printer.jamCutter()) },
	"jam-at-cut": { help: "it sticks at the next cut", act: silent((printer) => printer.jamAtNextCut()) },
	hot: { help: "the head is too hot for 10 s", act: silent((printer) => printer.overheat(10_000)) },
	broken: { help: "only a service can help", act: silent((printer) => printer.befall({ broken: true })) },
	offline: { help: "offline without a reason", act: silent((printer) => printer.goOffline()) },
	reload: { help: "a new roll, all is well again", act: silent((printer) => printer.reload()) },
	tear: { help: "tear off what is printed", act: silent((printer) => printer.tear()) },
	look: { help: "show what hangs in the printer", act: (printer) => terminalView(printer.hanging) },
	find: {
		help: "how often a text is on paper so far",
		act: (printer, more) => `${printer.timesOnPaper(more)} times on paper: ${more}`,
	},
	mute: { help: "answer nothing from now on", act: silent((printer) => printer.mute()) },
	speak: { help: "answer again", act: silent((printer) => printer.mute(false)) },
	off: { help: "pull the plug", act: silent((printer) => printer.powerOff()) },
	on: { help: "put it back", act: silent((printer) => printer.powerOn()) },
	"off-after": {
		help: "lose the power after so many more bytes",
		act: (printer, more) => {
			// Nobody waits for it: other words may come before.
			void printer.powerLossAfter(Number(more));
			return undefined;
		},
	},
};

/** The words with what they do, for the help. */
export function helpOfWords(): string {
	const rows = Object.entries({ ...words, quit: { help: "end" } }).map(
		([word, { help }]) => `  ${word.padEnd(12)}${help}`,
	);
	return `\nWhile it runs, type a word and Enter:\n${rows.join("\n")}`;
}

/** Does what was typed, but `quit`, and says what came of it. */
export async function obeyWord(printer: MockPrinter, line: string): Promise<string | undefined> {
	const [, word = "", more = ""] = /^(\S+)\s*(.*)$/.exec(line.trim()) ?? [];
	const known = words[word];
	if (known === undefined) return `unknown: ${word} (${[...Object.keys(words), "quit"].join(", ")})`;
	return await known.act(printer, more);
}

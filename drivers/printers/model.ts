import type { SymbolKind } from "../../src/model/block.ts";
import type { SerialLine } from "../../src/model/device.ts";
import type { CodePage, ConfirmationKind, PrinterTuning } from "../../src/model/printer.ts";

/**
 * How a printer cuts (Epson ESC/POS GS V): `partial` and `full` feed to the blade by themselves, `esc-i` is ESC i of
 * old command sets, and with `none` the paper is fed to where it is torn.
 */
export type Cut = NonNullable<PrinterTuning["cut"]>;

/**
 * Facts of one printer model that speaks ESC/POS, as its maker or those who met it tell them. A fact that nobody has
 * verified is marked so in a comment beside it.
 */
export type PrinterModel = {
	readonly id: string;
	readonly title: string;
	readonly dpi: 180 | 203;
	/** Printable dots in a line. */
	readonly dots: number;
	/** Characters in a line of font A, 12 dots wide, and of font B. kassad writes in A: clones lack Cyrillic in B. */
	readonly columns: { readonly a: number; readonly b: number };
	/** Every Cyrillic page that it is known to have, by its own numbers; it writes with the first. */
	readonly codePages: readonly [CodePage, ...CodePage[]];
	/** A page that has to be selected before the one that is meant, where a single ESC t is not obeyed. */
	readonly pageBefore: number | null;
	readonly cut: Cut;
	/** Symbols that it draws by itself; the others are sent as pictures. */
	readonly symbols: readonly SymbolKind[];
	/** Whether it answers DLE EOT, and whether GS a makes it tell changes. */
	readonly status: boolean;
	readonly automaticStatus: boolean;
	readonly confirms: ConfirmationKind;
	/** Whether it prints the rest of a block by itself after a new roll is in. */
	readonly resumes: boolean;
	/** The line that it is delivered with, where it is sold with a serial port. */
	readonly line: SerialLine | null;
	/** Millimetres of paper in a second when it is slowest: dense print, a worn power supply. */
	readonly slowestMmPerSecond: number;
};

/** A model as a technician found it: what is null stays. */
export function tunedModel(model: PrinterModel, tuning: Partial<PrinterTuning>): PrinterModel {
	const status = tuning.status ?? model.status;
	// A printer that answers nothing tells nothing unasked, and cannot be seen well after the lines.
	const automaticStatus = tuning.automaticStatus ?? (status && model.automaticStatus);
	const confirms = status || model.confirms !== "status" ? model.confirms : "none";
	return {
		...model,
		dots: tuning.dots ?? model.dots,
		columns: { ...model.columns, a: tuning.columns ?? model.columns.a },
		codePages: tuning.codePage ? pagesFrom(tuning.codePage, model.codePages) : model.codePages,
		cut: tuning.cut ?? model.cut,
		symbols: tuning.nativeSymbols ?? model.symbols,
		status,
		automaticStatus,
		confirms: tuning.confirmation ?? confirms,
		resumes: tuning.resumes ?? model.resumes,
	};
}

function pagesFrom(first: CodePage, known: readonly CodePage[]): [CodePage, ...CodePage[]] {
	const others = known.filter(
		({ encoding, number }) => encoding !== first.encoding || number !== first.number,
	);
	return [first, ...others];
}

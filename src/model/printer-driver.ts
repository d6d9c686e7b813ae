import type { Block, SymbolKind } from "./block.ts";
import type { SerialLine } from "./device.ts";
import type {
	CodePage,
	ConfirmationKind,
	Inquiry,
	PrinterConditions,
	PrinterIdentity,
	PrinterReply,
	PrinterTuning,
} from "./printer.ts";

/** Facts of one printer model and the bytes of its language. */
export type PrinterDriver = {
	readonly kind: "printer";
	readonly id: string;
	readonly title: string;
	/** Characters of the standard font in a line. */
	readonly columns: number;
	/** Printable dots in a line. */
	readonly dots: number;
	/** The page that it writes with: the first of `codePages`. */
	readonly codePage: CodePage;
	/** Every Cyrillic page that the model or one of its likes is known to have, for a technician to choose from. */
	readonly codePages: readonly CodePage[];
	/** The line that the model is delivered with, where it has one. */
	readonly line: SerialLine | null;
	/** How it proves that a block is on paper. */
	readonly confirms: ConfirmationKind;
	/** Whether it answers questions about itself at all. */
	readonly answersStatus: boolean;
	/** Whether it prints the rest of a block by itself after a new roll is in. */
	readonly resumes: boolean;
	/** The whole block in the printer's language, beginning from a known state. Unmappable characters become `?`. */
	encode(block: Block): Uint8Array;
	/**
	 * Sent before a block when the one before it may have broken off in the middle, as when the channel was lost: without
	 * it a printer takes the beginning of the new block for the rest of the old one's picture or barcode.
	 */
	readonly afterBroken: Uint8Array;
	/** Whether a symbol comes out as one; false when the paper is too narrow for it, and its data is printed as text. */
	draws(symbol: SymbolKind, data: string): boolean;
	/** How many characters of the block the printer lacks and prints as `?`. */
	unmapped(block: Block): number;
	/** How long the block takes to print and cut, ms, at the model's slowest; a bound for waiting, no measurement. */
	paperMs(block: Block): number;
	/** A new listener: takes what arrives in pieces of any size and returns what the printer has said, whole. */
	listen(): (bytes: Uint8Array) => PrinterReply[];
	/** Asks for the state of paper, cover and cutter (DLE EOT 1 to 4). */
	status(): Inquiry<PrinterConditions>;
	/** Sent once on an open channel, so that changes are told unasked (GS a); empty when the model cannot. */
	readonly announceChanges: Uint8Array;
	/** The conditions after an unasked report; undefined when the reply is none. */
	changed(reply: PrinterReply): PrinterConditions | undefined;
	/**
	 * Asks for proof that all before it is on paper, or null when the model has none (`confirms` is `status` or `none`).
	 * `id` is four printable ASCII characters.
	 */
	confirmation(id: string): Inquiry<Confirmation> | null;
	/** Asks what it is (GS I). */
	identity(): Inquiry<PrinterIdentity>;
	/** The same model as a technician found it: what is null or left out stays as it is. */
	tuned(tuning: Partial<PrinterTuning>): PrinterDriver;
};

/** What a printer says when asked for proof: the proof, or that it has no paper, and then nothing is proven. */
export type Confirmation = "process-id" | "paper-barrier" | "printer-paper-out";

import type { FaultCode } from "./fault.ts";

/**
 * All that a printer's status bits say, whichever way they came: DLE EOT 1 to 4 or automatic status (Epson ESC/POS).
 * A sensor that a model lacks reads as if all were well.
 */
export type PrinterConditions = {
	readonly online: boolean;
	readonly coverOpen: boolean;
	/** `low` is the near-end of the roll. */
	readonly paper: "enough" | "low" | "out";
	readonly cutterError: boolean;
	/** An error that goes away by itself: the head is too hot, or the cover was opened while printing. */
	readonly hot: boolean;
	/** An error that can be recovered from when its cause is removed. */
	readonly mechanicalError: boolean;
	/** An error that only a service can mend. */
	readonly broken: boolean;
	/** Whether the printer waits to be told to go on after an error. */
	readonly waitsForRecovery: boolean;
	/** Whether somebody feeds paper by the button. */
	readonly feedButton: boolean;
	/** Level of the drawer's sensor, connector pin 3; what it means depends on the drawer. */
	readonly drawerPinHigh: boolean;
};

/** What is known of a printer; `unreadable` is its own state and never means "no paper". */
export type PrinterStatus =
	| { readonly state: "readable"; readonly conditions: PrinterConditions }
	/** The channel is open, and the printer does not answer questions about itself. */
	| { readonly state: "unreadable" }
	/** There is no channel to it. */
	| { readonly state: "away"; readonly detail: string };

/** What keeps a printer from printing, in the order of reporting: an open cover raises "paper end" as well. */
const stops: readonly (readonly [FaultCode, (conditions: PrinterConditions) => boolean])[] = [
	["printer-cover-open", ({ coverOpen }) => coverOpen],
	["printer-paper-out", ({ paper }) => paper === "out"],
	["printer-cutter", ({ cutterError }) => cutterError],
	["printer-broken", ({ broken }) => broken],
	["printer-offline", ({ online }) => !online],
];

/** Why a printer in this state does not print, or undefined when it does; low paper never keeps it. */
export function stopOf(conditions: PrinterConditions): FaultCode | undefined {
	return stops.find(([, holds]) => holds(conditions))?.[0];
}

/** One thing that a printer said, whole. */
export type PrinterReply =
	/** The answer to a real-time question, DLE EOT n. */
	| { readonly kind: "real-time"; readonly byte: number }
	/** The one-byte answer to a question that waited its turn, GS r n. */
	| { readonly kind: "queued"; readonly byte: number }
	/** Four bytes of automatic status. */
	| { readonly kind: "automatic"; readonly bytes: Uint8Array }
	/** A header, an identifier and data (GS ( H, GS I as text); the NUL at its end is left out. */
	| { readonly kind: "block"; readonly bytes: Uint8Array };

/** One question to a printer, and how its answer is known. */
export type Inquiry<T> = {
	readonly request: Uint8Array;
	/** The answer among the replies that came since the question left, in their order; undefined while it has not come. */
	read(replies: readonly PrinterReply[]): T | undefined;
};

/** What a printer answers to GS I; each is a hint only, since clones claim famous names. */
export type PrinterIdentity = {
	readonly maker?: string;
	readonly model?: string;
	readonly firmware?: string;
	/** GS I 2: whether it has two-byte characters, and a cutter. */
	readonly twoByte?: boolean;
	readonly cutter?: boolean;
};

/** How a printer proves that a block is on paper, the strongest first. */
export type ConfirmationKind = "process-id" | "paper-barrier" | "status" | "none";

/** A code page as the printer numbers it for ESC t, and what its bytes mean. */
export type CodePage = { readonly encoding: CodePageEncoding; readonly number: number };

/** Cyrillic code pages of receipt printers, by the names of iconv-lite. */
export const codePageEncodings = ["cp866", "cp1251", "cp855", "cp1125", "rk1048"] as const;
export type CodePageEncoding = (typeof codePageEncodings)[number];

/** What a technician found to be otherwise than the model's data says; null leaves the model's own. */
export type PrinterTuning = {
	readonly columns: number | null;
	readonly dots: number | null;
	readonly codePage: CodePage | null;
	readonly confirmation: ConfirmationKind | null;
	/** Whether it answers DLE EOT, and whether it tells changes by itself (GS a). */
	readonly status: boolean | null;
	readonly automaticStatus: boolean | null;
	readonly cut: "partial" | "full" | "esc-i" | "none" | null;
	/** Which symbols it draws by itself; the others are sent as pictures. */
	readonly nativeSymbols: readonly ("code128" | "pdf417" | "datamatrix" | "qr")[] | null;
	/** Whether it prints the rest of a block after a new roll is in. */
	readonly resumes: boolean | null;
};

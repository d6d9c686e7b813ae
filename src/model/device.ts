import type { Observable } from "rxjs";
import type { Block } from "./block.ts";
import type { FaultCode } from "./fault.ts";
import type { Evidence } from "./print.ts";

/** Why a channel ended. */
export type Gone = {
	readonly reason: "unplugged" | "closed" | "refused" | "timed-out" | "failed";
	/** For the technician: the operating system's words. */
	readonly detail: string;
};

/** An open channel to a device: the only seam to hardware. */
export type Port = {
	/** What arrives, in pieces of any size; completes when the channel is gone. Never errors. */
	readonly bytes$: Observable<Uint8Array>;
	/** Resolves when the operating system has taken every byte. @throws {FaultError} when it has not. */
	write(bytes: Uint8Array): Promise<void>;
	/** Resolves once, when the channel has ended for whatever reason. */
	readonly gone: Promise<Gone>;
	/** Ends the channel after what was written has left; safe to call twice. */
	close(): Promise<void>;
};

/** Whether a device is there; while it is away, when it is tried again. */
export type Presence =
	| { readonly state: "open"; readonly port: Port }
	| { readonly state: "away"; readonly gone: Gone; readonly retryInMs: number };

/** Where one read ends: by marks around it, or by a pause after it. */
export type Framing =
	| {
			readonly by: "marks";
			/** Bytes in front of the content, or none. */
			readonly start: readonly number[];
			/** Byte sequences that end the content; the longest that matches is taken. */
			readonly ends: readonly (readonly number[])[];
			/**
			 * When above 0 a terminator ends the read only if nothing follows for this many ms,
			 * so that the same bytes inside the content survive.
			 */
			readonly settleMs: number;
	  }
	| { readonly by: "silence"; readonly gapMs: number };

/** A serial line as the operating system is asked to set it. */
export type SerialLine = {
	readonly baudRate: number;
	readonly dataBits: 7 | 8;
	readonly parity: "none" | "even" | "odd";
	readonly stopBits: 1 | 2;
};

/** Facts of one scanner family. */
export type ScannerDriver = {
	readonly kind: "scanner";
	readonly id: string;
	readonly title: string;
	readonly line: SerialLine;
	readonly framing: Framing;
	/** Whether its reads begin with AIM identifiers (`]C0`) as delivered. */
	readonly aim: boolean;
};

/** What a printer says of itself; `unreadable` is its own state and never means "no paper". */
export type PrinterStatus =
	| { readonly state: "ready"; readonly paperLow: boolean }
	| { readonly state: "stopped"; readonly fault: FaultCode }
	| { readonly state: "unreadable" };

/** One question to a printer and how its answer is recognised in what the printer sends. */
export type Inquiry<T> = {
	readonly request: Uint8Array;
	/**
	 * The answer in the bytes received since the channel opened, or undefined while it has not come.
	 * What begins before index `from` is older than the question and answers nothing.
	 */
	read(received: Uint8Array, from?: number): T | undefined;
};

/** What a printer says when asked for proof: the proof, or that it has no paper, and then nothing is proven. */
export type Confirmation = Evidence | "printer-paper-out";

/** Facts of one printer model and the bytes of its language. */
export type PrinterDriver = {
	readonly kind: "printer";
	readonly id: string;
	readonly title: string;
	/** Characters of the standard font in a line. */
	readonly columns: number;
	/** Printable dots in a line. */
	readonly dots: number;
	/** The whole block in the printer's language, beginning from a known state. Unmappable characters become `?`. */
	encode(block: Block): Uint8Array;
	/** How many characters of the block the printer lacks and prints as `?`. */
	unmapped(block: Block): number;
	/** Asks for the state of paper, cover and cutter. */
	status(): Inquiry<PrinterStatus>;
	/** Asks for proof that all before it is on paper. `id` is four printable ASCII characters. */
	confirmation(id: string): Inquiry<Confirmation>;
};

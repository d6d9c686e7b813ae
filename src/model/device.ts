import type { Observable } from "rxjs";
import type { Symbology } from "./scan.ts";

/** Why a channel ended. */
export type Gone = {
	readonly reason: "unplugged" | "closed" | "refused" | "timed-out" | "failed";
	/** For the technician: the operating system's words. */
	readonly detail: string;
};

/** An open channel to a device: the only seam to hardware. */
export type Port = {
	/**
	 * What arrives, in pieces of any size; completes when the channel is gone. Never errors. A HID device's pieces are
	 * its input reports, each whole and with its report id in front if its reports have one.
	 */
	readonly bytes$: Observable<Uint8Array>;
	/**
	 * Resolves when the operating system has taken every byte. To a HID device this is one output report, its report
	 * id (00 when it has none) in front. @throws {FaultError} when it has not.
	 */
	write(bytes: Uint8Array): Promise<void>;
	/** What a HID device has besides: its report descriptor, where the system tells it, and feature reports. */
	readonly hid?: {
		readonly descriptor: Uint8Array | undefined;
		/** Sends one feature report, its id in front. @throws {FaultError} when the device does not take it. */
		feature(report: Uint8Array): Promise<void>;
	};
	/** Resolves once, when the channel has ended for whatever reason. */
	readonly gone: Promise<Gone>;
	/** Ends the channel after what was written has left; safe to call twice. */
	close(): Promise<void>;
};

/** Whether a device is there; while it is away, when it is tried again. */
export type Presence =
	| { readonly state: "open"; readonly port: Port }
	| { readonly state: "away"; readonly gone: Gone; readonly retryInMs: number };

/**
 * Offsets in a HID POS report (HID usage tables, page 8C), counted from its first byte as the system delivers it, the
 * report id if there is one.
 */
export type HidPosLayout = {
	/** The first byte of the reports that are reads, or null when the device's reports have no id. */
	readonly reportId: number | null;
	/** Of the number of data bytes. */
	readonly length: number;
	/** Of the AIM identifier, three bytes; null when the reports have none. */
	readonly aim: number | null;
	/** Of the first data byte. */
	readonly data: number;
	/** How many data bytes a report can hold. */
	readonly mostData: number;
	/** Of the vendor's code-id, or null. */
	readonly codeId: number | null;
	/**
	 * Of the byte whose bit 0 says that the next report goes on with this code. Null when nothing says so: then a full
	 * report goes on in the next one, if that comes in time.
	 */
	readonly more: number | null;
	/** Which bit of that byte it is, when it is another one than bit 0. */
	readonly moreBit?: number;
	/** What the scanner is set to put behind every code, and what is taken off; the longest fits. None if left out. */
	readonly suffixes?: readonly (readonly number[])[];
};

/** A scanner's language, and where one read ends in it. */
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
	| { readonly by: "silence"; readonly gapMs: number }
	/** Zebra's Simple Serial Interface: packets with a checksum, each answered. */
	| {
			readonly by: "ssi";
			/** Barcode types, by the byte in front of each code. */
			readonly types: Readonly<Record<number, Symbology>>;
			/** Parameters that are set for this session when the scanner is opened: number and value. */
			readonly setup: readonly (readonly [number, number])[];
			/** How long an answer of the scanner is waited for, and how often a packet is sent at most. */
			readonly answerMs: number;
			readonly tries: number;
			/** A packet whose bytes pause for so long is dropped. */
			readonly gapMs: number;
	  }
	/** HID POS: one layout, or that of the device's own report descriptor, and `fallback` where the system hides it. */
	| {
			readonly by: "hid-pos";
			readonly layout: "descriptor" | HidPosLayout;
			readonly fallback: HidPosLayout;
			/** A code whose next report does not come for so long is dropped. */
			readonly gapMs: number;
	  }
	/** IBM's OEM interface over HID: a count, three status bytes, the data, and a trailer that tells the type. */
	| { readonly by: "ibm-oem"; readonly trailers: Readonly<Record<string, Symbology>> }
	/** A scanner that types: boot keyboard reports under the keyboard layout that the scanner is set to. */
	| {
			readonly by: "keys";
			readonly keyboard: "us" | "ru";
			/** Characters that end a read; it also ends when no key comes for `gapMs`. */
			readonly ends: readonly number[];
			readonly gapMs: number;
	  };

/** A serial line as the operating system is asked to set it. */
export type SerialLine = {
	readonly baudRate: number;
	readonly dataBits: 7 | 8;
	readonly parity: "none" | "even" | "odd";
	readonly stopBits: 1 | 2;
	readonly flow: "none" | "rts-cts" | "xon-xoff";
};

/** What the system's list of USB devices tells of a device; a fact that is left out fits any. */
export type UsbMark = {
	/** Four lower-case hexadecimal digits, as the next. */
	readonly vendorId: string;
	readonly productId?: string;
	/** Of HID devices: which of several entries of one device it is. */
	readonly usagePage?: number;
	readonly usage?: number;
};

/** What a host can tell a scanner to do; what a family cannot do is left out. */
export type ScannerDeed = "trigger" | "stop" | "enable" | "disable" | "beep-good" | "beep-bad" | "picture";

/** What pictures between the reads of a line have in common. */
type LinePictures = {
	/** Bytes that make the scanner take a picture and send it. */
	readonly request: readonly number[];
	/** Dimensions in which raw pixels are believed, by the number of bytes: nothing else tells them. */
	readonly rawSizes: readonly (readonly [width: number, height: number])[];
	/** A picture whose bytes pause for so long has ended unfinished, ms. */
	readonly gapMs: number;
	/** An answer that does not begin for so long does not come, ms. */
	readonly answerMs: number;
};

/** How a family sends pictures: what asks for one, and how it comes. */
export type PictureShipping =
	/** Nothing asks for one: whoever holds the scanner sets it to take pictures. */
	| { readonly by: "ssi" }
	/** ACK, a length, the picture; BEL refuses. */
	| ({ readonly by: "magellan" } & LinePictures)
	/** A start, a length, its end, a header that begins as all commands for pictures do, its end, the picture. */
	| ({
			readonly by: "honeywell";
			readonly start: readonly number[];
			readonly lengthEnd: number;
			readonly headerEnd: number;
			/** What looks like the beginning of a picture and does not go on is an ordinary read after so long, ms. */
			readonly doubtMs: number;
	  } & LinePictures);

/** Facts of one scanner family. */
export type ScannerDriver = {
	readonly kind: "scanner";
	readonly id: string;
	readonly title: string;
	readonly channel: "serial" | "hid";
	/** How a device of this family is known before it is opened; empty when nothing tells, as behind a serial bridge. */
	readonly marks: readonly UsbMark[];
	/** Of a serial line; HID has none. */
	readonly line: SerialLine | null;
	readonly framing: Framing;
	/** Whether its reads begin with AIM identifiers (`]C0`) as delivered. */
	readonly aim: boolean;
	/** The vendor's code-ids in front of each read, when the scanner is set to send those instead; the longest fits. */
	readonly codeIds: Readonly<Record<string, Symbology>> | null;
	/** Whether each read is answered with ACK, or NAK when it makes no sense, on the link itself. */
	readonly acknowledges: boolean;
	/** What is sent when the device is opened, each a HID report or bytes on a line. */
	readonly greeting: readonly { readonly as: "output" | "feature"; readonly bytes: readonly number[] }[];
	/** What asks for a picture stands with the pictures. */
	readonly deeds: Readonly<Partial<Record<Exclude<ScannerDeed, "picture">, readonly number[]>>>;
	readonly pictures: PictureShipping | null;
};

import type { Symbology } from "./scan.ts";

/** A picture as a scanner sends it. */
export type Picture =
	| { readonly form: "bmp" | "jpeg" | "png" | "tiff"; readonly bytes: Uint8Array }
	/** One byte a pixel, the top row first. */
	| {
			readonly form: "grey";
			readonly bytes: Uint8Array;
			readonly width: number;
			readonly height: number;
	  };

/** One code as it was read, without its framing. */
export type Read = {
	readonly bytes: Uint8Array;
	/** Where the transport itself tells it; otherwise it stands in front of the bytes, if anywhere. */
	readonly symbology?: Symbology;
	/** Whether it came with the escapes of the ECI protocol, where the transport tells the symbology. */
	readonly eci?: true;
};

/** Bytes that are no read, told by their length alone. */
export type Discarded = {
	readonly kind: "discarded";
	readonly length: number;
	/**
	 * `too-long`: grew beyond the limit without an end. `between-frames`: came where a start mark was expected.
	 * `unfinished`: the port was gone, or the rest did not come in time, before the end. `checksum`: damaged on their
	 * way. `not-a-read`: a packet or report that is none, or a picture that is none.
	 */
	readonly why: "too-long" | "between-frames" | "unfinished" | "checksum" | "not-a-read";
};

/** What came of a scanner's bytes: one read, a picture that may hold several, or nothing to use. */
export type Cut =
	| (Read & { readonly kind: "frame" })
	| { readonly kind: "picture"; readonly picture: Picture }
	| Discarded;

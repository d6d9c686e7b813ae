import type { RawSizes } from "./ship-forms.ts";

/** Dimensions of common imagers: VGA, WVGA, SXGA, CIF, and those of Honeywell's area imagers. */
const rawSizes: RawSizes = Object.freeze([
	[640, 480],
	[752, 480],
	[1280, 1027],
	[320, 240],
	[838, 640],
	[844, 640],
	[1280, 800],
]);

/**
 * How Honeywell's IMGSHP answers without Hmodem. Unverified: as known from programs in the field, no guide prints
 * it. A capture of a real device settles it, and then this object is what changes.
 */
export const honeywellShape = Object.freeze({
	start: Object.freeze([0x16, 0xfe]),
	/** Little-endian; counts what follows `lengthEnd`. */
	lengthBytes: 4,
	lengthEnd: 0x0d,
	/** Between the header, which begins with `command`, and the picture. */
	headerEnd: 0x1d,
	command: "IMG",
	/** A command's echo: its text, one of these, and the mark that ended the command or leads to the next one. */
	answers: Object.freeze([0x06, 0x05, 0x15]),
	echoEnds: Object.freeze([0x2e, 0x21, 0x3b, 0x2c]),
	mostEchoBytes: 64,
	mostHeaderBytes: 512,
	rawSizes,
});

/**
 * How Datalogic's Magellan answers a request for a picture (9300i and 1500i product reference guides): ACK, a
 * big-endian length, the bytes; BEL refuses, and a length of 0 means that it failed. Raw dimensions are unverified.
 */
export const magellanShape = Object.freeze({ taken: 0x06, refused: 0x07, lengthBytes: 4, rawSizes });

/** Pauses in ms. Unverified: no guide names them. */
export const shipPauses = Object.freeze({
	/** A picture whose bytes pause for so long has ended unfinished. */
	picture: 2_000,
	/** What looks like the beginning of a picture and does not go on is an ordinary read after so long. */
	doubt: 60,
	/** An answer that does not begin for so long does not come. */
	answer: 10_000,
});

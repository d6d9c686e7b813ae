import { z } from "zod";
import { symbologies } from "../scan.ts";
import { listOf, milliseconds, oneOf, wholeNumber } from "./common.ts";

const byte = wholeNumber(0, 255);

/** A pause after which what has come by then is over, ms. */
const gapMs = milliseconds(20, 5_000);

const symbology = oneOf(symbologies);

const bytes = (most: number) =>
	z.array(byte, { error: "expected a list of bytes" }).max(most, { error: `expected at most ${most} bytes` });

const marks = z
	.strictObject({
		by: z.literal("marks"),
		/** Bytes in front of every read, or an empty list. */
		start: bytes(8),
		/** An empty one lets a pause alone end the read. */
		ends: listOf(bytes(8), 8),
		settleMs: milliseconds(0, 1_000),
	})
	.refine(({ ends, settleMs }) => settleMs > 0 || ends.every(({ length }) => length > 0), {
		error: "expected settleMs above 0 beside an empty end",
	});

const silence = z.strictObject({ by: z.literal("silence"), gapMs: milliseconds(20, 1_000) });

/** Names of bytes: two hexadecimal digits each, lower case. */
const hex = z.string().regex(/^([0-9a-f]{2}){1,4}$/, { error: "expected bytes such as 16 or 00180b" });

const ssi = z.strictObject({
	by: z.literal("ssi"),
	/** Barcode types: the number in front of each code. */
	types: z.record(z.string().regex(/^\d{1,3}$/), symbology),
	setup: z.array(z.tuple([wholeNumber(0, 1_023), byte])).max(32),
	answerMs: milliseconds(50, 10_000),
	tries: wholeNumber(1, 10),
	gapMs,
});

const offset = wholeNumber(0, 1_023);

const hidPosLayout = z.strictObject({
	reportId: byte.nullable(),
	length: offset,
	aim: offset.nullable(),
	data: offset,
	mostData: wholeNumber(1, 1_023),
	codeId: offset.nullable(),
	more: offset.nullable(),
	moreBit: wholeNumber(0, 7).exactOptional(),
	suffixes: z.array(listOf(byte, 8)).max(8).exactOptional(),
});

const hidPos = z.strictObject({
	by: z.literal("hid-pos"),
	layout: z.union([z.literal("descriptor"), hidPosLayout], {
		error: "expected descriptor, or a map of offsets",
	}),
	fallback: hidPosLayout,
	gapMs,
});

const ibmOem = z.strictObject({ by: z.literal("ibm-oem"), trailers: z.record(hex, symbology) });

const keys = z.strictObject({
	by: z.literal("keys"),
	keyboard: oneOf(["us", "ru"]),
	ends: z.array(byte).max(8),
	gapMs,
});

/** A scanner's language, and where one read ends in it; the model's `Framing`. */
export const framing = z.discriminatedUnion("by", [marks, silence, ssi, hidPos, ibmOem, keys], {
	error: "expected a map with by: marks, silence, ssi, hid-pos, ibm-oem or keys",
});

const line = {
	request: bytes(64).min(1, { error: "expected at least one byte" }),
	rawSizes: z.array(z.tuple([wholeNumber(1, 65_535), wholeNumber(1, 65_535)])).max(32),
	gapMs: milliseconds(50, 30_000),
	answerMs: milliseconds(50, 60_000),
};

const honeywellPictures = z.strictObject({
	by: z.literal("honeywell"),
	start: bytes(8).min(1, { error: "expected at least one byte" }),
	lengthEnd: byte,
	headerEnd: byte,
	doubtMs: milliseconds(20, 1_000),
	...line,
});

const magellanPictures = z.strictObject({ by: z.literal("magellan"), ...line });
const ssiPictures = z.strictObject({ by: z.literal("ssi") });

/** How a scanner sends pictures between its reads; the model's `PictureShipping`. */
export const pictures = z.discriminatedUnion("by", [honeywellPictures, magellanPictures, ssiPictures], {
	error: "expected a map with by: honeywell, magellan or ssi",
});

/** The vendor's code-ids, each one to three characters in front of a read. */
export const codeIds = z.record(
	z.string().regex(/^[!-~]{1,3}$/, { error: "expected 1 to 3 characters" }),
	symbology,
);

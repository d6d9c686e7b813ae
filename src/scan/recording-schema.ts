import { z } from "zod";
import { symbologies } from "../model/scan.ts";
import { codeIds, framing, pictures } from "../model/settings/framings.ts";
import { isSpelled } from "./recording-names.ts";

/** The file's own limits: a scanner says far less in a day. */
export const mostRecordingBytes = 4_194_304;
const mostPieceBytes = 131_072;
const dayMs = 86_400_000;

const hex = (mostBytes: number) =>
	z
		.string({ error: "expected hexadecimal text" })
		.regex(/^([0-9a-f]{2})*$/, { error: "expected pairs of lower-case hexadecimal digits" })
		.max(mostBytes * 2, { error: `expected at most ${mostBytes} bytes` })
		.transform((text): Uint8Array => new Uint8Array(Buffer.from(text, "hex")));

const words = (most: number) =>
	z.string({ error: "expected text" }).max(most, { error: "expected less text" });
const whole = (least: number, most: number) =>
	z
		.int({ error: "expected a whole number" })
		.min(least, { error: `expected at least ${least}` })
		.max(most, { error: `expected at most ${most}` });

/** Of a read: the kind of barcode and its content without identifiers. Of a picture: how it is coded, and its size. */
const expected = z.union(
	[
		z.strictObject({ symbology: z.enum(symbologies), hex: hex(mostPieceBytes) }),
		z.strictObject({ picture: z.enum(["bmp", "jpeg", "png", "tiff", "grey"]), bytes: whole(1, 16_777_216) }),
	],
	{ error: "expected {symbology, hex} or {picture, bytes}" },
);

export const headerSchema = z.strictObject({
	/** The version of the format. */
	kassadRecording: z.literal(1, { error: "expected 1: this is no recording, or one of a newer kassad" }),
	/** The id of the scanner's driver. */
	driver: words(64),
	channel: z.enum(["serial", "hid"], { error: "expected serial or hid" }),
	title: words(200),
	/** That no card stands in it; there are no others. */
	redacted: z.literal(true, { error: "expected true" }),
	note: words(2_000).optional(),
	/** What the shop's settings said instead of the driver. */
	framing: framing.optional(),
	aim: z.boolean({ error: "expected true or false" }).optional(),
	codeIds: codeIds.optional(),
	pictures: pictures.optional(),
	line: z
		.strictObject({
			baudRate: whole(1, 10_000_000),
			dataBits: z.literal([7, 8]),
			parity: z.enum(["none", "even", "odd"]),
			stopBits: z.literal([1, 2]),
			flow: z.enum(["none", "rts-cts", "xon-xoff"]),
		})
		.optional(),
	/** A HID device's report descriptor. */
	descriptor: hex(4_096).optional(),
	/** What must come of it. */
	expected: z.array(expected, { error: "expected a list" }).max(1_000).optional(),
});

export const pieceSchema = z
	.strictObject({
		/** Since the recording began. */
		atMs: whole(0, dayMs),
		/** Who sent it. */
		from: z.enum(["scanner", "host"], { error: "expected scanner or host" }),
		hex: hex(mostPieceBytes),
		/** Each begins with the bytes that it names. */
		names: z.array(words(1_000), { error: "expected a list" }).max(4_096).optional(),
	})
	.refine(({ hex, names }) => names === undefined || isSpelled(names, hex), {
		error: "expected names that begin with the bytes of hex, all of them, in order",
	});

import { z } from "zod";
import {
	listOf,
	milliseconds,
	name,
	namedOnce,
	number,
	oneOf,
	text,
	wholeNumber,
	yesOrNo,
} from "./common.ts";

const byte = wholeNumber(0, 255);

/** Where one read of a scanner ends. */
const framing = z.discriminatedUnion(
	"by",
	[
		z.strictObject({
			by: z.literal("marks"),
			/** Bytes in front of every read, or an empty list. */
			start: z
				.array(byte, { error: "expected a list of bytes" })
				.max(8, { error: "expected at most 8 bytes" }),
			ends: listOf(listOf(byte, 8), 8),
			settleMs: milliseconds(0, 1_000),
		}),
		z.strictObject({ by: z.literal("silence"), gapMs: milliseconds(20, 1_000) }),
	],
	{ error: "expected a map with by: marks or by: silence" },
);

const line = z.strictObject({
	baudRate: wholeNumber(300, 921_600),
	dataBits: z.literal([7, 8], { error: "expected 7 or 8" }),
	parity: oneOf(["none", "even", "odd"]),
	stopBits: z.literal([1, 2], { error: "expected 1 or 2" }),
	flow: oneOf(["none", "rts-cts", "xon-xoff"]),
});

/** What is null is taken from the driver. */
const scanner = z.strictObject({
	name,
	driver: text(64),
	path: text(4_096),
	line: line.nullable(),
	framing: framing.nullable(),
	aim: yesOrNo.nullable(),
	/** A read that grows beyond this without an end is thrown away. */
	mostFrameBytes: wholeNumber(16, 65_536),
});

const printer = z.strictObject({
	name,
	driver: text(64),
	host: text(253),
	port: wholeNumber(1, 65_535),
	deadlines: z.strictObject({
		connectMs: milliseconds(100, 60_000),
		statusMs: milliseconds(100, 10_000),
		writeMs: milliseconds(100, 120_000),
		confirmMs: milliseconds(500, 120_000),
	}),
});

/** Up to 16 devices; a till without any is possible. */
const devices = <T extends z.ZodType<{ name: string }>>(device: T) =>
	z
		.array(device, { error: "expected a list" })
		.max(16, { error: "expected at most 16 devices" })
		.superRefine(namedOnce);

export const scannersSettings = devices(scanner);
export const printersSettings = devices(printer);

/** How a device that went away is tried again. */
export const reopenSettings = z
	.strictObject({
		firstWaitMs: milliseconds(10, 60_000),
		factor: number(1, 10),
		mostWaitMs: milliseconds(10, 60_000),
	})
	.refine((waits) => waits.firstWaitMs <= waits.mostWaitMs, {
		error: "expected firstWaitMs not above mostWaitMs",
	});

export type ScannerSettings = z.infer<typeof scanner>;
export type PrinterSettings = z.infer<typeof printer>;
export type ReopenSettings = z.infer<typeof reopenSettings>;

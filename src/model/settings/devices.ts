import { z } from "zod";
import { milliseconds, name, wholeNumber } from "./common.ts";

const byte = wholeNumber(0, 255);
const bytes = z.array(byte).min(1).max(8);

/** Where one read of a scanner ends. */
const framing = z.discriminatedUnion("by", [
	z.strictObject({
		by: z.literal("marks"),
		/** Bytes in front of every read, or an empty list. */
		start: z.array(byte).max(8),
		ends: z.array(bytes).min(1).max(8),
		settleMs: milliseconds(0, 1_000),
	}),
	z.strictObject({ by: z.literal("silence"), gapMs: milliseconds(20, 1_000) }),
]);

const line = z.strictObject({
	baudRate: wholeNumber(300, 921_600),
	dataBits: z.union([z.literal(7), z.literal(8)]),
	parity: z.enum(["none", "even", "odd"]),
	stopBits: z.union([z.literal(1), z.literal(2)]),
});

/** What is null is taken from the driver. */
export const scannerSettings = z.strictObject({
	name,
	driver: z.string().min(1),
	path: z.string().min(1).max(4_096),
	line: line.nullable(),
	framing: framing.nullable(),
	aim: z.boolean().nullable(),
	/** A read that grows beyond this without an end is thrown away. */
	mostFrameBytes: wholeNumber(16, 65_536),
});

export const printerSettings = z.strictObject({
	name,
	driver: z.string().min(1),
	host: z.string().min(1).max(253),
	port: wholeNumber(1, 65_535),
	deadlines: z.strictObject({
		connectMs: milliseconds(100, 60_000),
		statusMs: milliseconds(100, 10_000),
		writeMs: milliseconds(100, 120_000),
		confirmMs: milliseconds(500, 120_000),
	}),
});

/** How a device that went away is tried again. */
export const reopenSettings = z.strictObject({
	firstWaitMs: milliseconds(10, 60_000),
	factor: z.number().min(1).max(10),
	mostWaitMs: milliseconds(10, 60_000),
});

export type ScannerSettings = z.infer<typeof scannerSettings>;
export type PrinterSettings = z.infer<typeof printerSettings>;
export type ReopenSettings = z.infer<typeof reopenSettings>;

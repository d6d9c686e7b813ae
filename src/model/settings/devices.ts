import { z } from "zod";
import { codePageEncodings } from "../printer.ts";
import { milliseconds, name, namedOnce, number, oneOf, text, wholeNumber, yesOrNo } from "./common.ts";
import { codeIds, framing, pictures } from "./framings.ts";

const line = z.strictObject({
	baudRate: wholeNumber(300, 921_600),
	dataBits: z.literal([7, 8], { error: "expected 7 or 8" }),
	parity: oneOf(["none", "even", "odd"]),
	stopBits: z.literal([1, 2], { error: "expected 1 or 2" }),
	flow: oneOf(["none", "rts-cts", "xon-xoff"]),
});

const usbName = /^usb:[0-9a-f]{4}:[0-9a-f]{4}(\/(serial|port)=.+)?$/i;

/** A device file, or what its USB device tells. */
const devicePath = text(4_096).refine((path) => !/^usb:/i.test(path) || usbName.test(path), {
	error:
		"expected usb:VVVV:PPPP, with /serial=S or /port=1-2.3 behind it where two are alike, or a device file",
});

/** What is null is taken from the driver. */
const scanner = z.strictObject({
	name,
	driver: text(64),
	path: devicePath,
	line: line.nullable(),
	framing: framing.nullable(),
	aim: yesOrNo.nullable(),
	codeIds: codeIds.nullable(),
	/** Whether each read is answered with ACK on the line. */
	acknowledges: yesOrNo.nullable(),
	pictures: pictures.nullable(),
	/** A read that grows beyond this without an end is thrown away. */
	mostFrameBytes: wholeNumber(16, 65_536),
});

/** The way to a printer. */
const connection = z.discriminatedUnion(
	"by",
	[
		z.strictObject({ by: z.literal("tcp"), host: text(253), port: wholeNumber(1, 65_535) }),
		/** `line` is null where the driver's own is meant. */
		z.strictObject({ by: z.literal("serial"), path: devicePath, line: line.nullable() }),
		/** The printer class of USB, opened past the system's own driver. */
		z.strictObject({
			by: z.literal("usb"),
			device: text(4_096).refine((device) => usbName.test(device), {
				error: "expected usb:VVVV:PPPP, with /serial=S or /port=1-2.3 behind it where two are alike",
			}),
		}),
		/** The system's own driver for USB printers, such as /dev/usb/lp0. */
		z.strictObject({ by: z.literal("usblp"), path: devicePath }),
		/** A file or FIFO that something else reads; nothing comes back from it. */
		z.strictObject({ by: z.literal("file"), path: text(4_096) }),
		/** A printer of Windows that is shared, such as \\\\localhost\\Receipt, whose driver passes bytes on raw. */
		z.strictObject({ by: z.literal("spooler"), path: text(4_096) }),
	],
	{ error: "expected by: one of tcp, serial, usb, usblp, file, spooler" },
);

/** What a technician found to be otherwise than the driver says; null leaves the driver's own. */
const tuning = z.strictObject({
	columns: wholeNumber(24, 96).nullable(),
	dots: wholeNumber(192, 1_024).nullable(),
	codePage: z.strictObject({ encoding: oneOf(codePageEncodings), number: wholeNumber(0, 255) }).nullable(),
	confirmation: oneOf(["process-id", "paper-barrier", "status", "none"]).nullable(),
	/** Whether it answers questions about itself, and whether it tells changes unasked. */
	status: yesOrNo.nullable(),
	automaticStatus: yesOrNo.nullable(),
	cut: oneOf(["partial", "full", "esc-i", "none"]).nullable(),
	/** Symbols that it draws by itself; the others are sent as pictures. */
	nativeSymbols: z
		.array(oneOf(["code128", "pdf417", "datamatrix", "qr"]), { error: "expected a list" })
		.nullable(),
	/** Whether it prints the rest of a slip after a new roll is in. */
	resumes: yesOrNo.nullable(),
});

const printer = z.strictObject({
	name,
	driver: text(64),
	connection,
	tuning,
	/** Another printer's name: it prints what this one cannot begin. */
	substitute: name.nullable(),
	/** Where the channel stays open between slips, changes are heard at once; else each slip opens its own. */
	keepOpen: yesOrNo,
	/** How often a printer that tells nothing unasked is asked how it is. */
	statusEveryMs: milliseconds(500, 600_000),
	deadlines: z.strictObject({
		connectMs: milliseconds(100, 60_000),
		statusMs: milliseconds(100, 10_000),
		writeMs: milliseconds(100, 120_000),
		confirmMs: milliseconds(500, 120_000),
		/** For a new roll in the middle of a slip. */
		reloadMs: milliseconds(0, 3_600_000),
	}),
});

/** What prints have in common. */
export const printsSettings = z.strictObject({
	/** A slip that waited longer is not printed by itself any more, minutes. */
	mostAgeMinutes: wholeNumber(1, 10_080),
});

/** What scanners have in common. */
export const scansSettings = z.strictObject({
	/** The same code from the same scanner within this time is one scan; 0 takes each. */
	bounceMs: milliseconds(0, 10_000),
	/** How long a POS program has to acknowledge a scan before it is offered once more. */
	leaseMs: milliseconds(100, 60_000),
	/** How often it is looked whether a scanner was plugged in. */
	lookEveryMs: milliseconds(100, 10_000),
	pictures: z.strictObject({
		engine: oneOf(["zxing-wasm", "zxing-js"]),
		/** A picture that takes longer is given up. */
		deadlineMs: milliseconds(100, 30_000),
		mostBytes: wholeNumber(1_024, 16_777_216),
		mostPixels: wholeNumber(10_000, 50_000_000),
		/** Codes that are looked for in one picture. */
		mostSymbols: wholeNumber(1, 16),
	}),
});

/** Up to 128 devices, as several tills may have theirs here; a till without any is possible. */
const devices = <T extends z.ZodType<{ name: string }>>(device: T) =>
	z
		.array(device, { error: "expected a list" })
		.max(128, { error: "expected at most 128 devices" })
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

export type PrinterConnection = PrinterSettings["connection"];
export type ScansSettings = z.infer<typeof scansSettings>;
export type ScannerSettings = z.infer<typeof scanner>;
export type PrinterSettings = z.infer<typeof printer>;
export type ReopenSettings = z.infer<typeof reopenSettings>;

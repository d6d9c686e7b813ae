import { z } from "zod";
import { symbologies } from "../model/scan.ts";
import { helloNotifications } from "./describe-hello.ts";
import { printerResult, printResult } from "./print-results.ts";
import { operationResult } from "./results.ts";
import { selfTestNews } from "./selftest-results.ts";
import { cashier, faultCode, toldTerminal } from "./told.ts";

/** As `scanView` and `keptOutView`: a card is shown by its masked number, and nothing in it can pay. */
const scanBody = z
	.object({
		scanId: z.string().describe("Not of a `kept-out` code.").exactOptional(),
		kind: z.enum(["payable", "loyalty", "foreign", "kept-out"]),
		scanner: z.string(),
		terminalId: toldTerminal,
		symbology: z.enum(symbologies).exactOptional(),
		brand: z.string().exactOptional(),
		card: z.string().describe("Masked.").exactOptional(),
		length: z.int().describe("Of a foreign code, bytes.").exactOptional(),
		canPay: z.boolean().exactOptional(),
		fault: faultCode.exactOptional(),
		cashier: cashier.exactOptional(),
	})
	.meta({ id: "Scan" });

const deviceBody = z
	.object({
		scanner: z.string().exactOptional(),
		terminalId: toldTerminal,
		state: z.string(),
		...{ driver: z.string().exactOptional(), path: z.string().exactOptional() },
		...{ from: z.string().exactOptional(), to: z.string().exactOptional() },
		detail: z.string().exactOptional(),
		cashier: cashier.exactOptional(),
	})
	.meta({ id: "Device" });

const bodies = {
	scan: scanBody,
	device: deviceBody,
	operation: operationResult,
	print: printResult,
	printer: printerResult,
};

const eventOf = <Type extends keyof typeof bodies>(type: Type) =>
	z.object({
		seq: z.int().describe("Rises from event to event, over restarts too."),
		type: z.literal(type),
		at: z.iso.datetime({ offset: true }),
		body: bodies[type],
	});

/** What the server says unasked: the name, when, and the parameters. */
export const notifications = {
	event: {
		summary: "Something has happened; after events.subscribe.",
		params: z.discriminatedUnion("type", [
			eventOf("scan"),
			eventOf("device"),
			eventOf("operation"),
			eventOf("print"),
			eventOf("printer"),
		]),
	},
	"scan.offer": {
		summary: "A scan is this program's own for leaseMs; after scans.accept.",
		params: scanBody.safeExtend({
			at: z.iso.datetime({ offset: true }),
			offer: z.union([z.literal(1), z.literal(2)]),
			leaseMs: z.int(),
		}),
	},
	...helloNotifications,
	"selftest.news": {
		summary: "What happens in the self-test that this program has begun with selftest.run.",
		params: selfTestNews,
	},
} as const;

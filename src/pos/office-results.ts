import { z } from "zod";
import { symbologies } from "../model/scan.ts";
import type { FieldsOf } from "./description.ts";
import type { ConfiguredPrinter, ConfigView } from "./office-config.ts";
import type { PrinterDeviceView, ScannerView } from "./office-devices.ts";
import { printerResult } from "./print-results.ts";

const lengths = z.object({ least: z.int(), most: z.int() });

const layout = z.object({
	symbologies: z.array(z.enum(symbologies)),
	prefix: z.string(),
	number: lengths.describe("Digits of the card's number."),
	session: lengths.nullable().describe("Null: such a card cannot pay."),
});

const printerWay = {
	driver: z.string(),
	by: z.enum(["tcp", "serial", "usb", "usblp", "file", "spooler"]),
	at: z.string(),
	substitute: z.string().describe("Prints what this one cannot begin.").exactOptional(),
};

export const configResult = z.object({
	language: z.enum(["ru", "en"]),
	environment: z.enum(["test", "production"]).describe("`test`: no real money moves."),
	address: z.string().describe("Of the Pay API."),
	login: z.string(),
	paymentTypes: z.array(z.string()),
	ownAuthority: z.boolean().describe("An authority of the shop's own is trusted, too."),
	postbacks: z.string().describe("Where the server may post.").exactOptional(),
	storeId: z.string(),
	terminalId: z.string(),
	brands: z.array(
		z.object({
			name: z.string(),
			verifier: z.enum(["builtin", "bridge"]),
			passLength: z.int(),
			layouts: z.array(layout),
		}),
	),
	scanners: z.array(z.object({ name: z.string(), driver: z.string(), path: z.string() })),
	printers: z.array(z.object({ name: z.string(), ...printerWay } satisfies FieldsOf<ConfiguredPrinter>)),
	keepDays: z.int().describe("How long a repeated key finds its wish."),
	socket: z.string(),
} satisfies FieldsOf<ConfigView>);

const scannerResult = z
	.object({
		scanner: z.string(),
		driver: z.string(),
		path: z.string(),
		state: z.enum(["ready", "away"]),
		detail: z.string().describe("Why it is away, for the technician.").exactOptional(),
		paused: z.boolean(),
	} satisfies FieldsOf<ScannerView>)
	.meta({ id: "Scanner" });

export const devicesResult = z.object({
	scanners: z.array(scannerResult),
	printers: z.array(
		printerResult.safeExtend(
			printerWay satisfies FieldsOf<Omit<PrinterDeviceView, keyof z.infer<typeof printerResult>>>,
		),
	),
});

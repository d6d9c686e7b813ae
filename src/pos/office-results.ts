import { z } from "zod";
import { symbologies } from "../model/scan.ts";
import { slipFields } from "../model/slip.ts";
import type { FieldsOf } from "./description.ts";
import type { ConfiguredPrinter, ConfigView } from "./office-config.ts";
import type { PrinterDeviceView, ScannerView } from "./office-devices.ts";
import type { ReportRowView, ReportView, ShiftView, SumsView } from "./office-report.ts";
import { printerResult } from "./print-results.ts";
import { faultCode } from "./told.ts";

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
	terminals: z
		.array(
			z.object({
				terminalId: z.string(),
				scanners: z.array(z.string()),
				printer: z.string().exactOptional(),
			}),
		)
		.describe("Further tills that kassad serves."),
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
	tcp: z.string().exactOptional(),
	webSocket: z.string().exactOptional(),
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

const kopecks = z.int().describe("Whole kopecks.");
const time = z.iso.datetime();

export const shiftResult = z
	.object({
		number: z.int(),
		terminalId: z.string(),
		openedAt: time,
		closedAt: time.describe("Absent while it goes on.").exactOptional(),
	} satisfies FieldsOf<ShiftView>)
	.meta({ id: "Shift" });

export const shiftListResult = z.object({
	shifts: z.array(shiftResult),
	next: z.int().describe("The `before` of the next part; absent in the last.").exactOptional(),
});

const kind = z.enum(["payment", "refund"]);

const sums = z
	.object({
		totals: z
			.array(z.object({ kind, paymentType: z.string().exactOptional(), count: z.int(), sum: kopecks }))
			.describe("Of what settled; `*` is all further ways to pay."),
		net: kopecks.describe("Paid less given back."),
		unknown: z.int().describe("How many have no known end yet, and are in no sum."),
		refused: z.int(),
		differing: z.int().describe("How many slips say another amount: there should be none."),
	} satisfies FieldsOf<SumsView>)
	.meta({ id: "Sums" });

const row = z
	.object({
		...{ time, kind, state: z.enum(["in-progress", "unknown", "settled", "refused"]), amount: kopecks },
		...{ orderId: z.string(), requestId: z.string(), paymentTransactionId: z.string().exactOptional() },
		refundTransactionId: z.string().exactOptional(),
		...{ paymentType: z.string().exactOptional(), qrcId: z.string().exactOptional() },
		...{ kzo: z.string().exactOptional(), terminalId: z.string().exactOptional() },
		shift: z.int().exactOptional(),
		fault: faultCode.exactOptional(),
		slip: z
			.object({
				...Object.fromEntries(slipFields.map((field) => [field, z.string().exactOptional()])),
				totalAmount: kopecks.exactOptional(),
			})
			.describe("The documented fields, each up to 256 characters."),
	} satisfies FieldsOf<ReportRowView>)
	.meta({ id: "ReportRow" });

export const reportResult = z
	.object({
		from: time,
		to: time,
		storeId: z.string(),
		terminalId: z.string().exactOptional(),
		shift: shiftResult.exactOptional(),
		head: z
			.string()
			.describe("Of the journal's chain: keep it, and later `journal verify --head` proves it."),
		sums: sums.describe("In the first part only.").exactOptional(),
		rows: z.array(row),
		next: z.int().describe("The `after` of the next part; absent in the last.").exactOptional(),
	} satisfies FieldsOf<ReportView>)
	.meta({ id: "Report" });

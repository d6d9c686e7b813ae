import { z } from "zod";
import type { PrinterConditions } from "../model/printer.ts";
import type { FieldsOf } from "./description.ts";
import { documents, marks, states } from "./print-schema.ts";
import type { AskedPrint, PrintView } from "./print-views.ts";
import type { PrinterView } from "./printer-views.ts";
import { cashier, faultCode, toldTerminal } from "./told.ts";

export const printResult = z
	.object({
		printId: z.int(),
		document: z.enum(documents),
		operationId: z.string().exactOptional(),
		terminalId: toldTerminal,
		from: z.iso.datetime().describe("Of a shift report.").exactOptional(),
		to: z.iso.datetime().exactOptional(),
		shift: z.int().describe("Of the report of a shift.").exactOptional(),
		mark: z.enum(marks),
		repeats: z.int().describe("The first print of the same document.").exactOptional(),
		printer: z.string(),
		state: z.enum(states),
		evidence: z.enum(["process-id", "paper-barrier", "status"]).exactOptional(),
		reason: faultCode.exactOptional(),
		detail: z.string().describe("For the technician.").exactOptional(),
		waits: faultCode.exactOptional(),
		held: z.literal(true).exactOptional(),
		resolved: z.enum(["on-paper", "not-on-paper"]).exactOptional(),
		queuedAt: z.iso.datetime(),
		cashier: cashier.exactOptional(),
	} satisfies FieldsOf<PrintView>)
	.meta({ id: "Print" });

export const printListResult = z.object({ prints: z.array(printResult) });

export const askedPrintResult = z
	.object({
		printId: z.int(),
		state: z.literal("queued"),
		mark: z.enum(marks),
	} satisfies FieldsOf<AskedPrint>)
	.meta({ id: "AskedPrint" });

const conditions = z
	.object({
		online: z.boolean(),
		coverOpen: z.boolean(),
		paper: z.enum(["enough", "low", "out"]),
		cutterError: z.boolean(),
		hot: z.boolean(),
		mechanicalError: z.boolean(),
		broken: z.boolean(),
		waitsForRecovery: z.boolean(),
		feedButton: z.boolean(),
		drawerPinHigh: z.boolean(),
	} satisfies FieldsOf<PrinterConditions>)
	.meta({ id: "PrinterConditions" });

export const printerResult = z
	.object({
		printer: z.string(),
		state: z.enum(["ready", "stopped", "unreadable", "away"]),
		paper: z.enum(["enough", "low", "out"]).exactOptional(),
		fault: faultCode.exactOptional(),
		detail: z.string().describe("For the technician.").exactOptional(),
		conditions: conditions.exactOptional(),
		held: z.boolean().describe("It begins nothing until it is released."),
		waiting: z.int().describe("How many prints wait for it."),
		cashier: cashier.exactOptional(),
	} satisfies FieldsOf<PrinterView>)
	.meta({ id: "Printer" });

export const printersResult = z.object({ printers: z.array(printerResult) });

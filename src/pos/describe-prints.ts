import type { FaultCode } from "../model/fault.ts";
import type { MethodDescription } from "./description.ts";
import type { PrintMethods } from "./print-methods.ts";
import {
	askedPrintResult,
	printerResult,
	printersResult,
	printListResult,
	printResult,
} from "./print-results.ts";
import {
	printAgainParams,
	printCancelParams,
	printDocumentParams,
	printerStatusParams,
	printGetParams,
	printHoldParams,
	printListParams,
	printResolveParams,
} from "./print-schema.ts";

const asking: readonly FaultCode[] = [
	"key-conflict",
	"print-unfinished",
	"printer-not-found",
	"printer-not-configured",
	"journal-failed",
];

const slip = {
	...{ printId: 12, document: "payment", operationId: "c44ed3ef-4d5e-4e0b-9a43-0a8a6c1f3b52" },
	...{ mark: "original", printer: "receipt", queuedAt: "2026-11-24T12:18:56.120Z" },
};
const printed = { ...slip, state: "printed", evidence: "paper-barrier" };
const doubtful = { ...slip, state: "unknown", reason: "print-unconfirmed" };
const printer = { printer: "receipt", state: "unreadable", held: false, waiting: 0 };

/** The methods about paper. */
export const printDescriptions = {
	"print.list": {
		summary: "Prints, the newest first",
		...{ params: printListParams, result: printListResult, faults: ["journal-failed"] },
		example: { params: { states: ["unknown"] }, result: { prints: [doubtful] } },
	},
	"print.get": {
		summary: "One print",
		...{ params: printGetParams, result: printResult, faults: ["print-not-found", "journal-failed"] },
		example: { params: { printId: 12 }, result: printed },
	},
	"print.again": {
		summary: "The same document once more, marked as what it is",
		...{ params: printAgainParams, result: askedPrintResult, faults: ["print-not-found", ...asking] },
		example: {
			params: { key: "again-12", printId: 12 },
			result: { printId: 13, state: "queued", mark: "copy" },
		},
	},
	"print.document": {
		summary: "A slip, a fiscal receipt, a shift report, a self-test",
		...{ params: printDocumentParams, result: askedPrintResult },
		faults: ["operation-not-found", "document-not-available", "shift-not-found", ...asking],
		example: {
			params: { key: "shift-24", document: "shift-report", shift: "last" },
			result: { printId: 14, state: "queued", mark: "original" },
		},
	},
	"print.resolve": {
		summary: "What the cashier found of a print that is unknown",
		...{ params: printResolveParams, result: printResult },
		faults: ["print-not-found", "print-not-open", "journal-failed"],
		example: { params: { printId: 12, onPaper: true }, result: { ...doubtful, resolved: "on-paper" } },
	},
	"print.cancel": {
		summary: "Takes back a print that has not begun",
		...{ params: printCancelParams, result: printResult },
		faults: ["print-not-found", "print-not-open", "journal-failed"],
		example: {
			params: { printId: 12 },
			result: { ...slip, state: "cancelled", reason: "print-cancelled" },
		},
	},
	"print.hold": {
		summary: "The printer begins nothing from now on",
		...{ params: printHoldParams, result: printerResult, faults: ["printer-not-found", "journal-failed"] },
		example: { params: { printer: "receipt" }, result: { ...printer, held: true } },
	},
	"print.release": {
		summary: "The printer goes on",
		...{ params: printHoldParams, result: printerResult, faults: ["printer-not-found", "journal-failed"] },
		example: { params: { printer: "receipt" }, result: printer },
	},
	"printer.status": {
		summary: "How printers are, and how much waits for them",
		...{ params: printerStatusParams, result: printersResult, faults: ["printer-not-found"] },
		example: { params: {}, result: { printers: [printer] } },
	},
} as const satisfies Record<keyof PrintMethods, MethodDescription>;

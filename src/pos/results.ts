import { z } from "zod";
import { symbologies } from "../model/scan.ts";
import { slipFields } from "../model/slip.ts";
import type { FieldsOf } from "./description.ts";
import type { OperationView, ProvidersView } from "./methods.ts";
import { printResult } from "./print-results.ts";
import { cashier, faultCode, moneyMoved, toldTerminal } from "./told.ts";

const operationState = z.enum(["in-progress", "settled", "refused", "unknown"]).meta({
	id: "OperationState",
	description: "`unknown`: kassad goes on finding out, and an event tells.",
});

const kopecks = z.int().describe("Whole kopecks.");

export const helloResult = z.object({
	name: z.literal("kassad"),
	version: z.string(),
	protocol: z.literal(1),
	language: z.string(),
	seq: z.int().describe("The newest event."),
});

export const providersResult = z.object({
	isDefault: z.boolean().describe("Koshelek Pay is what the customer wants: start without asking."),
	providers: z.array(
		z.object({ paymentType: z.string(), available: z.boolean(), message: z.string().exactOptional() }),
	),
	fault: faultCode.exactOptional(),
	cashier: cashier.exactOptional(),
} satisfies FieldsOf<ProvidersView>);

export const startedResult = z
	.object({ operationId: z.string(), state: operationState })
	.meta({ id: "Started" });

const slipText = slipFields.filter((field) => field !== "totalAmount");

/** As `Slip`. */
const slip = z
	.object({
		...Object.fromEntries(slipText.map((field) => [field, z.string().exactOptional()])),
		totalAmount: kopecks.exactOptional(),
		unlisted: z.record(z.string(), z.unknown()).describe("Fields that the Pay API does not document."),
	})
	.meta({ id: "Slip" });

export const operationResult = z
	.object({
		operationId: z.string(),
		kind: z.enum(["payment", "refund", "receipt", "providers"]),
		terminalId: toldTerminal,
		orderId: z.string(),
		amount: kopecks,
		state: operationState,
		transactionId: z.string().exactOptional(),
		refTransactionId: z.string().exactOptional(),
		parts: z
			.array(z.object({ position: z.int(), quantity: z.int(), totalAmount: kopecks }))
			.describe("Of a refund: what is returned.")
			.exactOptional(),
		slip: slip.exactOptional(),
		fault: faultCode.exactOptional(),
		wireCode: z.string().describe("The server's own code.").exactOptional(),
		moneyMoved: moneyMoved.describe("Of a refund: whether it went back.").exactOptional(),
		cashier: cashier.exactOptional(),
		refunds: z
			.array(z.object({ operationId: z.string(), amount: kopecks, state: operationState }))
			.exactOptional(),
		refundable: kopecks.exactOptional(),
		print: printResult.exactOptional(),
	} satisfies FieldsOf<OperationView>)
	.meta({ id: "Operation" });

const content = { scanId: z.string(), symbology: z.enum(symbologies), scanner: z.string() };

/** As `ScanContent`. */
export const scanContentResult = z.union([
	z.object({ ...content, kind: z.enum(["payable", "loyalty"]), cardNumber: z.string() }),
	z.object({
		...content,
		kind: z.literal("foreign"),
		bytes: z.base64(),
		text: z.string().describe("The same, when it is UTF-8.").exactOptional(),
	}),
]);

export const acknowledgedResult = z.object({ scanId: z.string() });
export const acceptedResult = z.object({ leaseMs: z.int() });
export const pausedResult = z.object({ paused: z.array(z.string()) });
export const toldResult = z.object({ scanner: z.string() });
export const subscribedResult = z.object({ seq: z.int().describe("The newest event.") });
export const discoverResult = z.looseObject({ openrpc: z.string() });

import { z } from "zod";
import { invoice } from "./invoice.ts";
import {
	code,
	deviceName,
	fewNamed,
	fewOf,
	key,
	listedWord,
	money,
	mostItems,
	operationId,
	orderId,
	sale,
	scanId,
	terminal,
	transactionId,
	words,
} from "./shapes.ts";

export const helloParams = z.strictObject({
	client: code(128).describe("The program's name, for the log."),
	token: z.string().min(1).max(1_024).describe("Over TCP and WebSocket.").exactOptional(),
	heartbeatMs: z
		.int()
		.min(100)
		.max(600_000)
		.describe("Wanted at least so often: a word from kassad; within `socket.heartbeatMs`.")
		.exactOptional(),
});
export const pingParams = z.strictObject({});

export const payProvidersParams = z.strictObject({ scanId, ...sale });

export const payStartParams = z.strictObject({
	key,
	scanId,
	...sale,
	paymentTypes: fewOf(listedWord, 16).exactOptional(),
});

/** Who wants a payment cancelled; the cashier when nobody is named. */
export const payCancelParams = z.strictObject({
	operationId,
	by: z.enum(["cashier", "customer"]).default("cashier"),
});

export const operationGetParams = z.union(
	[
		z.strictObject({ operationId }),
		z.strictObject({ key }),
		z.strictObject({ orderId }),
		z.strictObject({ transactionId }),
	],
	{
		error:
			"expected exactly one of operationId, key (1 to 128 characters), orderId and transactionId (1 to 36)",
	},
);

/** A part of one position of the purchase; without an amount it is the position's own, in proportion. */
const askedPart = z.strictObject({
	/** Index in the purchase's items, from 0. */
	position: z
		.int()
		.min(0)
		.max(mostItems - 1),
	quantity: z.int().min(1),
	totalAmount: money.exactOptional(),
});

/** The names that a payment can be asked for by. */
type PaymentName =
	| { readonly operationId: string }
	| { readonly orderId: string }
	| { readonly transactionId: string };

/** How many of these are given. */
const given = (...names: readonly (string | undefined)[]) =>
	names.filter((name) => name !== undefined).length;

/** The same in the words of JSON Schema, for the document that describes the socket. */
const exactlyOneOf = (...names: readonly string[]) => ({
	oneOf: names.map((name) => ({ required: [name] })),
});

export const refundStartParams = z
	.strictObject({
		key,
		operationId: operationId.exactOptional(),
		orderId: orderId.exactOptional(),
		transactionId: transactionId.exactOptional(),
		/** Of a payment that this till does not know: what was bought. */
		purchase: z.strictObject(sale).exactOptional(),
		/** Where the customer has come to; without it the till that took the payment. */
		terminal: terminal.exactOptional(),
		/** Without them everything that is left is paid back. */
		parts: fewOf(askedPart, mostItems).exactOptional(),
	})
	.refine((wish) => given(wish.operationId, wish.orderId, wish.transactionId) === 1, {
		error: "expected exactly one of operationId, orderId and transactionId",
	})
	.refine(({ purchase, transactionId }) => purchase === undefined || transactionId !== undefined, {
		error: "expected it with transactionId only",
		path: ["purchase"],
	})
	.transform(({ operationId, orderId, transactionId, ...wish }) => ({
		...wish,
		payment: paymentName(operationId, orderId, transactionId),
	}))
	.meta({
		...exactlyOneOf("operationId", "orderId", "transactionId"),
		dependencies: { purchase: ["transactionId"] },
	});

export const receiptSendParams = z
	.strictObject({
		key,
		operationId: operationId.exactOptional(),
		transactionId: transactionId.exactOptional(),
		invoice,
		meta: fewNamed(code(128), words(1_000), 64).exactOptional(),
	})
	.refine((wish) => given(wish.operationId, wish.transactionId) === 1, {
		error: "expected exactly one of operationId and transactionId",
	})
	.transform(({ operationId, transactionId, ...wish }) => ({
		...wish,
		payment: paymentName(operationId, undefined, transactionId),
	}))
	.meta(exactlyOneOf("operationId", "transactionId"));

function paymentName(
	operationId: string | undefined,
	orderId: string | undefined,
	transactionId = "",
): PaymentName {
	if (operationId !== undefined) return { operationId };
	return orderId !== undefined ? { orderId } : { transactionId };
}

export const scanTakeParams = z.strictObject({ scanId });
export const scanAcknowledgeParams = z.strictObject({ scanId });
/** Without a terminalId: those of all tills. */
export const scansAcceptParams = z.strictObject({ terminal: terminal.exactOptional() });

/** Without a name: all scanners. */
export const scannerPauseParams = z.strictObject({ scanner: deviceName.exactOptional() });
export const scannerBeepParams = z.strictObject({ scanner: deviceName, good: z.boolean().default(true) });
/** Whether its reading begins or ends. */
export const scannerTriggerParams = z.strictObject({ scanner: deviceName, on: z.boolean().default(true) });
export const scannerPictureParams = z.strictObject({ scanner: deviceName });

export const subscribeParams = z.strictObject({
	/** The last event that the client has; without it, only what comes from now on. */
	since: z.int().min(0).describe("The last event that the client has.").exactOptional(),
	/** Only what happens at this till, and what belongs to none; without it everything. */
	terminal: terminal.exactOptional(),
});

export const discoverParams = z.strictObject({});

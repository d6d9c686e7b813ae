import { z } from "zod";
import { isKopecks, kopecks } from "../model/money.ts";

/** A name that a program chose: it goes into the journal and onto paper, so no control characters. */
const code = (most: number) =>
	z
		.string()
		.min(1)
		.max(most)
		.regex(/^\P{C}*$/u, "expected printable characters only");

/** Words for people. */
const words = z
	.string()
	.min(1)
	.max(1_000)
	.refine((text) => text.isWellFormed(), { error: "expected whole Unicode characters" });

/** cm_pay_api 1.2.1: amounts are whole kopecks of at most ten digits. */
const money = z
	.int()
	.refine(isKopecks, { error: "expected 0 to 9999999999 whole kopecks" })
	.transform(kopecks);

const key = code(128);
const operationId = code(128);
const scanId = code(128);
/** cm_pay_api 1.2.1, checkoutInvoice: at most 36 characters. */
const orderId = code(36);

/** cm_pay_api 1.2.1, object `item`. */
const item = z.strictObject({
	name: words,
	article: words,
	price: money,
	quantity: z.int().min(1),
	measure: code(36).exactOptional(),
	totalAmount: money,
	discountAmount: money.exactOptional(),
	subTotalAmount: money.exactOptional(),
	tax: code(36),
});

const mostItems = 1_000;

export const helloParams = z.strictObject({ client: code(128) });

export const payStartParams = z.strictObject({
	key,
	scanId,
	orderId,
	totalAmount: money.refine((amount) => amount > 0, { error: "expected more than 0 kopecks" }),
	currency: code(3).exactOptional(),
	discountAmount: money.exactOptional(),
	subTotalAmount: money.exactOptional(),
	// Counted before they are looked at: a million wrong items cost nothing.
	items: z.array(z.unknown()).min(1).max(mostItems).pipe(z.array(item)),
	paymentTypes: z.array(code(36)).min(1).max(16).exactOptional(),
});

export const payCancelParams = z.strictObject({ operationId });

export const operationGetParams = z.union(
	[z.strictObject({ operationId }), z.strictObject({ key }), z.strictObject({ orderId })],
	{ error: "expected exactly one of operationId, key (1 to 128 characters) and orderId (1 to 36)" },
);

export const scanTakeParams = z.strictObject({ scanId });

export const subscribeParams = z.strictObject({
	/** The last event that the client has; without it, only what comes from now on. */
	since: z.int().min(0).exactOptional(),
});

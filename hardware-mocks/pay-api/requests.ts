/**
 * What a till may send, by the names and limits of the document (cm_pay_api 1.2.1).
 * Stricter than a server needs to be: a field that the document does not name is refused, so that a wrong till shows.
 */
import { z } from "zod";

const money = z.int().min(0).max(9_999_999_999);
const guid = z.guid().length(36);
const currency = z.literal("RUB");

const item = z.strictObject({
	name: z.string().min(1),
	article: z.string().min(1),
	price: money,
	currency: currency.optional(),
	quantity: z.int().min(1),
	measure: z.string().min(1).optional(),
	totalAmount: money,
	discountAmount: money.optional(),
	subTotalAmount: money.optional(),
	tax: z.enum(["none", "vat0", "vat10", "vat20", "vat110", "vat120"]),
});

const checkoutInvoice = z.strictObject({
	orderId: z.string().min(1).max(36),
	totalAmount: money,
	currency: currency.optional(),
	discountAmount: money.optional(),
	subTotalAmount: money.optional(),
	items: z.array(item).min(1),
});

const paymentMethod = z.strictObject({
	type: z.enum(["SBP", "DOLYAME"]),
	paymentPurpose: z.string().min(1).optional(),
	meta: z.record(z.string(), z.string()).optional(),
});

const store = { storeId: guid, terminalId: z.string().min(1).max(256) };

const checkout = z.strictObject({
	requestId: guid,
	cardSession: z.string().regex(/^[A-Za-z0-9]{1,32}$/, "expected 1 to 32 Latin letters and digits"),
	...store,
	checkoutInvoice,
	user: z.strictObject({ loyaltyId: z.string().min(1).max(36) }),
	paymentMethods: z.array(paymentMethod).min(1),
});

const status = z
	.strictObject({ requestId: guid, transactionId: guid.optional(), refTransactionId: guid.optional() })
	.refine((body) => (body.transactionId ?? body.refTransactionId) !== undefined, {
		error: "expected transactionId or refTransactionId",
	});

const cancel = z.strictObject({ requestId: guid, ...store, transactionId: guid });

export type CheckoutRequest = z.infer<typeof checkout>;
export type StatusRequest = z.infer<typeof status>;
export type CancelRequest = z.infer<typeof cancel>;

/** A request that the document allows, and which call it is. */
export type PayRequest =
	| { readonly call: "checkout"; readonly body: CheckoutRequest }
	| { readonly call: "status"; readonly body: StatusRequest }
	| { readonly call: "cancel"; readonly body: CancelRequest };

const schemas = {
	checkout: checkout.transform((body): PayRequest => ({ call: "checkout", body })),
	status: status.transform((body): PayRequest => ({ call: "status", body })),
	cancel: cancel.transform((body): PayRequest => ({ call: "cancel", body })),
};

/** Reads a body (UTF-8 JSON), or says in one line what is wrong with it. */
export function readRequest(call: PayRequest["call"], bytes: Uint8Array): PayRequest | string {
	let json: unknown;
	try {
		json = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
	} catch (error) {
		return `not UTF-8 JSON: ${error instanceof Error ? error.message : error}`;
	}
	const read = schemas[call].safeParse(json);
	if (read.success) return read.data;
	return read.error.issues.map(({ path, message }) => `${path.join(".") || "body"}: ${message}`).join("; ");
}

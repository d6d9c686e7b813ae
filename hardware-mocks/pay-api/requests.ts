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
	type: z.string().min(1).max(36),
	paymentPurpose: z.string().min(1).optional(),
	meta: z.record(z.string(), z.string()).optional(),
});

const store = { storeId: guid, terminalId: z.string().min(1).max(256) };

const cardSession = z.string().regex(/^[A-Za-z0-9]{1,32}$/, "expected 1 to 32 Latin letters and digits");
const user = z.strictObject({ loyaltyId: z.string().min(1).max(36) });

/** The document spells `cardsession` in small letters here, and here alone. */
const providers = z.strictObject({
	requestId: guid,
	cardsession: cardSession,
	...store,
	checkoutInvoice,
	user,
});

const checkout = z.strictObject({
	requestId: guid,
	cardSession,
	...store,
	checkoutInvoice,
	user,
	paymentMethods: z.array(paymentMethod).min(1),
});

const status = z
	.strictObject({ requestId: guid, transactionId: guid.optional(), refTransactionId: guid.optional() })
	.refine((body) => (body.transactionId ?? body.refTransactionId) !== undefined, {
		error: "expected transactionId or refTransactionId",
	});

const cancel = z.strictObject({ requestId: guid, ...store, transactionId: guid });

const refund = z.strictObject({
	requestId: guid,
	transactionId: guid,
	...store,
	refundAmount: money.min(1),
	currency: currency.optional(),
	items: z.array(item).min(1),
});

const mark = z.string().min(1).max(64).optional();

const invoice = z.strictObject({
	orderId: z.string().min(1).max(36),
	receiptId: z.string().min(1).max(36),
	merchantName: z.string().min(1).max(999),
	merchantAddress: z.string().min(1).max(999),
	inn: z.string().length(12),
	dateTime: z.iso.datetime({ offset: true }),
	shift: z.string().min(1).max(32),
	cashier: z.string().min(1).max(256),
	taxation: z.enum(["osn", "usn_income", "usn_income_out", "envd", "esn", "patent"]).optional(),
	kktRegNumber: mark,
	fnNumber: mark,
	fdNumber: mark,
	fpd: mark,
	website: mark,
	receiptType: z.enum(["debit", "credit", "refund"]),
	totalAmount: money,
	currency: currency.optional(),
	discountAmount: money.optional(),
	subTotalAmount: money.optional(),
	taxAmount: money.optional(),
	qr: z.string().min(1).max(999).optional(),
	items: z.array(item).min(1),
});

const receipt = z.strictObject({
	requestId: guid,
	transactionId: guid,
	...store,
	invoice,
	meta: z.record(z.string(), z.string()).optional(),
});

export type ProvidersRequest = z.infer<typeof providers>;
export type RefundRequest = z.infer<typeof refund>;
export type ReceiptRequest = z.infer<typeof receipt>;
export type CheckoutRequest = z.infer<typeof checkout>;
export type StatusRequest = z.infer<typeof status>;
export type CancelRequest = z.infer<typeof cancel>;

/** A request that the document allows, and which call it is. */
export type PayRequest =
	| { readonly call: "providers"; readonly body: ProvidersRequest }
	| { readonly call: "checkout"; readonly body: CheckoutRequest }
	| { readonly call: "status"; readonly body: StatusRequest }
	| { readonly call: "cancel"; readonly body: CancelRequest }
	| { readonly call: "refund"; readonly body: RefundRequest }
	| { readonly call: "receipt"; readonly body: ReceiptRequest };

const schemas = {
	providers: providers.transform((body): PayRequest => ({ call: "providers", body })),
	checkout: checkout.transform((body): PayRequest => ({ call: "checkout", body })),
	status: status.transform((body): PayRequest => ({ call: "status", body })),
	cancel: cancel.transform((body): PayRequest => ({ call: "cancel", body })),
	refund: refund.transform((body): PayRequest => ({ call: "refund", body })),
	receipt: receipt.transform((body): PayRequest => ({ call: "receipt", body })),
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

import { FaultError } from "../model/fault.ts";
import type { PaymentWish, Purchase } from "../model/operation.ts";
import type { PayApiSettings } from "../model/settings/pay-api.ts";

type Enums = PayApiSettings["enums"];

/**
 * Refuses a payment with a word that `payApi.enums` does not list, before anything of it leaves.
 * @throws {FaultError} `payment-type-not-accepted`, or `request-invalid` for a currency, a measure or a tax.
 */
export function refuseUnlisted({ paymentTypes, purchase }: PaymentWish, enums: Enums): void {
	for (const type of paymentTypes) {
		if (!enums.paymentTypes.includes(type)) throw new FaultError("payment-type-not-accepted", type);
	}
	refuseUnlistedWords(purchase, enums);
}

/** The same for what was bought. @throws {FaultError} `request-invalid` */
export function refuseUnlistedWords(
	{ currency, items }: Pick<Purchase, "currency" | "items">,
	{ currencies, measures, taxes }: Enums,
): void {
	refuse(currency, currencies, "currency");
	for (const [index, { measure, tax }] of items.entries()) {
		refuse(measure, measures, `items.${index}.measure`);
		refuse(tax, taxes, `items.${index}.tax`);
	}
}

/** The same for a fiscal receipt (cm_pay_api 1.2.1, object `invoice`). @throws {FaultError} `request-invalid` */
export function refuseUnlistedInvoice(
	{
		taxation,
		receiptType,
		...purchase
	}: Pick<Purchase, "currency" | "items"> & { readonly taxation?: string; readonly receiptType: string },
	enums: Enums,
): void {
	refuse(taxation, enums.taxations, "invoice.taxation");
	refuse(receiptType, enums.receiptTypes, "invoice.receiptType");
	refuseUnlistedWords(purchase, enums);
}

function refuse(word: string | undefined, listed: readonly string[], where: string): void {
	if (word === undefined || listed.includes(word)) return;
	throw new FaultError("request-invalid", `${where}: expected one of ${listed.join(", ")}, got "${word}"`);
}

import { FaultError } from "../model/fault.ts";
import type { PaymentWish } from "../model/operation.ts";
import type { PayApiSettings } from "../model/settings/pay-api.ts";

/**
 * Refuses a purchase with a word that `payApi.enums` does not list, before anything of it leaves.
 * @throws {FaultError} `payment-type-not-accepted`, or `request-invalid` for a currency, a measure or a tax.
 */
export function refuseUnlisted(
	{ paymentTypes, purchase }: PaymentWish,
	enums: PayApiSettings["enums"],
): void {
	for (const type of paymentTypes) {
		if (!enums.paymentTypes.includes(type)) throw new FaultError("payment-type-not-accepted", type);
	}
	if (purchase.currency !== undefined) refuse(purchase.currency, enums.currencies, "currency");
	for (const [index, { measure, tax }] of purchase.items.entries()) {
		if (measure !== undefined) refuse(measure, enums.measures, `items.${index}.measure`);
		refuse(tax, enums.taxes, `items.${index}.tax`);
	}
}

function refuse(word: string, listed: readonly string[], where: string): void {
	if (listed.includes(word)) return;
	throw new FaultError("request-invalid", `${where}: expected one of ${listed.join(", ")}, got "${word}"`);
}

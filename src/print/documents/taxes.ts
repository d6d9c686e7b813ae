import { roubles } from "../../model/money.ts";
import type { Filling } from "../../model/settings/document-holes.ts";
import type { Invoice } from "./invoice.ts";
import { signedRoubles, type Titles, titleOf } from "./words.ts";

/**
 * The rates of VAT of a receipt, each with the sum of its positions. The VAT of each rate stands beside it only where
 * it is sure: with one rate it is that of the receipt; with several it is computed, and shown if all together give
 * that of the receipt.
 */
export function taxes(
	{ items, taxAmount }: Invoice,
	titles: Titles,
): Filling<"fiscal-receipt">["lists"]["taxes"] {
	const rates = [...Map.groupBy(items, ({ tax }) => tax)].map(([tax, of]) => {
		const total = of.reduce((sum, { totalAmount }) => sum + totalAmount, 0);
		return { tax, total, vat: Math.round(total * shareOf(tax)) };
	});
	const taxed = rates.filter(({ tax }) => shareOf(tax) > 0);
	const isSure = taxed.length === 1 || rates.reduce((sum, { vat }) => sum + vat, 0) === taxAmount;
	return rates.map(({ tax, total, vat }) => ({
		tax: titleOf(tax, titles),
		total: signedRoubles(total),
		taxAmount: taxAmount === undefined || !isSure || shareOf(tax) === 0 ? undefined : sureVat(vat),
	}));

	function sureVat(vat: number): string {
		return taxed.length === 1 && taxAmount !== undefined ? roubles(taxAmount) : signedRoubles(vat);
	}
}

/** The VAT in a sum: `vat20` and the computed rate `vat120` (20/120) alike hold 20 of 120 parts. */
function shareOf(tax: string): number {
	const percent = Number(/^vat(?:1(?=\d\d$))?(\d{1,2})$/.exec(tax)?.[1] ?? 0);
	return percent / (100 + percent);
}

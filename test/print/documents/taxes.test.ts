import { expect, test } from "vitest";
import { sampleItems, sampleReceipt } from "../../../src/cli/print-sample-shop.ts";
import { readInvoice } from "../../../src/print/documents/invoice.ts";
import { taxes } from "../../../src/print/documents/taxes.ts";

const titles = { vat10: "НДС 10%", vat20: "НДС 20%", none: "Без НДС" };
const taxesOf = (changes: Record<string, unknown>) =>
	taxes(readInvoice({ ...sampleReceipt, ...changes } as typeof sampleReceipt), titles);
const [coffee, milk] = sampleItems;

test("each rate has the sum of its positions, and its VAT where all rates give that of the receipt", () => {
	expect(taxesOf({ taxAmount: 22_323 })).toEqual([
		{ tax: "НДС 20%", total: "984,56", taxAmount: "164,09" },
		{ tax: "НДС 10%", total: "650,50", taxAmount: "59,14" },
	]);
});

test("VAT that does not agree with the receipt's is not shown by rates", () => {
	for (const taxAmount of [22_324, undefined]) {
		expect(taxesOf({ taxAmount }).map((rate) => rate.taxAmount)).toEqual([undefined, undefined]);
	}
});

test("the only rate has the VAT of the receipt, as the cash register rounded it", () => {
	const items = [coffee, { ...milk, tax: "none" }];
	expect(taxesOf({ items, taxAmount: 16_410 })).toEqual([
		{ tax: "НДС 20%", total: "984,56", taxAmount: "164,10" },
		{ tax: "Без НДС", total: "250,00", taxAmount: undefined },
	]);
});

test("rates of a later law and computed ones are known by their words", () => {
	const items = [
		{ ...coffee, tax: "vat122", totalAmount: 12_200 },
		{ ...milk, tax: "vat5", totalAmount: 10_500 },
		{ ...milk, tax: "vat0", totalAmount: 100 },
	];
	expect(taxesOf({ items, taxAmount: 2_700 })).toEqual([
		{ tax: "vat122", total: "122,00", taxAmount: "22,00" },
		{ tax: "vat5", total: "105,00", taxAmount: "5,00" },
		{ tax: "vat0", total: "1,00", taxAmount: undefined },
	]);
});

import { expect, test } from "vitest";
import { kopecks } from "../../src/model/money.ts";
import type { PaymentWish } from "../../src/model/operation.ts";
import { Secret } from "../../src/model/secret.ts";
import type { PayApiSettings } from "../../src/model/settings/pay-api.ts";
import { refuseUnlisted, refuseUnlistedInvoice } from "../../src/pay/listed.ts";

const enums = {
	paymentTypes: ["SBP", "PAYLATE"],
	measures: ["PIECE"],
	taxes: ["vat0"],
	currencies: ["RUB"],
	taxations: ["osn"],
	receiptTypes: ["debit"],
} as unknown as PayApiSettings["enums"];

const item = {
	name: "Чай",
	article: "1",
	price: kopecks(400),
	quantity: 1,
	totalAmount: kopecks(400),
	tax: "vat0",
};
const wish = (paymentTypes: string[], ...items: object[]): PaymentWish => ({
	purchase: {
		orderId: "1",
		totalAmount: kopecks(400),
		items: items.map((change) => ({ ...item, ...change })),
	},
	brand: "example",
	cardNumber: new Secret("1234567890123"),
	cardSession: new Secret("A1G97N"),
	paymentTypes,
});

test("a way to pay that only the configuration knows is let through", () => {
	expect(() => refuseUnlisted(wish(["PAYLATE"], { measure: "PIECE" }), enums)).not.toThrow();
});

test("a way to pay that is not listed is refused by its own fault", () => {
	expect(() => refuseUnlisted(wish(["SBP", "CASH"], {}), enums)).toThrow("payment-type-not-accepted: CASH");
});

test("a currency that is not listed is refused, and one that is listed is not", () => {
	const inCurrency = (currency: string) => {
		const roubles = wish(["SBP"], {});
		return () => refuseUnlisted({ ...roubles, purchase: { ...roubles.purchase, currency } }, enums);
	};
	expect(inCurrency("RUB")).not.toThrow();
	expect(inCurrency("USD")).toThrow('currency: expected one of RUB, got "USD"');
});

test("an unlisted measure or tax is refused, naming the item and what is listed", () => {
	expect(() => refuseUnlisted(wish(["SBP"], {}, { measure: "BUCKET" }), enums)).toThrow(
		'items.1.measure: expected one of PIECE, got "BUCKET"',
	);
	expect(() => refuseUnlisted(wish(["SBP"], { tax: "vat21" }), enums)).toThrow("items.0.tax");
});

test("a fiscal receipt of an unlisted kind or taxation is refused, and so are its unlisted words", () => {
	const invoice = { items: [item], receiptType: "debit", taxation: "osn" };
	expect(() => refuseUnlistedInvoice(invoice, enums)).not.toThrow();
	expect(() => refuseUnlistedInvoice({ ...invoice, receiptType: "gift" }, enums)).toThrow(
		'invoice.receiptType: expected one of debit, got "gift"',
	);
	expect(() => refuseUnlistedInvoice({ ...invoice, taxation: "none" }, enums)).toThrow("invoice.taxation");
	expect(() => refuseUnlistedInvoice({ ...invoice, items: [{ ...item, tax: "vat21" }] }, enums)).toThrow(
		"items.0.tax",
	);
});

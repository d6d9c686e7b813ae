import { kopecks } from "../../src/model/money.ts";
import type { Position, Press, Shopper } from "./plan.ts";

/** What a shopper buys. */
export function wishOf({ name, basket }: Shopper) {
	const items = basket.map((position, index) => itemOf(position, index));
	const totalAmount = items.reduce((sum, item) => sum + item.totalAmount, 0);
	return { orderId: `order of ${name}`, totalAmount: kopecks(totalAmount), items, paymentTypes: ["SBP"] };
}

/** What of it comes back. */
export function partsOf({ quantities }: Extract<Press, { wish: "refund" }>) {
	if (quantities === undefined) return {};
	const parts = quantities.map((quantity, position) => ({ position, quantity }));
	return { parts: parts.filter(({ quantity }) => quantity > 0) };
}

/** Its fiscal receipt. */
export function invoiceOf(shopper: Shopper) {
	const { orderId, totalAmount, items } = wishOf(shopper);
	const shop = {
		merchantName: "Магазин",
		merchantAddress: "Москва",
		inn: "007700000000",
		shift: "1",
		cashier: "Анна",
	};
	const receipt = { receiptId: "1", dateTime: "2026-03-01T12:00:00+03:00", receiptType: "debit" };
	return { orderId, ...receipt, ...shop, totalAmount, items };
}

function itemOf({ price, quantity, measure }: Position, index: number) {
	const totalAmount = kopecks(price * quantity);
	const facts = { name: `Товар ${index + 1}`, article: `A${index + 1}`, price: kopecks(price), quantity };
	return { ...facts, ...(measure && { measure }), totalAmount, tax: "none" };
}

import { expect, test } from "vitest";
import { kopecks } from "../../src/model/money.ts";
import { cancelBody, checkoutBody, refundBody, statusBody } from "../../src/pay/bodies.ts";
import { refTransactionId, refundWish } from "./refund-scene.ts";
import { transactionId, wish } from "./turns.ts";

const store = { storeId: "store-1", terminalId: "till-1" };

/** What stands on the wire. */
const onWire = (body: object) => JSON.parse(JSON.stringify(body)) as object;

test("a checkout says everything under the wire's own names", () => {
	const body = checkoutBody(wish, { ...store, requestId: "request-1", paymentPurpose: "Покупка" });
	expect(onWire(body)).toEqual({
		requestId: "request-1",
		cardSession: "A1G97N",
		storeId: "store-1",
		terminalId: "till-1",
		checkoutInvoice: {
			orderId: "order-1",
			totalAmount: 85_900,
			items: [
				{ name: "Чай", article: "tea-1", price: 85_900, quantity: 1, totalAmount: 85_900, tax: "none" },
			],
		},
		user: { loyaltyId: "1234567890123" },
		paymentMethods: [{ type: "SBP", paymentPurpose: "Покупка" }],
	});
});

test("what the shop or the purchase leaves out is not on the wire, not even as null", () => {
	const body = JSON.stringify(checkoutBody(wish, { ...store, requestId: "r", paymentPurpose: null }));
	expect(body).not.toMatch(/null|paymentPurpose|discountAmount|subTotalAmount|measure|currency/);
});

test("discounts and measures are on the wire when the purchase has them", () => {
	const [item] = wish.purchase.items;
	if (item === undefined) throw new Error("the wish has an item");
	const discounted = { discountAmount: kopecks(100), subTotalAmount: kopecks(86_000) };
	const purchase = { ...wish.purchase, ...discounted, items: [{ ...item, ...discounted, measure: "GRAM" }] };
	const body = checkoutBody({ ...wish, purchase }, { ...store, requestId: "r", paymentPurpose: null });
	expect(onWire(body)).toMatchObject({
		checkoutInvoice: {
			discountAmount: 100,
			subTotalAmount: 86_000,
			items: [{ discountAmount: 100, subTotalAmount: 86_000, measure: "GRAM" }],
		},
	});
});

test("the same wish and requestId give the same bytes", () => {
	const facts = { ...store, requestId: "r", paymentPurpose: null };
	expect(JSON.stringify(checkoutBody(wish, facts))).toBe(JSON.stringify(checkoutBody(wish, facts)));
});

test("a status and a cancel say which transaction they are about", () => {
	expect(statusBody("r", { transactionId })).toEqual({ requestId: "r", transactionId });
	expect(cancelBody("r", transactionId, store)).toEqual({ requestId: "r", transactionId, ...store });
});

test("a refund says what is given back, and nothing else that a POS program may have said", () => {
	const items = refundWish.items.map((item) => Object.assign({ secret: 1 }, item));
	expect(onWire(refundBody("r", { ...refundWish, items }, store))).toEqual({
		requestId: "r",
		transactionId,
		...store,
		refundAmount: 85_900,
		items: [{ name: "Чай", article: "tea-1", price: 85_900, quantity: 1, totalAmount: 85_900, tax: "none" }],
	});
});

test("the state of a refund is asked for by its own id alone", () => {
	expect(statusBody("r", { transactionId, refTransactionId })).toEqual({ requestId: "r", refTransactionId });
});

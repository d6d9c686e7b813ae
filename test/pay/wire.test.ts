import fc from "fast-check";
import { expect, test } from "vitest";
import { kopecks } from "../../src/model/money.ts";
import { cancelBody, checkoutBody, readAnswer, refundBody, statusBody } from "../../src/pay/wire.ts";
import { refTransactionId, refundWish } from "./refund-scene.ts";
import { slip, transactionId, wish } from "./turns.ts";

const store = { storeId: "store-1", terminalId: "till-1" };
const asked = { requestId: "Request-1" };

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
	const about = { transactionId, refTransactionId };
	expect(statusBody("r", about)).toEqual({ requestId: "r", refTransactionId });
	const answer = { status: "refunded", refTransactionId: "other", refStatus: "accepted" };
	expect(readAnswer("status", answer, { requestId: "r", ...about })).toBe("for another refTransactionId");
});

test("a refund's answer may leave the payment's status out", () => {
	const facts = readAnswer("refund", { refStatus: "new", refTransactionId }, { ...asked, transactionId });
	expect(facts).toEqual({ status: "", refStatus: "new", transactionId, refTransactionId });
});

test("an answer is read with everything it says, unknown fields ignored", () => {
	const answer = {
		requestId: "request-1",
		transactionId,
		status: "accepted",
		slip,
		refStatus: null,
		news: 1,
	};
	expect(readAnswer("checkout", answer, asked)).toEqual({
		status: "accepted",
		transactionId,
		slip: { ...slip, unlisted: {} },
	});
});

test("ids in capital letters are the same ids", () => {
	const answer = { requestId: "REQUEST-1", transactionId: transactionId.toUpperCase(), status: "new" };
	expect(readAnswer("status", answer, { ...asked, transactionId })).toEqual({ status: "new", transactionId });
});

test("a status answer without ids is about the transaction that was asked for", () => {
	expect(readAnswer("status", { status: "" }, { ...asked, transactionId })).toEqual({
		status: "",
		transactionId,
	});
});

test("a cancel's answer may leave the status out", () => {
	const facts = readAnswer("cancel", { refStatus: "new" }, { ...asked, transactionId });
	expect(facts).toEqual({ status: "", refStatus: "new", transactionId });
});

test("an answer about a refund tells the refund's own transaction", () => {
	const answer = { status: "refunded", transactionId, refTransactionId: "refund-1", refStatus: "accepted" };
	expect(readAnswer("status", answer, asked)).toEqual(answer);
});

test("a refund's transaction that cannot be read does not hide the status", () => {
	const answer = { status: "accepted", transactionId, refTransactionId: ["refund-1"] };
	expect(readAnswer("status", answer, asked)).toEqual({ status: "accepted", transactionId });
});

test("an errorCode that cannot be read does not hide the rejection", () => {
	const answer = { status: "rejected", errorCode: { deep: 1 } };
	expect(readAnswer("status", answer, { ...asked, transactionId })).toEqual({
		status: "rejected",
		transactionId,
	});
});

test("why an answer cannot be read names its fields and none of its values", () => {
	expect(readAnswer("status", { status: ["A1G97N"] }, { ...asked, transactionId })).toBe(
		"not understood: status",
	);
	const stranger = readAnswer(
		"status",
		{ status: "accepted", requestId: "A1G97N" },
		{ ...asked, transactionId },
	);
	expect(stranger).toBe("for another requestId");
});

const word = fc.constantFrom("accepted", "pending", "", "request-1", transactionId, "x".repeat(300));
const loose = fc.record(
	{
		requestId: fc.oneof(word, fc.jsonValue()),
		transactionId: fc.oneof(word, fc.jsonValue()),
		status: fc.oneof(word, fc.jsonValue()),
		refStatus: fc.oneof(word, fc.jsonValue()),
		errorCode: fc.oneof(word, fc.jsonValue()),
		slip: fc.oneof(fc.constant(slip), fc.jsonValue()),
	},
	{ requiredKeys: [] },
);
const call = fc.constantFrom("checkout", "status", "cancel", "refund");

test("whatever JSON comes, reading it never throws and never makes up a status or a transaction", () => {
	fc.assert(
		fc.property(fc.oneof(loose, fc.jsonValue()), call, fc.boolean(), (json, kind, known) => {
			const facts = readAnswer(kind, json, known ? { ...asked, transactionId } : asked);
			if (typeof facts === "string") return;
			const given = json as { status?: unknown; transactionId?: unknown };
			expect(facts.status).toBe(given.status ?? "");
			if (!known) expect(facts.transactionId).toBe(given.transactionId);
			else expect(facts.transactionId).toBe(transactionId);
		}),
		{ numRuns: 2_000 },
	);
});

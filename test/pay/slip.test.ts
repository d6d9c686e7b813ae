import fc from "fast-check";
import { expect, test } from "vitest";
import { kopecks } from "../../src/model/money.ts";
import { slipFields } from "../../src/model/slip.ts";
import { readSlip, strangeFields } from "../../src/pay/slip.ts";

test("a whole slip keeps every documented field as it came", () => {
	const whole = {
		...Object.fromEntries(slipFields.map((field) => [field, `a ${field}`])),
		totalAmount: 85_900,
	};
	expect(readSlip(whole)).toEqual({ ...whole, unlisted: {} });
});

test("a slip that leaves required fields out is a slip", () => {
	expect(readSlip({ id: "1", qrcId: null })).toEqual({ id: "1", unlisted: {} });
});

test("unknown fields, and documented ones of another type, are kept among the unlisted", () => {
	expect(readSlip({ id: 17, totalAmount: "85900", loyalty: { points: 3 } })).toEqual({
		unlisted: { id: 17, totalAmount: "85900", loyalty: { points: 3 } },
	});
});

test("a field under the name of a secret is kept without its value, however deep and however spelled", () => {
	const json = { id: "1", loyaltyId: 8067305918246, card: [{ card_number: "80673", kind: "loyalty" }] };
	expect(readSlip(json)).toEqual({
		id: "1",
		unlisted: { loyaltyId: "[hidden]", card: [{ card_number: "[hidden]", kind: "loyalty" }] },
	});
});

test.each([[null], [undefined], ["slip"], [[]], [{}], [{ id: null }]])("%j is no slip", (json) => {
	expect(readSlip(json)).toBeUndefined();
});

test("whatever JSON comes, no field of it is lost and nothing is made up", () => {
	fc.assert(
		fc.property(
			fc.dictionary(fc.oneof(fc.constantFrom(...slipFields), fc.string()), fc.jsonValue()),
			(json) => {
				const { unlisted, ...listed } = readSlip(json) ?? { unlisted: {} };
				const kept = [...Object.entries(listed), ...Object.entries(unlisted)];
				const given = Object.entries(json).filter(([, value]) => value !== null);
				expect(new Map(kept)).toEqual(new Map(given));
			},
		),
	);
});

test("a field named __proto__ is a field like any other", () => {
	const slip = readSlip(JSON.parse('{"__proto__": {"totalAmount": 1}}'));
	expect(Object.keys(slip?.unlisted ?? {})).toEqual(["__proto__"]);
	expect(slip?.totalAmount).toBeUndefined();
});

const own = {
	totalAmount: kopecks(85_900),
	orderId: "order-1",
	paymentTransactionId: "7d3a-b0e",
	refundTransactionId: "9e1c-5f0",
};

test("a slip is strange by each field that tells another payment, and by no other", () => {
	const other = {
		totalAmount: kopecks(1),
		orderId: "order-2",
		paymentTransactionId: "1111",
		refundTransactionId: "2222",
	};
	fc.assert(
		fc.property(fc.subarray(Object.keys(own) as (keyof typeof own)[]), (fields) => {
			const strange = Object.fromEntries(fields.map((field) => [field, other[field]]));
			expect(strangeFields({ ...own, kzo: "kzo", ...strange, unlisted: {} }, own)).toEqual(fields);
		}),
	);
});

test("a slip that leaves its fields out, or has the transaction in capital letters, is not strange", () => {
	expect(strangeFields({ unlisted: { totalAmount: "1" } }, own)).toEqual([]);
	expect(strangeFields({ paymentTransactionId: "7D3A-B0E", unlisted: {} }, own)).toEqual([]);
});

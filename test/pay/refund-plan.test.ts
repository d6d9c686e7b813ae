import fc from "fast-check";
import { expect, test } from "vitest";
import { isKopecks, kopecks } from "../../src/model/money.ts";
import type { Item, Purchase, ReturnedPart } from "../../src/model/operation.ts";
import { type AskedPart, planRefund } from "../../src/pay/refund-plan.ts";

const pieces = ["PIECE"];

function item(totalAmount: number, quantity: number, more: Partial<Item> = {}): Item {
	return {
		name: "Чай",
		article: "tea",
		price: kopecks(Math.floor(totalAmount / quantity)),
		quantity,
		totalAmount: kopecks(totalAmount),
		tax: "vat10",
		...more,
	};
}

function purchase(...items: readonly Item[]): Purchase {
	const totalAmount = kopecks(items.reduce((all, { totalAmount }) => all + totalAmount, 0));
	return { orderId: "17", totalAmount, items };
}

const part = (position: number, quantity: number, totalAmount: number): ReturnedPart => ({
	position,
	quantity,
	totalAmount: kopecks(totalAmount),
});
const code = (code: string) => expect.objectContaining({ code });

test("without parts everything goes back as it was bought", () => {
	const cheese = item(50_000, 1_125, { measure: "GRAM", discountAmount: kopecks(5) });
	const payment = purchase(item(1_000, 3), cheese, item(0, 1));
	expect(planRefund(payment, [], undefined, pieces)).toEqual({
		amount: 51_000,
		items: payment.items,
		parts: [part(0, 3, 1_000), part(1, 1_125, 50_000), part(2, 1, 0)],
	});
});

test("without parts only what is left goes back", () => {
	const payment = purchase(item(1_000, 3), item(500, 1));
	const plan = planRefund(payment, [part(0, 1, 333), part(1, 1, 500)], undefined, pieces);
	expect(plan.amount).toBe(667);
	expect(plan.parts).toEqual([part(0, 2, 667)]);
	expect(plan.items).toMatchObject([{ quantity: 2, totalAmount: 667 }]);
});

test("some pieces of a position have their share of it, rounded down, and the last one has the rest", () => {
	const payment = purchase(item(1_000, 3));
	expect(planRefund(payment, [], [{ position: 0, quantity: 1 }], pieces).amount).toBe(333);
	expect(planRefund(payment, [], [{ position: 0, quantity: 2 }], pieces).amount).toBe(666);
	const before = [part(0, 1, 333), part(0, 1, 333)];
	expect(planRefund(payment, before, [{ position: 0, quantity: 1 }], pieces).amount).toBe(334);
});

test("an amount that is named is the one that goes back", () => {
	const asked = [{ position: 0, quantity: 1, totalAmount: kopecks(250) }];
	const plan = planRefund(purchase(item(1_000, 3)), [], asked, pieces);
	expect(plan).toMatchObject({ amount: 250, parts: [part(0, 1, 250)], items: [{ totalAmount: 250 }] });
});

test("what was held back on purpose does not go back with the last piece", () => {
	const payment = purchase(item(1_000, 1), item(500, 1));
	const plan = planRefund(payment, [part(0, 1, 900)], undefined, pieces);
	expect(plan).toMatchObject({ amount: 500, parts: [part(1, 1, 500)] });
});

test("a share is never more than what named amounts have left of its position", () => {
	const plan = planRefund(
		purchase(item(1_000, 10)),
		[part(0, 1, 950)],
		[{ position: 0, quantity: 1 }],
		pieces,
	);
	expect(plan.amount).toBe(50);
});

test("the discount of a position is said only when the position goes back whole", () => {
	const payment = purchase(item(900, 2, { discountAmount: kopecks(100), subTotalAmount: kopecks(1_000) }));
	const [half] = planRefund(payment, [], [{ position: 0, quantity: 1 }], pieces).items;
	expect(half).toEqual({ ...item(900, 2), quantity: 1, totalAmount: 450 });
	expect(planRefund(payment, [], [{ position: 0, quantity: 2 }], pieces).items).toEqual(payment.items);
});

test.each([
	["more pieces than were bought", [], [{ position: 0, quantity: 4 }], "refund-over-rest"],
	["more pieces than are left", [part(0, 2, 666)], [{ position: 0, quantity: 2 }], "refund-over-rest"],
	[
		"more kopecks than are left",
		[part(0, 1, 800)],
		[{ position: 0, quantity: 1, totalAmount: kopecks(201) }],
		"refund-over-rest",
	],
	["a position that is not there", [], [{ position: 2, quantity: 1 }], "request-invalid"],
	["a position before the first", [], [{ position: -1, quantity: 1 }], "request-invalid"],
	[
		"one position twice",
		[],
		[
			{ position: 0, quantity: 1 },
			{ position: 0, quantity: 1 },
		],
		"request-invalid",
	],
	["no kopecks", [], [{ position: 0, quantity: 1, totalAmount: kopecks(0) }], "request-invalid"],
	["no parts", [], [], "refund-over-rest"],
	["some grams", [], [{ position: 1, quantity: 1_124 }], "refund-only-whole"],
	[
		"all grams for some of their price",
		[],
		[{ position: 1, quantity: 1_125, totalAmount: kopecks(1) }],
		"refund-only-whole",
	],
	["grams that are already back", [part(1, 1_125, 500)], [{ position: 1, quantity: 1 }], "refund-over-rest"],
	["everything a second time", [part(0, 3, 1_000), part(1, 1_125, 500)], undefined, "refund-over-rest"],
] as const)("a refund of %s is refused", (_what, before, asked, fault) => {
	const payment = purchase(item(1_000, 3), item(500, 1_125, { measure: "GRAM" }));
	expect(() => planRefund(payment, before, asked, pieces)).toThrow(code(fault));
});

test("positions without a measure are pieces, and the settings say what else can be parted", () => {
	const payment = purchase(item(1_000, 4, { measure: "METER" }), item(1_000, 4));
	const of = (position: number, measures: string[]) =>
		planRefund(payment, [], [{ position, quantity: 1 }], measures).amount;
	expect(of(0, ["PIECE", "METER"])).toBe(250);
	expect(of(1, ["PIECE"])).toBe(250);
	expect(() => of(1, ["METER"])).toThrow(code("refund-only-whole"));
});

test("a discount on the whole order comes off the refund that returns the last piece", () => {
	const payment = { ...purchase(item(1_000, 1), item(1_000, 1)), totalAmount: kopecks(1_500) };
	expect(planRefund(payment, [], undefined, pieces).amount).toBe(1_500);
	expect(planRefund(payment, [], [{ position: 0, quantity: 1 }], pieces).amount).toBe(1_000);
	expect(planRefund(payment, [part(0, 1, 1_000)], undefined, pieces).amount).toBe(500);
	const named = [{ position: 1, quantity: 1, totalAmount: kopecks(1_000) }];
	expect(() => planRefund(payment, [part(0, 1, 1_000)], named, pieces)).toThrow(code("refund-over-rest"));
});

test("a charge on the whole order goes back with the last piece", () => {
	const payment = { ...purchase(item(1_000, 2)), totalAmount: kopecks(1_300) };
	expect(planRefund(payment, [], [{ position: 0, quantity: 1 }], pieces).amount).toBe(500);
	expect(planRefund(payment, [part(0, 1, 500)], undefined, pieces).amount).toBe(800);
});

test("the share of the largest amounts is exact", () => {
	const payment = purchase(item(9_999_999_999, 9_007_199_254_740_991));
	const plan = planRefund(payment, [], [{ position: 0, quantity: 9_007_199_254_740_990 }], pieces);
	expect(plan.amount).toBe(9_999_999_998);
});

const measured = fc.constantFrom(undefined, "PIECE", "GRAM", "METER");
const items = fc.array(
	fc.record({ totalAmount: fc.nat(1_000_000), quantity: fc.integer({ min: 1, max: 12 }), measure: measured }),
	{ minLength: 1, maxLength: 6 },
);
const payments = items
	.map((all) =>
		purchase(
			...all.map((one) => item(one.totalAmount, one.quantity, one.measure ? { measure: one.measure } : {})),
		),
	)
	.filter(({ totalAmount }) => totalAmount > 0);

/** Refunds one after the other, each of what `choose` makes of a position's remaining quantity. */
function refunded(payment: Purchase, choices: readonly (readonly number[])[]) {
	const before: ReturnedPart[] = [];
	const amounts: number[] = [];
	for (const choice of [...choices, undefined]) {
		const asked = choice === undefined ? undefined : chosen(payment, before, choice);
		if (asked?.length === 0) continue;
		try {
			const plan = planRefund(payment, before, asked, pieces);
			before.push(...plan.parts);
			amounts.push(plan.amount);
		} catch (error) {
			// A free position alone cannot be refunded, and after everything has gone back nothing can.
			expect(error).toMatchObject({ code: asked ? "request-invalid" : "refund-over-rest" });
		}
	}
	return { before, amounts };
}

function chosen(payment: Purchase, before: readonly ReturnedPart[], choice: readonly number[]): AskedPart[] {
	return payment.items.flatMap(({ quantity, measure = "PIECE" }, position) => {
		const gone = before.filter((part) => part.position === position);
		const left = gone.reduce((all, part) => all - part.quantity, quantity);
		const wish = (choice[position] ?? 0) % (left + 1);
		if (wish === 0) return [];
		return [{ position, quantity: measure === "PIECE" ? wish : left }];
	});
}

test("however a payment is returned in parts, the refunds add up to it exactly, position by position", () => {
	const choices = fc.array(fc.array(fc.nat(), { minLength: 6, maxLength: 6 }), { maxLength: 6 });
	fc.assert(
		fc.property(payments, choices, (payment, wishes) => {
			const { before, amounts } = refunded(payment, wishes);
			expect(amounts.reduce((all, amount) => all + amount, 0)).toBe(payment.totalAmount);
			payment.items.forEach((item, position) => {
				const parts = before.filter((part) => part.position === position);
				expect(parts.reduce((all, part) => all + part.totalAmount, 0)).toBe(item.totalAmount);
			});
		}),
	);
});

test("whatever is asked for, a refund is refused with a fault or keeps to what is left", () => {
	const amount = fc.nat(1_500_000).filter(isKopecks);
	const position = fc.integer({ min: -1, max: 6 });
	const quantity = fc.integer({ min: 1, max: 13 });
	const anyParts = fc.array(
		fc.oneof(fc.record({ position, quantity }), fc.record({ position, quantity, totalAmount: amount })),
		{ maxLength: 6 },
	);
	const anyBefore = fc.array(fc.record({ position, quantity, totalAmount: amount }), { maxLength: 3 });
	fc.assert(
		fc.property(payments, anyBefore, fc.option(anyParts, { nil: undefined }), (payment, before, asked) => {
			const paidBack = before.reduce((all, part) => all + part.totalAmount, 0);
			try {
				const { amount, items, parts } = planRefund(payment, before, asked, pieces);
				expect(amount).toBeGreaterThan(0);
				expect(amount).toBeLessThanOrEqual(payment.totalAmount - paidBack);
				expect(items.map((one) => one.totalAmount)).toEqual(parts.map((one) => one.totalAmount));
				for (const { position, quantity } of [...parts]) {
					const gone = before.filter((part) => part.position === position);
					const all = gone.reduce((sum, part) => sum + part.quantity, quantity);
					expect(all).toBeLessThanOrEqual(payment.items[position]?.quantity ?? 0);
				}
			} catch (error) {
				const faults = ["refund-over-rest", "refund-only-whole", "request-invalid"];
				expect(faults).toContain((error as { code?: string }).code);
			}
		}),
	);
});

import { describe, expect, test } from "vitest";
import { kopecks } from "../../src/model/money.ts";
import type { FinalOutcome } from "../../src/model/operation.ts";
import { giveBack, paidSale, saleOf, standAtCounter } from "./counter-kit.ts";

const back: FinalOutcome = { kind: "settled", transactionId: "transaction a", refTransactionId: "refund 1" };
const declined: FinalOutcome = { kind: "refused", fault: "refund-declined" };

test.each(["operationId", "orderId", "transactionId"] as const)(
	"a payment of this till is paid back by its %s, whole when no parts are named",
	async (name) => {
		const counter = standAtCounter();
		const payment = await paidSale(counter, "a");
		const answer = await giveBack(counter, "key 1", { [name]: payment[name] } as typeof payment);
		const [, refund] = counter.left;
		expect(answer).toEqual({ operationId: refund?.id, state: "in-progress" });
		expect(refund).toMatchObject({
			kind: "refund",
			wish: {
				transactionId: "transaction a",
				orderId: "order a",
				amount: 115_900,
				items: saleOf("a").items,
				parts: [
					{ position: 0, quantity: 3, totalAmount: 85_900 },
					{ position: 1, quantity: 250, totalAmount: 30_000 },
				],
			},
			firstAttempt: expect.any(Number),
		});
		expect(counter.journal.open()).toMatchObject([{ id: answer.operationId, requestId: refund?.requestId }]);
	},
);

test("the same key with the same wish gets the same answer and pays back once; with another it is a conflict", async () => {
	const counter = standAtCounter();
	const payment = await paidSale(counter, "a");
	const first = await giveBack(counter, "key 1", payment);
	expect(await giveBack(counter, "key 1", payment)).toEqual(first);
	counter.journal.finish(first.operationId, back, { eventBody: {} });
	expect(await giveBack(counter, "key 1", payment)).toEqual(first);
	const parts = [{ position: 0, quantity: 1 }];
	await expect(
		counter.methods["refund.start"]({ key: "key 1", payment, parts }, "another body"),
	).rejects.toThrow(`key-conflict: the key belongs to operation ${first.operationId}, another wish`);
	expect(counter.left).toHaveLength(2);
});

test("what is left after the refunds that were paid back is reckoned from the journal, a refused one left out", async () => {
	const counter = standAtCounter();
	const payment = await paidSale(counter, "a");
	const tea = { parts: [{ position: 0, quantity: 1 }] };
	const first = await giveBack(counter, "key 1", payment, tea);
	counter.journal.finish(first.operationId, declined, { eventBody: {} });
	const second = await giveBack(counter, "key 2", payment, tea);
	counter.journal.finish(second.operationId, back, { eventBody: {} });
	await giveBack(counter, "key 3", payment);
	expect(counter.left.slice(1)).toMatchObject([
		{ wish: { amount: 28_633 } },
		{ wish: { amount: 28_633 } },
		{ wish: { amount: 87_267, parts: [{ quantity: 2, totalAmount: 57_267 }, { totalAmount: 30_000 }] } },
	]);
	const view = await counter.methods["operation.get"]({ operationId: payment.operationId });
	expect(view).toMatchObject({
		refundable: 0,
		refunds: [{ state: "refused" }, { state: "settled" }, { state: "in-progress" }],
	});
});

describe("a refund that cannot be is refused before anything is written or sent:", () => {
	/** Tries it, and looks whether its key is free afterwards. */
	async function refusal(
		counter: ReturnType<typeof standAtCounter>,
		...wish: [payment: object, more?: object]
	) {
		const leftBefore = counter.left.length;
		const [payment, more] = wish;
		const tried = giveBack(counter, "refused key", payment as { orderId: string }, more);
		const words = await tried.then(
			() => "no refusal",
			(error: unknown) => String(error),
		);
		expect(counter.journal.find({ key: "refused key" })).toBeUndefined();
		expect(counter.left).toHaveLength(leftBefore);
		return words;
	}

	test("more than is left of a position", async () => {
		const counter = standAtCounter();
		const payment = await paidSale(counter, "a");
		const { operationId } = await giveBack(counter, "key 1", payment, {
			parts: [{ position: 0, quantity: 2 }],
		});
		counter.journal.finish(operationId, back, { eventBody: {} });
		const parts = [{ position: 0, quantity: 2 }];
		expect(await refusal(counter, payment, { parts })).toContain("refund-over-rest: position 0: 1 left");
	});

	test("what was paid back whole", async () => {
		const counter = standAtCounter();
		const payment = await paidSale(counter, "a");
		const { operationId } = await giveBack(counter, "key 1", payment);
		counter.journal.finish(operationId, back, { eventBody: {} });
		expect(await refusal(counter, payment)).toContain("refund-over-rest");
	});

	test("a part of a position that is sold by weight", async () => {
		const counter = standAtCounter();
		const payment = await paidSale(counter, "a");
		const parts = [{ position: 1, quantity: 100 }];
		expect(await refusal(counter, payment, { parts })).toContain(
			"refund-only-whole: position 1: measured in GRAM",
		);
	});

	test("a second one while the first is under way, and while nobody knows what became of it", async () => {
		const counter = standAtCounter();
		const payment = await paidSale(counter, "a");
		const tea = { parts: [{ position: 0, quantity: 1 }] };
		const { operationId } = await giveBack(counter, "key 1", payment, tea);
		const running = `refund-already-running: operation ${operationId} is unfinished`;
		expect(await refusal(counter, payment, tea)).toContain(running);
		counter.journal.tell(operationId, { kind: "unknown", fault: "refund-unknown" }, {});
		expect(await refusal(counter, payment, tea)).toContain(running);
	});

	test("one beside another payment's that is under way", async () => {
		const counter = standAtCounter();
		const [one, other] = [await paidSale(counter, "a"), await paidSale(counter, "b")];
		await giveBack(counter, "key 1", one);
		expect(await refusal(counter, other)).toContain("till-busy");
	});

	test("of a payment that was refused", async () => {
		const counter = standAtCounter();
		const payment = await paidSale(counter, "a", { kind: "refused", fault: "payment-timed-out" });
		expect(await refusal(counter, payment)).toContain("refund-of-unpaid");
	});

	test("of a payment that is in progress, or of which nobody knows", async () => {
		const counter = standAtCounter();
		counter.scan("scan 1");
		const { operationId } = await counter.start("key 1", "scan 1", "a");
		expect(await refusal(counter, { operationId })).toContain("order-unresolved");
		counter.journal.tell(operationId, { kind: "unknown", fault: "server-silent" }, {});
		expect(await refusal(counter, { orderId: "order a" })).toContain("order-unresolved");
	});

	test("of an operation that is no payment, and of names that nobody knows", async () => {
		const counter = standAtCounter();
		const { operationId } = await giveBack(counter, "key 1", await paidSale(counter, "a"));
		expect(await refusal(counter, { operationId })).toContain("operation-not-found");
		expect(await refusal(counter, { orderId: "no such" })).toContain("operation-not-found");
	});
});

describe("a payment that this till does not know", () => {
	const payment = { transactionId: "transaction of another till" };

	test("is paid back by what the POS program says was bought", async () => {
		const counter = standAtCounter();
		const parts = [{ position: 0, quantity: 1, totalAmount: kopecks(20_000) }];
		const purchase = { ...saleOf("x"), currency: "RUB" };
		await giveBack(counter, "key 1", payment, { purchase, parts });
		expect(counter.left).toMatchObject([
			{ wish: { ...payment, orderId: "order x", amount: 20_000, currency: "RUB", parts } },
		]);
	});

	test("has its refunds reckoned all the same: one at a time, and not beyond the rest", async () => {
		const counter = standAtCounter();
		const purchase = saleOf("x");
		const { operationId } = await giveBack(counter, "key 1", payment, { purchase });
		await expect(giveBack(counter, "key 2", payment, { purchase })).rejects.toThrow("refund-already-running");
		counter.journal.finish(operationId, back, { eventBody: {} });
		await expect(giveBack(counter, "key 3", payment, { purchase })).rejects.toThrow("refund-over-rest");
		expect(counter.left).toHaveLength(1);
	});

	test("is not paid back as long as nobody says what was bought", async () => {
		await expect(giveBack(standAtCounter(), "key 1", payment)).rejects.toThrow(
			"operation-not-found: this till does not know the payment: say in `purchase` what was bought",
		);
	});

	test.each([
		["currency", { currency: "USD" }],
		["items.0.tax", { items: [{ ...saleOf("x").items[0], tax: "vat99" }] }],
		["items.0.measure", { items: [{ ...saleOf("x").items[0], measure: "PINT" }] }],
	])("is not paid back with a word that the settings do not list: %s", async (where, change) => {
		const counter = standAtCounter();
		const purchase = { ...saleOf("x"), ...change };
		await expect(giveBack(counter, "key 1", payment, { purchase })).rejects.toThrow(
			`request-invalid: ${where}: expected one of`,
		);
		expect(counter.journal.find({ key: "key 1" })).toBeUndefined();
		expect(counter.left).toEqual([]);
	});

	test("is this till's own all the same when its transactionId is written in capital letters", async () => {
		const counter = standAtCounter();
		await paidSale(counter, "a");
		await giveBack(counter, "key 1", { transactionId: "TRANSACTION A" }, { purchase: saleOf("x") });
		expect(counter.left.at(-1)).toMatchObject({
			wish: { transactionId: "transaction a", orderId: "order a" },
		});
	});
});

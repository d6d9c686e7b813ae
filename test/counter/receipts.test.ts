import { expect, test } from "vitest";
import type { Methods } from "../../src/pos/methods.ts";
import { giveBack, paidSale, saleOf, standAtCounter } from "./counter-kit.ts";

type Wish = Parameters<Methods["receipt.send"]>[0];

const invoice: Wish["invoice"] = {
	...saleOf("a"),
	receiptId: "receipt 1",
	merchantName: "Магазин",
	merchantAddress: "Москва",
	inn: "007700000000",
	dateTime: "2026-03-01T13:00:00+03:00",
	shift: "1",
	cashier: "Мария",
	taxation: "osn",
	receiptType: "debit",
};

/** The key press; the wish's body is told by its key. */
function send(
	{ methods }: ReturnType<typeof standAtCounter>,
	key: string,
	payment: object,
	more: object = {},
) {
	return methods["receipt.send"](
		{ key, payment: payment as Wish["payment"], invoice, ...more },
		`body of ${key}`,
	);
}

test.each(["operationId", "transactionId"] as const)(
	"the receipt of a payment of this till is taken by its %s and is on disk with its first answer",
	async (name) => {
		const counter = standAtCounter();
		const payment = await paidSale(counter, "a");
		const answer = await send(counter, "key 1", { [name]: payment[name] }, { meta: { table: "7" } });
		const wish = { transactionId: "transaction a", invoice, meta: { table: "7" } };
		expect(counter.left.at(-1)).toMatchObject({ kind: "receipt", id: answer.operationId, wish });
		expect(counter.journal.open()).toMatchObject([{ id: answer.operationId, wish }]);
		expect(answer.state).toBe("in-progress");
	},
);

test("the receipt of a payment that this till does not know is taken by its transactionId alone", async () => {
	const counter = standAtCounter();
	await send(counter, "key 1", { transactionId: "transaction of another till" });
	expect(counter.left).toMatchObject([{ wish: { transactionId: "transaction of another till" } }]);
	await expect(send(counter, "key 2", { operationId: "no such" })).rejects.toThrow("operation-not-found");
});

test("the same key with the same wish gets the same answer and is sent once; with another it is a conflict", async () => {
	const counter = standAtCounter();
	const payment = await paidSale(counter, "a");
	const first = await send(counter, "key 1", payment);
	expect(await send(counter, "key 1", payment)).toEqual(first);
	await expect(
		counter.methods["receipt.send"]({ key: "key 1", payment, invoice }, "another"),
	).rejects.toThrow("key-conflict");
	expect(counter.left).toHaveLength(2);
});

test("a receipt waits for nobody: not for a payment, not for a refund, not for another receipt", async () => {
	const counter = standAtCounter();
	const payment = await paidSale(counter, "a");
	await giveBack(counter, "key 1", payment);
	await send(counter, "key 2", payment);
	await send(counter, "key 3", payment);
	expect(counter.left.slice(1)).toMatchObject([{ kind: "refund" }, { kind: "receipt" }, { kind: "receipt" }]);
	// And nobody waits for it.
	const refund = counter.left[1]?.id ?? "";
	counter.journal.finish(refund, { kind: "refused", fault: "refund-declined" }, { eventBody: {} });
	counter.scan("scan 1");
	await counter.start("key 4", "scan 1", "b");
	expect(counter.left).toHaveLength(5);
});

test.each([
	["invoice.taxation", { taxation: "flat" }],
	["invoice.receiptType", { receiptType: "gift" }],
	["currency", { currency: "USD" }],
	["items.0.tax", { items: [{ ...invoice.items[0], tax: "vat99" }] }],
])("a receipt with an unlisted word is refused before anything is written: %s", async (where, change) => {
	const counter = standAtCounter();
	const payment = { transactionId: "t" };
	await expect(send(counter, "key 1", payment, { invoice: { ...invoice, ...change } })).rejects.toThrow(
		`request-invalid: ${where}: expected one of`,
	);
	expect(counter.journal.find({ key: "key 1" })).toBeUndefined();
	expect(counter.left).toEqual([]);
});

test("a payment that is not paid, or of which nobody knows, has no receipt", async () => {
	const counter = standAtCounter();
	const unpaid = await paidSale(counter, "a", { kind: "refused", fault: "payment-timed-out" });
	await expect(send(counter, "key 1", { operationId: unpaid.operationId })).rejects.toThrow(
		"receipt-of-unpaid",
	);
	counter.scan("scan 1");
	const { operationId } = await counter.start("key 2", "scan 1", "b");
	await expect(send(counter, "key 3", { operationId })).rejects.toThrow("order-unresolved");
});

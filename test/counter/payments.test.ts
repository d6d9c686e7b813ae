import { expect, test } from "vitest";
import { intentOf, refused, settled } from "../journal/intents.ts";
import { temporaryFolder } from "../journal/kit.ts";
import { giveBack, paidSale, standAtCounter } from "./counter-kit.ts";

test("an order that is paid is not paid again, whatever was scanned; its first key gets its first answer", async () => {
	const { journal, left, scan, start } = standAtCounter();
	scan("scan 1");
	const first = await start("key 1", "scan 1", "a");
	journal.finish(first.operationId, settled, { eventBody: {} });
	scan("scan 2");
	await expect(start("key 2", "scan 2", "a")).rejects.toThrow(
		`order-already-paid: operation ${first.operationId} paid it`,
	);
	await expect(start("key 3", "no scan", "a")).rejects.toThrow("order-already-paid");
	expect(await start("key 1", "no scan", "a")).toEqual(first);
	// The refused wish has not used up the second card.
	await start("key 2", "scan 2", "b");
	expect(left).toHaveLength(2);
});

test("an order whose payment was refused may be tried again", async () => {
	const { journal, left, scan, start } = standAtCounter();
	scan("scan 1");
	const first = await start("key 1", "scan 1", "a");
	journal.finish(first.operationId, refused, { eventBody: {} });
	scan("scan 2");
	await start("key 2", "scan 2", "a");
	expect(left).toHaveLength(2);
});

test("an order whose payment is unknown is not paid a second time, whatever was scanned", async () => {
	const { journal, left, scan, start } = standAtCounter();
	scan("scan 1");
	const first = await start("key 1", "scan 1", "a");
	journal.tell(first.operationId, { kind: "unknown", fault: "server-silent" }, {});
	scan("scan 2");
	await expect(start("key 2", "scan 2", "a")).rejects.toThrow("order-unresolved");
	expect(journal.find({ key: "key 2" })).toBeUndefined();
	expect(left).toMatchObject([{ id: first.operationId }]);
	// Another order need not wait, and its card has not been used up.
	await start("key 2", "scan 2", "b");
	expect(left).toHaveLength(2);
});

const [tea] = intentOf("a").operation.wish.purchase.items;

test.each([
	["a payment type", { paymentTypes: ["SBP", "BARTER"] }, "payment-type-not-accepted: BARTER"],
	[
		"a tax",
		{ items: [{ ...tea, tax: "vat99" }] },
		'request-invalid: items.0.tax: expected one of vat20, got "vat99"',
	],
	["a measure", { items: [{ ...tea, measure: "PINT" }] }, "request-invalid: items.0.measure"],
])(
	"%s that the settings do not list is refused before anything is written down",
	async (_, change, words) => {
		const { journal, left, scan, start } = standAtCounter();
		scan("scan 1");
		await expect(start("key 1", "scan 1", "a", change)).rejects.toThrow(words);
		expect(journal.find({ key: "key 1" })).toBeUndefined();
		expect(journal.open()).toEqual([]);
		expect(left).toEqual([]);
		// The key and the card are free for the wish put right.
		await start("key 1", "scan 1", "a");
		expect(left).toHaveLength(1);
	},
);

test("one scan does not pay for two orders, even when its payment was refused", async () => {
	const { journal, left, scan, start } = standAtCounter();
	scan("scan 1");
	const first = await start("key 1", "scan 1", "a");
	journal.finish(first.operationId, refused, { eventBody: {} });
	await expect(start("key 2", "scan 1", "b")).rejects.toThrow("scan-used");
	expect(journal.find({ key: "key 2" })).toBeUndefined();
	expect(left).toMatchObject([{ id: first.operationId }]);
});

test.each([
	["those that the POS names", { paymentTypes: ["DOLYAME"] }, ["DOLYAME"]],
	["all that the settings list when the POS names none", {}, ["SBP", "DOLYAME"]],
])("the customer is offered %s", async (_, change, offered) => {
	const { journal, scan, start } = standAtCounter();
	scan("scan 1");
	await start("key 1", "scan 1", "a", change);
	expect(journal.open()).toMatchObject([{ wish: { paymentTypes: offered } }]);
});

test("the same key with the same wish gets the same answer and pays once; with another wish it is a conflict", async () => {
	const { left, methods, scan, start } = standAtCounter();
	scan("scan 1");
	const first = await start("key 1", "scan 1", "a");
	expect(await start("key 1", "scan 1", "a")).toEqual(first);
	const { purchase } = intentOf("b").operation.wish;
	const other = { key: "key 1", scanId: "scan 1", ...purchase, items: [...purchase.items] };
	await expect(methods["pay.start"](other, "another body")).rejects.toThrow(
		`key-conflict: the key belongs to operation ${first.operationId}, another wish`,
	);
	expect(left).toHaveLength(1);
});

test("the key of a refund or of a receipt is not that of a payment", async () => {
	const counter = standAtCounter();
	const payment = await paidSale(counter, "a");
	await giveBack(counter, "key 1", payment);
	counter.scan("scan 1");
	const { purchase } = intentOf("b").operation.wish;
	const wish = { key: "key 1", scanId: "scan 1", ...purchase, items: [...purchase.items] };
	await expect(counter.methods["pay.start"](wish, "hash")).rejects.toThrow("key-conflict");
});

test("a second payment waits for the first, and its card is not used up by that", async () => {
	const { journal, left, scan, start } = standAtCounter();
	scan("scan 1");
	scan("scan 2");
	const first = await start("key 1", "scan 1", "a");
	await expect(start("key 2", "scan 2", "b")).rejects.toThrow(
		`till-busy: operation ${first.operationId} is in progress`,
	);
	journal.finish(first.operationId, refused, { eventBody: {} });
	await start("key 2", "scan 2", "b");
	expect(left).toHaveLength(2);
});

test("a card that an earlier run may have paid with is used up, and one whose request never left is not", async () => {
	const folder = temporaryFolder();
	const before = standAtCounter({ folder });
	before.scan("sent");
	const { operationId } = await before.start("key 1", "sent", "a");
	before.journal.finish(operationId, refused, { eventBody: {} });
	before.scan("not sent");
	await before.start("key 2", "not sent", "b");
	const [, unsent] = before.left;
	before.journal.diary(unsent?.id ?? "").after(unsent?.firstAttempt ?? 0, { kind: "not-sent", summary: "" });
	before.journal.finish(unsent?.id ?? "", refused, { eventBody: {} });
	before.journal.close();
	const after = standAtCounter({ folder });
	after.scan("sent");
	await expect(after.start("key 3", "sent", "c")).rejects.toThrow("scan-used");
	expect(after.journal.find({ key: "key 3" })).toBeUndefined();
	after.scan("not sent");
	await after.start("key 4", "not sent", "c");
	expect(after.left).toHaveLength(1);
});

test("a payment in progress can be cancelled by whom it is said, a finished one and an unknown name cannot", async () => {
	const { cancels, journal, methods, scan, start } = standAtCounter();
	scan("scan 1");
	const { operationId } = await start("key 1", "scan 1", "a");
	const wish = { operationId, by: "customer" } as const;
	expect(await methods["pay.cancel"](wish)).toEqual({ operationId, state: "in-progress" });
	journal.tell(operationId, { kind: "unknown", fault: "server-silent" }, {});
	expect(await methods["pay.cancel"](wish)).toEqual({ operationId, state: "unknown" });
	journal.finish(operationId, settled, { eventBody: {} });
	await expect(methods["pay.cancel"](wish)).rejects.toThrow("too-late-to-cancel: it is settled");
	await expect(methods["pay.cancel"]({ ...wish, operationId: "no such" })).rejects.toThrow(
		"operation-not-found",
	);
	expect(cancels).toEqual([`${operationId} by customer`, `${operationId} by customer`]);
});

test("a refund cannot be cancelled", async () => {
	const counter = standAtCounter();
	const { operationId } = await giveBack(counter, "key 1", await paidSale(counter, "a"));
	await expect(counter.methods["pay.cancel"]({ operationId, by: "cashier" })).rejects.toThrow(
		"operation-not-found",
	);
	expect(counter.cancels).toEqual([]);
});

test("a payment runs from its key press until something is told of it", async () => {
	const { journal, scan, start } = standAtCounter();
	expect(journal.isPaying()).toBe(false);
	scan("scan 1");
	const { operationId } = await start("key 1", "scan 1", "a");
	expect(journal.isPaying()).toBe(true);
	journal.tell(operationId, { kind: "unknown", fault: "server-silent" }, {});
	expect(journal.isPaying()).toBe(false);
});

test("a refund is no payment: the next customer's card may be shown", async () => {
	const counter = standAtCounter();
	const sale = await paidSale(counter, "a");
	expect(counter.journal.isPaying()).toBe(false);
	await giveBack(counter, "key back", { operationId: sale.operationId });
	expect(counter.journal.inProgress()).toBeDefined();
	expect(counter.journal.isPaying()).toBe(false);
});

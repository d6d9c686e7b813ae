import { expect, test } from "vitest";
import { intentOf, refused, settled } from "../journal/intents.ts";
import { standAtCounter } from "./counter-kit.ts";

test("an order that is paid is not paid again, whatever was scanned; its first key gets its first answer", async () => {
	const { journal, paid, scan, start } = standAtCounter();
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
	expect(paid).toHaveLength(2);
});

test("an order whose payment was refused may be tried again", async () => {
	const { journal, paid, scan, start } = standAtCounter();
	scan("scan 1");
	const first = await start("key 1", "scan 1", "a");
	journal.finish(first.operationId, refused, { eventBody: {} });
	scan("scan 2");
	await start("key 2", "scan 2", "a");
	expect(paid).toHaveLength(2);
});

test("an order whose payment is unknown is not paid a second time, whatever was scanned", async () => {
	const { journal, paid, scan, start } = standAtCounter();
	scan("scan 1");
	const first = await start("key 1", "scan 1", "a");
	journal.tell(first.operationId, { kind: "unknown", fault: "server-silent" }, {});
	scan("scan 2");
	await expect(start("key 2", "scan 2", "a")).rejects.toThrow("order-unresolved");
	expect(journal.find({ key: "key 2" })).toBeUndefined();
	expect(paid).toEqual([first.operationId]);
	// Another order need not wait, and its card has not been used up.
	await start("key 2", "scan 2", "b");
	expect(paid).toHaveLength(2);
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
		const { journal, paid, scan, start } = standAtCounter();
		scan("scan 1");
		await expect(start("key 1", "scan 1", "a", change)).rejects.toThrow(words);
		expect(journal.find({ key: "key 1" })).toBeUndefined();
		expect(journal.open()).toEqual([]);
		expect(paid).toEqual([]);
		// The key and the card are free for the wish put right.
		await start("key 1", "scan 1", "a");
		expect(paid).toHaveLength(1);
	},
);

test("one scan does not pay for two orders, even when its payment was refused", async () => {
	const { journal, paid, scan, start } = standAtCounter();
	scan("scan 1");
	const first = await start("key 1", "scan 1", "a");
	journal.finish(first.operationId, refused, { eventBody: {} });
	await expect(start("key 2", "scan 1", "b")).rejects.toThrow("scan-used");
	expect(journal.find({ key: "key 2" })).toBeUndefined();
	expect(paid).toEqual([first.operationId]);
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

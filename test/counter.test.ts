import { expect, test } from "vitest";
import { kopecks } from "../src/model/money.ts";
import type { FinalOutcome } from "../src/model/operation.ts";
import { giveBack, paidSale, replies, saleOf, standAtCounter } from "./counter/counter-kit.ts";
import { temporaryFolder } from "./journal/kit.ts";

const elsewhere = { transactionId: "transaction of another till" };
const back: FinalOutcome = { kind: "settled", transactionId: elsewhere.transactionId };
const first = { parts: [{ position: 0, quantity: 1 }] };

/** Two things of one price, as the POS program describes what another till sold. */
function described(...names: readonly string[]) {
	const [tea] = saleOf("a").items;
	if (tea === undefined) throw new TypeError("the shop sells tea");
	const items = names.map((name) => ({
		...tea,
		name,
		article: name,
		quantity: 1,
		totalAmount: kopecks(400),
	}));
	return { orderId: "order", totalAmount: kopecks(800), items };
}

test("another till's payment is described the same way for each refund: parts are counted by position", async () => {
	const counter = standAtCounter();
	const purchase = described("Чай", "Сыр");
	const { operationId } = await giveBack(counter, "key 1", elsewhere, { purchase, ...first });
	counter.journal.finish(operationId, back, { eventBody: {} });
	const upperCase = { transactionId: elsewhere.transactionId.toUpperCase() };
	await expect(giveBack(counter, "key 2", upperCase, { purchase: described("Сыр", "Чай") })).rejects.toThrow(
		`request-invalid: purchase: operation ${operationId} described it otherwise`,
	);
	await giveBack(counter, "key 3", upperCase, { purchase });
	expect(counter.left.slice(1)).toMatchObject([{ wish: { amount: 400, items: [{ name: "Сыр" }] } }]);
});

test("after a refund that was refused another till's payment may be described otherwise", async () => {
	const counter = standAtCounter();
	const wrong = { purchase: described("Чай", "Сыр"), ...first };
	const { operationId } = await giveBack(counter, "key 1", elsewhere, wrong);
	counter.journal.finish(operationId, { kind: "refused", fault: "refund-declined" }, { eventBody: {} });
	await giveBack(counter, "key 2", elsewhere, { purchase: described("Сыр", "Чай") });
	expect(counter.left.slice(1)).toMatchObject([{ wish: { amount: 800 } }]);
});

test("a payment that was given back elsewhere is not said to be unpaid", async () => {
	const counter = standAtCounter();
	const outcome = { kind: "refused", fault: "payment-refunded-elsewhere" };
	const payment = await paidSale(counter, "a", outcome);
	await expect(giveBack(counter, "key 1", payment)).rejects.toThrow("payment-refunded-elsewhere");
});

test("no way to pay is promised for a card that an earlier run may have paid with", async () => {
	const folder = temporaryFolder();
	const before = standAtCounter({ folder });
	before.scan("sent");
	await before.start("key 1", "sent", "a");
	before.journal.close();
	const told = { kind: "answer", status: 200, json: { paymentTypeAvailabilityInfoList: [] } } as const;
	const after = standAtCounter({ folder, server: replies(told) });
	after.scan("sent");
	const asked = after.methods["pay.providers"]({ scanId: "sent", ...saleOf("b") });
	await expect(asked).rejects.toThrow("scan-used");
});

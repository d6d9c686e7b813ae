import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Stage } from "../../hardware-mocks/demo/stage.ts";
import { restOf } from "../../hardware-mocks/pay-api/refunds.ts";
import {
	asked,
	cashierReads,
	customerWith,
	endOf,
	inBooks,
	pay,
	payApi,
	refund,
	startRefund,
	unknownOf,
} from "./flow-kit.ts";
import { type Change, openShop, payOnce, refusal, restart, withSettings } from "./shop.ts";

let stage: Stage;

beforeAll(async () => {
	stage = await openShop({}, payApi({ poll: { firstMs: 250, everyMs: 250 } }));
}, 60_000);

afterAll(() => stage.strike());

/** Three pieces that do not divide evenly, and a piece of cheese by weight. */
const basket = () =>
	customerWith({ quantity: 3, totalAmount: 10_000 }, { quantity: 250, totalAmount: 17_550, measure: "GRAM" });

/** How this payment stands for the POS program. */
const standing = (operationId: string) => stage.pos.call("operation.get", { operationId });

test("a whole refund gives everything back, prints its slip, and needs no card", async () => {
	const { operationId, transactionId } = await pay(stage, {}, basket());
	const receipts = stage.printer.receipts.length;
	const body = await refund(stage, { operationId });
	const { refunds, status } = inBooks(stage, transactionId);
	expect(body).toMatchObject({
		...{ kind: "refund", state: "settled", amount: 27_550, moneyMoved: "yes" },
		...{ transactionId, refTransactionId: refunds[0]?.refTransactionId, slip: refunds[0]?.slip },
		cashier: cashierReads("refund-settled"),
	});
	expect(status).toBe("refunded");
	expect(stage.printer.receipts).toHaveLength(receipts + 1);
	const printed = stage.printer.receipts.at(-1)?.text;
	for (const words of ["ВОЗВРАТ", transactionId, `${refunds[0]?.refTransactionId}`, "СБП"]) {
		expect(printed).toContain(words);
	}
	expect(stage.payApi.complaints).toEqual([]);
});

test("a refund of some positions and quantities sends only these, with their share of the money", async () => {
	const { orderId, transactionId } = await pay(stage, {}, basket());
	const body = await refund(stage, { orderId, parts: [{ position: 0, quantity: 2 }] });
	expect(body).toMatchObject({ state: "settled", amount: 6_666 });
	const transaction = inBooks(stage, transactionId);
	expect(transaction.refunds).toMatchObject([
		{ amount: 6_666, items: [{ article: "A-1", quantity: 2, totalAmount: 6_666 }] },
	]);
	expect([transaction.status, restOf(transaction)]).toEqual(["partial_refunded", 20_884]);
});

test("a position that is not in pieces comes back whole or not at all", async () => {
	const { operationId, transactionId } = await pay(stage, {}, basket());
	const { data } = await refusal(
		startRefund(stage, { operationId, parts: [{ position: 1, quantity: 100 }] }),
	);
	const cashier = cashierReads("refund-only-whole");
	expect(data).toMatchObject({ fault: "refund-only-whole", moneyMoved: "no", cashier });
	expect(inBooks(stage, transactionId).refunds).toEqual([]);
	const whole = await refund(stage, { operationId, parts: [{ position: 1, quantity: 250 }] });
	expect(whole).toMatchObject({ state: "settled", amount: 17_550 });
});

test("several partial refunds and one of the rest give back the payment to the kopeck", async () => {
	const { operationId, transactionId } = await pay(stage, {}, basket());
	const one = { operationId, parts: [{ position: 0, quantity: 1 }] };
	const bodies = [await refund(stage, one), await refund(stage, one), await refund(stage, { operationId })];
	expect(bodies.map(({ amount }) => amount)).toEqual([3_333, 3_333, 20_884]);
	expect(restOf(inBooks(stage, transactionId))).toBe(0);
	expect(await standing(operationId)).toMatchObject({ refundable: 0, refunds: [{}, {}, {}] });
});

test("more than is left, in pieces or in kopecks, is refused before it is sent", async () => {
	const { operationId, transactionId } = await pay(stage, {}, basket());
	await refund(stage, { operationId, parts: [{ position: 0, quantity: 2 }] });
	const tooMuch = [
		{ operationId, parts: [{ position: 0, quantity: 2 }] },
		{ operationId, parts: [{ position: 0, quantity: 1, totalAmount: 3_335 }] },
	];
	for (const wish of tooMuch) {
		const { data } = await refusal(startRefund(stage, wish));
		const cashier = cashierReads("refund-over-rest");
		expect(data).toMatchObject({ fault: "refund-over-rest", moneyMoved: "no", cashier });
	}
	await refund(stage, { operationId });
	expect((await refusal(startRefund(stage, { operationId }))).data.fault).toBe("refund-over-rest");
	expect(inBooks(stage, transactionId).refunds).toHaveLength(2);
});

test("while a refund is unfinished a second one is refused before it is sent", async () => {
	const { operationId, transactionId } = await pay(stage, { refundPolls: 3 }, basket());
	const first = await startRefund(stage, { operationId, parts: [{ position: 0, quantity: 1 }] });
	const { data } = await refusal(startRefund(stage, { operationId, parts: [{ position: 0, quantity: 1 }] }));
	expect(data).toMatchObject({ fault: "refund-already-running", moneyMoved: "no" });
	expect(await endOf(stage, first.operationId)).toMatchObject({ state: "settled", amount: 3_333 });
	expect(inBooks(stage, transactionId).refunds).toHaveLength(1);
});

test("a refund that is new is followed by its own id until it is accepted", async () => {
	const { operationId, transactionId } = await pay(stage, { refundPolls: 2 });
	const first = stage.payApi.requests.length;
	expect(await refund(stage, { operationId })).toMatchObject({ state: "settled", moneyMoved: "yes" });
	const [ours] = inBooks(stage, transactionId).refunds;
	const polls = asked(stage, "status", first);
	expect(polls.length).toBeGreaterThanOrEqual(2);
	for (const { request } of polls) {
		expect(request).toMatchObject({ refTransactionId: ours?.refTransactionId });
	}
});

test("a refund that is new and then rejected is refused, and the whole can be given back again", async () => {
	const script = { refundPolls: 2, refundError: "EXTERNAL_PROVIDER_ERROR" };
	const { operationId } = await pay(stage, script);
	const cashier = cashierReads("refund-declined");
	expect(await refund(stage, { operationId })).toMatchObject({ state: "refused", moneyMoved: "no", cashier });
	const { amount, refundable } = await standing(operationId);
	expect(refundable).toBe(amount);
});

test("a refund that brings no answer is repeated with the same requestId, and given back once", async () => {
	const first = stage.payApi.requests.length;
	const { operationId, transactionId } = await pay(stage, {
		on: "refund",
		closeAfterProcessing: true,
		times: 3,
	});
	const { operationId: refunding } = await startRefund(stage, { operationId });
	const unknown = await unknownOf(stage, refunding);
	const cashier = cashierReads("refund-unknown");
	expect(unknown).toMatchObject({ fault: "refund-unknown", moneyMoved: "unknown", cashier });
	expect(await endOf(stage, refunding)).toMatchObject({ state: "settled" });
	const ids = asked(stage, "refund", first).map(({ request }) => request?.requestId);
	expect(ids).toHaveLength(4);
	expect(new Set(ids).size).toBe(1);
	expect(inBooks(stage, transactionId).refunds).toHaveLength(1);
});

test("the same key asks for the same refund, and never for a second", async () => {
	const { operationId, transactionId } = await pay(stage);
	const wish = { key: "return-again", operationId };
	const first = await stage.pos.call("refund.start", wish);
	await endOf(stage, first.operationId);
	expect(await stage.pos.call("refund.start", wish)).toEqual(first);
	expect(inBooks(stage, transactionId).refunds).toHaveLength(1);
});

test("a payment of another till is refunded by what the POS program says was bought", async () => {
	const customer = basket();
	const { transactionId } = await pay(stage, {}, customer);
	const { paymentTypes: _, ...purchase } = customer.basket;
	const otherTill: Change = ({ journal }) => {
		journal.folder = join(stage.folder, "other-till");
	};
	await withSettings(stage, otherTill, async () => {
		const { data } = await refusal(startRefund(stage, { transactionId }));
		expect(data).toMatchObject({ fault: "operation-not-found", detail: expect.stringContaining("purchase") });
		const body = await refund(stage, { transactionId, purchase });
		expect(body).toMatchObject({ state: "settled", amount: 27_550 });
	});
	expect(restOf(inBooks(stage, transactionId))).toBe(0);
});

test("a refund that was killed before its answer is finished by the next run, and given back once", async () => {
	const { operationId, transactionId } = await pay(stage, { on: "refund", late: 60_000 });
	const arrival = stage.payApi.arrival("refund");
	const { operationId: refunding } = await startRefund(stage, { operationId });
	await arrival;
	await stage.daemon.kill();
	await restart(stage);
	expect(await endOf(stage, refunding)).toMatchObject({ state: "settled", moneyMoved: "yes" });
	expect(inBooks(stage, transactionId).refunds).toHaveLength(1);
	await payOnce(stage);
});

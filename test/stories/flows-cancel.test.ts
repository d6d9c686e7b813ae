import { afterAll, beforeAll, expect, test } from "vitest";
import type { Stage } from "../../hardware-mocks/demo/stage.ts";
import type { Transaction } from "../../hardware-mocks/pay-api/bank.ts";
import { asked, begin, cashierReads, endOf, inBooks, payApi, unknownOf } from "./flow-kit.ts";
import { counted, openShop, payOnce, refusal } from "./shop.ts";

let stage: Stage;

beforeAll(async () => {
	stage = await openShop({ giveUpMs: 3_000 }, payApi({ poll: { firstMs: 250, everyMs: 500 } }));
}, 60_000);

afterAll(() => stage.strike());

/** A payment that the server knows and the customer has not confirmed, between two questions of the till. */
async function openPayment(script = {}): Promise<{ operationId: string; transaction: Transaction }> {
	const arrival = stage.payApi.arrival("status");
	const operationId = await begin(stage, { pending: true, ...script });
	await arrival;
	return { operationId, transaction: inBooks(stage) };
}

const cancel = (operationId: string, by?: "cashier" | "customer") =>
	stage.pos.call("pay.cancel", { operationId, ...(by && { by }) });

test("a customer who does not confirm in time is cancelled by the till, and nothing asks any more", async () => {
	const { operationId, transaction } = await openPayment();
	const body = await endOf(stage, operationId);
	const cashier = cashierReads("payment-timed-out");
	expect(body).toMatchObject({ state: "refused", fault: "payment-timed-out", moneyMoved: "no", cashier });
	expect(transaction.status).toBe("canceled");
	const polls = transaction.polls;
	await payOnce(stage);
	expect(transaction.polls).toBe(polls);
});

test("a checkout that brings no answer is repeated, told as unknown, and cancelled as soon as it is known", async () => {
	const first = stage.payApi.requests.length;
	const operationId = await begin(stage, { pending: true, closeAfterProcessing: true, times: 3 });
	const cashier = cashierReads("server-silent");
	expect(await unknownOf(stage, operationId)).toMatchObject({ moneyMoved: "unknown", cashier });
	const body = await endOf(stage, operationId);
	expect(body).toMatchObject({ state: "refused", fault: "payment-timed-out", moneyMoved: "no" });
	expect(asked(stage, "checkout", first).map(({ repeat }) => repeat)).toEqual([false, true, true, true]);
	expect(inBooks(stage)).toMatchObject({ status: "canceled", cancels: 1 });
});

test.each([
	["cashier", "payment-cancelled-by-cashier"],
	["customer", "payment-cancelled-by-customer"],
] as const)("a cancel that the %s wants ends the payment, and no money has moved", async (by, fault) => {
	const before = counted(stage);
	const { operationId, transaction } = await openPayment();
	await cancel(operationId, by);
	const body = await endOf(stage, operationId);
	expect(body).toMatchObject({ state: "refused", fault, moneyMoved: "no", cashier: cashierReads(fault) });
	expect(transaction).toMatchObject({ status: "canceled", cancels: 1 });
	expect(counted(stage)).toMatchObject({ paid: before.paid, receipts: before.receipts });
});

test("a cancel is answered new and carried out later: it is followed until it is", async () => {
	const { operationId, transaction } = await openPayment({ cancel: "slow" });
	await cancel(operationId);
	const body = await endOf(stage, operationId);
	expect(body).toMatchObject({ state: "refused", fault: "payment-cancelled-by-cashier", moneyMoved: "no" });
	expect(transaction).toMatchObject({ status: "canceled", refStatus: "accepted" });
});

test("a cancel that brings no answer is repeated with the same requestId", async () => {
	const first = stage.payApi.requests.length;
	const { operationId, transaction } = await openPayment({ on: "cancel", closeBeforeProcessing: true });
	await cancel(operationId);
	expect(await endOf(stage, operationId)).toMatchObject({ fault: "payment-cancelled-by-cashier" });
	const ids = asked(stage, "cancel", first).map(({ request }) => request?.requestId);
	expect(ids).toHaveLength(2);
	expect(new Set(ids).size).toBe(1);
	expect(transaction.cancels).toBe(1);
});

test("a cancel that the bank accepted a moment before is declined: the payment is paid", async () => {
	const { operationId } = await openPayment({ acceptOnCancel: true });
	await cancel(operationId);
	const body = await endOf(stage, operationId);
	expect(body).toMatchObject({
		state: "settled",
		moneyMoved: "yes",
		cashier: cashierReads("payment-settled"),
	});
});

test.each([
	["canceled", "payment-cancelled-by-cashier", "no"],
	["refunding", "payment-refunded-elsewhere", "unknown"],
	["refunded", "payment-refunded-elsewhere", "unknown"],
	["partial_refunded", "payment-refunded-elsewhere", "unknown"],
	["rejected", "declined-by-provider", "no"],
] as const)(
	"a cancel of a payment that is already %s is declined, and the status decides",
	async (status, fault, moneyMoved) => {
		const { operationId, transaction } = await openPayment();
		transaction.status = status;
		await cancel(operationId);
		const body = await endOf(stage, operationId);
		expect(body).toMatchObject({ state: "refused", fault, moneyMoved, cashier: cashierReads(fault) });
	},
);

test("a cancel of a transaction that the server has lost is told as unknown, and asked for until it is found", async () => {
	const { operationId, transaction } = await openPayment();
	const books = stage.payApi.transactions as Transaction[];
	books.splice(books.indexOf(transaction), 1);
	await cancel(operationId);
	const cashier = cashierReads("transaction-in-processing");
	expect(await unknownOf(stage, operationId)).toMatchObject({ moneyMoved: "unknown", cashier });
	books.push(transaction);
	expect(await endOf(stage, operationId)).toMatchObject({ fault: "payment-cancelled-by-cashier" });
});

test("a cancel that is rejected is wished anew until the payment has ended", async () => {
	const { operationId, transaction } = await openPayment({ cancel: "rejected" });
	const second = stage.payApi.arrival("cancel").then(() => stage.payApi.arrival("cancel"));
	await cancel(operationId);
	await second;
	transaction.status = "canceled";
	expect(await endOf(stage, operationId)).toMatchObject({ fault: "payment-cancelled-by-cashier" });
	expect(transaction.cancels).toBeGreaterThanOrEqual(2);
});

test("a payment that has ended cannot be cancelled, only refunded", async () => {
	const operationId = await payOnce(stage);
	const { data } = await refusal(cancel(operationId));
	expect(data).toMatchObject({ fault: "too-late-to-cancel", cashier: cashierReads("too-late-to-cancel") });
});

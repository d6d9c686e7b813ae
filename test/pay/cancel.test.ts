import { beforeEach, expect, test, vi } from "vitest";
import { type Begin, scene } from "./scene.ts";
import {
	accepts,
	after,
	cancels,
	lost,
	notSent,
	refuses,
	type Script,
	says,
	settled,
	silence,
	slip,
	transactionId,
} from "./turns.ts";

beforeEach(() => {
	vi.useFakeTimers();
	return () => vi.useRealTimers();
});

const waits = says("pending");
const declines = refuses("state-change-impossible", "WRONG_TRANSACTION_STATE_CHANGE");
const cancelled = { kind: "refused", fault: "payment-cancelled-by-cashier", transactionId };

/** A payment that the cashier has cancelled 100 ms after it began. */
async function cancelledPayment(script: Pick<Script, "status" | "cancel">, begin: Begin = {}) {
	const it = scene({ checkout: [waits], ...script }, begin);
	await it.pass(100);
	it.cashier.abort("cashier");
	return it;
}

const idsOf = (it: Awaited<ReturnType<typeof cancelledPayment>>) =>
	it.asked.filter(({ call }) => call === "cancel").map(({ requestId }) => requestId);

test("the cashier's wish is cancelled at once, with the journal's cancel requestId", async () => {
	const it = await cancelledPayment({ cancel: [cancels] });
	expect(await it.ending()).toEqual(cancelled);
	expect(it.asked.at(-1)).toMatchObject({ call: "cancel", requestId: "cancel-1", at: 100 });
	expect(it.lines).toContain("learned cashier");
});

test("a payment accepted before the cancel came is settled with its slip", async () => {
	const it = await cancelledPayment({ cancel: [declines], status: [accepts] });
	expect(await it.ending()).toEqual(settled);
});

test("a payment accepted while the cancel was under way is settled", async () => {
	const underWay = says("pending", { refStatus: "new" });
	const it = await cancelledPayment({ cancel: [underWay], status: [waits, accepts] });
	expect(await it.ending()).toEqual(settled);
	expect(idsOf(it)).toEqual(["cancel-1"]);
});

test("a cancel's answer that calls the payment accepted is not believed before the status says so", async () => {
	const odd = says("accepted", { refStatus: "accepted" });
	const it = await cancelledPayment({ cancel: [odd], status: [says("canceled")] });
	expect(await it.ending()).toEqual(cancelled);
});

test("a payment rejected while the cancel was under way is refused with the reason", async () => {
	const rejects = says("rejected", { errorCode: "NOT_ENOUGH_LIMIT_TO_PAY" });
	const it = await cancelledPayment({ cancel: [declines], status: [rejects] });
	expect(await it.ending()).toMatchObject({ kind: "refused", fault: "limit-not-enough" });
});

test("an unanswered cancel is repeated with the same requestId", async () => {
	const it = await cancelledPayment({ cancel: [lost, notSent, cancels], status: [waits] });
	expect(await it.ending()).toEqual(cancelled);
	expect(idsOf(it)).toEqual(["cancel-1", "cancel-1", "cancel-1"]);
});

test("a declined cancel of a payment still open is wished anew, with a new requestId", async () => {
	const busy = refuses("transaction-in-processing", "TRANSACTION_IN_PROCESSING");
	const it = await cancelledPayment({ cancel: [busy, cancels], status: [waits] });
	expect(await it.ending()).toEqual(cancelled);
	const [first, second] = idsOf(it);
	expect(first).toBe("cancel-1");
	expect(second).not.toBe("cancel-1");
});

test("a cancel under way that is declined in the end is wished anew", async () => {
	const it = await cancelledPayment({
		cancel: [says("pending", { refStatus: "new" }), cancels],
		status: [waits, says("pending", { refStatus: "rejected" }), waits],
	});
	expect(await it.ending()).toEqual(cancelled);
	expect(idsOf(it)).toHaveLength(2);
});

test("a cancel whose answer was lost is found carried out by the status", async () => {
	const it = await cancelledPayment({ cancel: [lost], status: [says("canceled")] });
	expect(await it.ending()).toEqual(cancelled);
});

test("a cancel that is done by its own word waits for the status to follow", async () => {
	const it = await cancelledPayment({
		cancel: [says("pending", { refStatus: "accepted" })],
		status: [waits, says("canceled")],
	});
	expect(await it.ending()).toEqual(cancelled);
	expect(idsOf(it)).toHaveLength(1);
});

const done = says("pending", { refStatus: "accepted" });

test("a cancel done by its own word is believed when the status stays pending for the customer's whole time", async () => {
	const it = await cancelledPayment({ cancel: [done], status: [waits] });
	await it.pass(29_000);
	expect(it.outcome()).toBeUndefined();
	expect(await it.ending()).toEqual(cancelled);
	expect(it.told).toEqual([]);
	expect(idsOf(it)).toHaveLength(1);
});

test("a payment accepted long after the cancel said done is settled", async () => {
	const it = await cancelledPayment({ cancel: [done], status: [waits, waits, waits, waits, accepts] });
	expect(await it.ending()).toEqual(settled);
});

test.each([
	["the server does not know the transaction", says("")],
	["a word in no list", says("confirmed")],
	["a word in no list, with a slip", says("confirmed", { slip })],
	["pending, with a slip", says("pending", { slip })],
] as const)("a cancel done by its own word is not believed against an odd status: %s", async (_, turn) => {
	const it = await cancelledPayment({ cancel: [done], status: [...Array(9).fill(turn), accepts] });
	await it.pass(5_000);
	expect(it.told).toEqual([{ kind: "unknown", fault: "transaction-in-processing", transactionId }]);
	await it.pass(45_000);
	expect(it.outcome()).toBeUndefined();
	expect(await it.ending()).toEqual(settled);
});

test("a payment accepted after the cancel said done is settled", async () => {
	const it = await cancelledPayment({
		cancel: [says("pending", { refStatus: "accepted" })],
		status: [waits, accepts],
	});
	expect(await it.ending()).toEqual(settled);
});

test("a server that falls silent after the checkout is told as unknown once, and asked on", async () => {
	const it = await cancelledPayment({
		cancel: [...Array(5).fill(lost), cancels],
		status: [lost],
	});
	await it.pass(5_000);
	expect(it.outcome()).toBeUndefined();
	expect(it.told).toEqual([{ kind: "unknown", fault: "server-silent", transactionId }]);
	expect(await it.ending()).toEqual(cancelled);
	expect(it.told).toHaveLength(1);
});

test("wrong credentials in the middle of a payment never end it as failed", async () => {
	const no = refuses("credentials-refused");
	const it = await cancelledPayment({ cancel: [no], status: [no, no, no, no, accepts] });
	await it.pass(5_000);
	expect(it.told).toEqual([{ kind: "unknown", fault: "server-silent", transactionId }]);
	expect(await it.ending()).toEqual(settled);
});

test("a cancel that the bank neither does nor declines is told as in processing after the customer's time", async () => {
	const it = await cancelledPayment({ cancel: [says("pending", { refStatus: "new" })], status: [waits] });
	await it.pass(25_000);
	expect(it.told).toEqual([]);
	await it.pass(15_000);
	expect(it.told).toEqual([{ kind: "unknown", fault: "transaction-in-processing", transactionId }]);
	expect(it.outcome()).toBeUndefined();
});

test("a till clock that is set back during a cancel keeps nobody waiting for the word that it is not known", async () => {
	const it = await cancelledPayment({ cancel: [says("pending", { refStatus: "new" })], status: [waits] });
	await it.pass(10_000);
	vi.setSystemTime(Date.now() - 3_600_000);
	await it.pass(30_000);
	expect(it.told).toEqual([{ kind: "unknown", fault: "transaction-in-processing", transactionId }]);
});

test("a till clock that is set forward during a cancel neither hurries the cashier nor the polls", async () => {
	const it = await cancelledPayment(
		{ cancel: [says("pending", { refStatus: "new" })], status: [waits] },
		{ retry: { firstWaitMs: 10, factor: 1 } },
	);
	await it.pass(1_050);
	const polls = () => it.calls().filter((call) => call === "status").length;
	const before = polls();
	vi.setSystemTime(Date.now() + 3_600_000);
	await it.pass(1_000);
	expect(polls() - before).toBe(2);
	expect(it.told).toEqual([]);
});

test("the status is never asked more often than every poll", async () => {
	const it = await cancelledPayment({ cancel: [declines], status: [waits, waits, waits, waits, accepts] });
	await it.ending();
	const at = it.asked.filter(({ call }) => call === "status").map((asked) => asked.at);
	const gaps = at.slice(1).map((ms, index) => ms - (at[index] ?? 0));
	expect(Math.min(...gaps)).toBeGreaterThanOrEqual(500);
});

test("the first reason for a cancel is the one that is told", async () => {
	const it = scene({
		checkout: [lost, lost, lost, after(() => it.cashier.abort("cashier"), waits)],
		cancel: [cancels],
	});
	expect(await it.ending()).toMatchObject({ fault: "payment-timed-out" });
	expect(it.learnt.cancelWanted).toBe("server-silent");
});

test("a cancel at the customer's wish is told as the customer's", async () => {
	const it = scene({ checkout: [waits], cancel: [cancels] });
	await it.pass(100);
	it.cashier.abort("customer");
	expect(await it.ending()).toMatchObject({ fault: "payment-cancelled-by-customer" });
	expect(it.lines).toContain("learned customer");
});

test("a payment that is posted as accepted ends a cancel at once, and nothing is asked any more", async () => {
	const it = await cancelledPayment({ cancel: [silence], status: [silence] });
	await it.pass(1_000);
	it.posted.take({ status: "accepted", transactionId, slip: settled.slip });
	await it.pass(0);
	expect(it.outcome()).toEqual(settled);
	await it.pass(60_000);
	expect(it.calls()).toEqual(["checkout", "cancel"]);
});

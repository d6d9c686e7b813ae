import { getEventListeners } from "node:events";
import { beforeEach, expect, test, vi } from "vitest";
import { FaultError } from "../../src/model/fault.ts";
import { kopecks } from "../../src/model/money.ts";
import { scene } from "./scene.ts";
import { accepts, late, says, settled, silence, transactionId } from "./turns.ts";

beforeEach(() => {
	vi.useFakeTimers();
	return () => vi.useRealTimers();
});

const waits = says("pending");
const rejects = says("rejected", { errorCode: "PAYMENT_DECLINED_BY_EXTERNAL_PROVIDER" });
const postedAccepted = { status: "accepted", transactionId: transactionId.toUpperCase(), slip: settled.slip };

test.each([
	["before the first poll", 100],
	["while a poll is under way", 1_000],
])("a payment that is posted as accepted ends at once, and nothing polls any more: %s", async (_, ms) => {
	const it = scene({ checkout: [waits], status: [silence] });
	await it.pass(ms);
	it.posted.take(postedAccepted);
	await it.pass(0);
	expect(it.outcome()).toMatchObject({ kind: "settled", slip: settled.slip });
	const asked = it.asked.length;
	await it.pass(60_000);
	expect(it.asked).toHaveLength(asked);
	expect(it.attempts.at(-1)).toMatchObject({ call: "postback", result: "answered" });
});

test("a payment that was posted as accepted before the checkout answered is not polled", async () => {
	const it = scene({ checkout: [late(1_000, waits)], status: [waits] });
	it.posted.take(postedAccepted);
	expect(await it.ending()).toMatchObject({ kind: "settled" });
	expect(it.calls()).toEqual(["checkout"]);
});

test("an accepted payment that is posted without its slip is asked for it", async () => {
	const it = scene({ checkout: [waits], status: [accepts] });
	await it.pass(100);
	it.posted.take({ status: "accepted", transactionId });
	expect(await it.ending()).toEqual(settled);
});

test.each([
	["pending", { status: "pending", transactionId }],
	["a word in no list", { status: "being_weighed", transactionId }],
	["another payment's", { status: "rejected", transactionId: "other", refTransactionId: transactionId }],
])("what is posted without being an ending neither hurries nor ends anything: %s", async (_, facts) => {
	const it = scene({ checkout: [waits], status: [waits, waits, accepts] });
	await it.pass(100);
	for (let count = 0; count < 9; count += 1) it.posted.take(facts);
	expect(await it.ending()).toEqual(settled);
	expect(it.asked.map(({ at }) => at)).toEqual([0, 300, 800, 1_300]);
	expect(it.attempts.filter(({ call }) => call === "postback").length).toBeLessThanOrEqual(1);
});

test.each([
	["orderId", { orderId: "order-2" }],
	["totalAmount", { totalAmount: kopecks(100) }],
	["paymentTransactionId", { paymentTransactionId: "7d3a3b0e-0000-4000-8000-00000000000b" }],
])("what is posted with the slip of another payment is not about this one: %s", async (_, strange) => {
	const it = scene({ checkout: [waits], status: [waits, waits, waits, waits, rejects] });
	await it.pass(100);
	it.posted.take({ ...postedAccepted, slip: { ...settled.slip, ...strange } });
	expect(await it.ending()).toMatchObject({ kind: "refused", fault: "declined-by-provider" });
	expect(it.attempts.map(({ call }) => call)).not.toContain("postback");
});

test.each(["rejected", "canceled"])(
	"of two endings posted in one moment the first counts: %s",
	async (then) => {
		const it = scene({ checkout: [waits], status: [waits] });
		await it.pass(100);
		it.posted.take(postedAccepted);
		it.posted.take({ status: then, transactionId, errorCode: "EXTERNAL_PROVIDER_ERROR" });
		expect(await it.ending()).toMatchObject({ kind: "settled", slip: settled.slip });
	},
);

test("what is posted after the end changes nothing", async () => {
	const it = scene({ checkout: [accepts] });
	await it.ending();
	it.posted.take({ status: "rejected", transactionId });
	await it.pass(1_000);
	expect(it.attempts.map(({ call }) => call)).toEqual(["checkout"]);
});

test("a journal that fails at a postback ends the drive", async () => {
	const writing = (what: string) => {
		if (what === "before postback") throw new FaultError("journal-failed", "disk full");
	};
	const it = scene({ checkout: [waits], status: [waits] }, { writing });
	await it.pass(100);
	it.posted.take(postedAccepted);
	await expect(it.driven).rejects.toThrow("disk full");
});

test("signals and the server's posts keep nothing of a payment that has ended", async () => {
	const it = scene({ checkout: [waits], status: [waits, accepts] });
	await it.pass(400);
	const signals = [it.stop.signal, it.cashier.signal];
	const kept = () => signals.map((signal) => getEventListeners(signal, "abort").length);
	expect(kept()).toEqual([1, 1]);
	expect(await it.ending()).toEqual(settled);
	expect(kept()).toEqual([0, 0]);
	expect(vi.getTimerCount()).toBe(0);
	expect(it.posted.take(postedAccepted)).toBe("late");
});

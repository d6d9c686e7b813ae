import fc from "fast-check";
import { beforeEach, expect, test, vi } from "vitest";
import { FaultError, faults } from "../../src/model/fault.ts";
import { openRefundBank } from "./refund-bank.ts";
import {
	paidBack,
	paysBack,
	refTransactionId,
	refundScene,
	refundSlip,
	saysOfRefund,
	underWay,
} from "./refund-scene.ts";
import { lost, notSent, refuses, says, silence, transactionId } from "./turns.ts";

beforeEach(() => {
	vi.useFakeTimers();
	return () => vi.useRealTimers();
});

const settledSlip = { ...refundSlip, unlisted: {} };
const isUnknown = { kind: "unknown", fault: "refund-unknown", transactionId };

test("a refund that is accepted at once is settled and asks nothing more", async () => {
	const { ending, asked } = refundScene({ refund: [paysBack] });
	expect(await ending()).toEqual(paidBack);
	expect(asked).toMatchObject([{ call: "refund", requestId: "request-1", token: "token-1" }]);
});

test("a refund under way is followed by its own id, at the pace of the polls", async () => {
	const { ending, asked } = refundScene({ refund: [underWay], status: [underWay, underWay, paysBack] });
	expect(await ending()).toEqual(paidBack);
	expect(asked.map(({ call, at }) => [call, at])).toEqual([
		["refund", 0],
		["status", 300],
		["status", 800],
		["status", 1_300],
	]);
	expect(asked[1]?.body).toEqual({ requestId: asked[1]?.requestId, refTransactionId });
});

test("a refund's id is written down in the moment in which its answer is crossed off", async () => {
	const { ending, lines } = refundScene({ refund: [underWay], status: [paysBack] });
	await ending();
	expect(lines[0]).toBe(`refund answered: refunding new, learned ${refTransactionId}`);
});

test("a refund whose state has a word in no list is followed, and warned about", async () => {
	const { ending, warnings } = refundScene({ refund: [saysOfRefund("weighed")], status: [paysBack] });
	expect(await ending()).toEqual(paidBack);
	expect(warnings).toEqual([{ operation: "operation-1", call: "refund", refStatus: "weighed" }]);
});

test("the payment's own status says nothing about the refund", async () => {
	const { ending } = refundScene({
		refund: [says("refunded", { refTransactionId })],
		status: [says("refunded", { refTransactionId }), saysOfRefund("rejected", { errorCode: "MOON" })],
	});
	expect(await ending()).toMatchObject({ kind: "refused", fault: "unlisted-refusal", wireCode: "MOON" });
});

test.each([
	["lost", lost],
	["never left", notSent],
	["wrong credentials", refuses("credentials-refused")],
	["an unknown transaction", refuses("transaction-unknown", "UNKNOWN_TRANSACTION_ID")],
	["another refund's answer", saysOfRefund("rejected", { refTransactionId: "somebody-else" })],
	["another payment's answer", saysOfRefund("rejected", { transactionId: "somebody-else" })],
	["the server does not know it", says("", { transactionId: null })],
] as const)("a poll without an ending changes nothing: %s", async (_, turn) => {
	const { ending } = refundScene({ refund: [underWay], status: [turn, turn, turn, turn, paysBack] });
	expect(await ending()).toEqual(paidBack);
});

test("a refund that the bank rejects in the end is refused with the reason", async () => {
	const rejected = saysOfRefund("rejected", { errorCode: "EXTERNAL_PROVIDER_ERROR" });
	const { ending } = refundScene({ refund: [underWay], status: [underWay, rejected] });
	expect(await ending()).toEqual({
		kind: "refused",
		fault: "refund-declined",
		wireCode: "EXTERNAL_PROVIDER_ERROR",
		transactionId,
		refTransactionId,
	});
});

test("a rejection that never says why is declined", async () => {
	const { ending, calls } = refundScene({ refund: [underWay], status: [saysOfRefund("rejected")] });
	expect(await ending()).toMatchObject({ kind: "refused", fault: "refund-declined" });
	expect(calls()).toEqual(["refund", ...Array(4).fill("status")]);
});

test("a rejection that turns out to be accepted is settled", async () => {
	const { ending } = refundScene({ refund: [underWay], status: [saysOfRefund("rejected"), paysBack] });
	expect(await ending()).toEqual(paidBack);
});

test("a refund that the bank has cancelled by its own code is refused when the code is repeated", async () => {
	const cancelled = refuses("refund-cancelled-by-bank", "CANCEL_REFUNDING_BY_BANK");
	const { ending, calls } = refundScene({ refund: [underWay], status: [cancelled] });
	expect(await ending()).toMatchObject({ kind: "refused", fault: "refund-cancelled-by-bank" });
	expect(calls()).toEqual(["refund", "status", "status", "status"]);
});

test("an accepted refund without a slip is asked for it a few times", async () => {
	const { ending } = refundScene({ refund: [saysOfRefund("accepted")], status: [lost, paysBack] });
	expect(await ending()).toEqual(paidBack);
});

test("an accepted refund whose slip never comes is settled without", async () => {
	const { ending, calls } = refundScene({
		refund: [saysOfRefund("accepted")],
		status: [saysOfRefund("accepted")],
	});
	expect(await ending()).toEqual({ kind: "settled", transactionId, refTransactionId });
	expect(calls()).toEqual(["refund", "status", "status", "status"]);
});

test("a refund that takes too long is told as unknown once, and followed on at the long pace", async () => {
	const it = refundScene({ refund: [underWay], status: [underWay] });
	await it.pass(29_900);
	expect(it.told).toEqual([]);
	await it.pass(200);
	expect(it.told).toEqual([{ ...isUnknown, refTransactionId }]);
	await it.pass(10_000);
	const polls = it.asked.length;
	await it.pass(100_000);
	expect(it.asked.length - polls).toBe(10);
	expect([it.outcome(), it.told.length]).toEqual([undefined, 1]);
});

test.each([
	["before the first poll", 100],
	["while a poll is under way", 1_000],
])("a refund that is posted as accepted ends at once, and nothing polls any more: %s", async (_, ms) => {
	const it = refundScene({ refund: [underWay], status: [silence] });
	await it.pass(ms);
	const slip = settledSlip;
	it.posted.take({ status: "refunded", transactionId, refTransactionId, refStatus: "accepted", slip });
	await it.pass(0);
	expect(it.outcome()).toEqual(paidBack);
	const asked = it.asked.length;
	await it.pass(60_000);
	expect(it.asked).toHaveLength(asked);
	expect(it.attempts.at(-1)).toMatchObject({ call: "postback", requestId: "request-1", result: "answered" });
});

test.each([
	["of another refund of the payment", { refTransactionId: "somebody-else" }],
	["of another payment", { transactionId: "somebody-else" }],
	["without the refund's state", { refStatus: "new" }],
	["with the slip of another refund", { slip: { refundTransactionId: "somebody-else", unlisted: {} } }],
	["with the slip of another payment", { slip: { paymentTransactionId: "somebody-else", unlisted: {} } }],
])("what is posted %s ends nothing", async (_, other) => {
	const it = refundScene({ refund: [underWay], status: [underWay] });
	await it.pass(100);
	it.posted.take({ status: "refunded", transactionId, refTransactionId, refStatus: "accepted", ...other });
	await it.pass(5_000);
	expect(it.outcome()).toBeUndefined();
});

test("after a restart a refund whose id is known is followed, and nothing is sent anew", async () => {
	const { ending, calls } = refundScene({ status: [paysBack] }, { restarted: { refTransactionId } });
	expect(await ending()).toEqual(paidBack);
	expect(calls()).toEqual(["status"]);
});

test("after a restart an unanswered request is repeated with the same requestId", async () => {
	const { ending, asked } = refundScene({ refund: [paysBack] }, { restarted: {} });
	expect(await ending()).toEqual(paidBack);
	expect(asked).toMatchObject([{ call: "refund", requestId: "request-1" }]);
});

test.each([
	["the request is on its way", { refund: [silence] }, 1_000],
	["the next repeat is waited for", { refund: [lost] }, 100],
	["the next poll is waited for", { refund: [underWay], status: [underWay] }, 1_000],
	["a poll is on its way", { refund: [underWay], status: [silence] }, 1_000],
] as const)("a stop ends the drive and settles nothing: %s", async (_, script, ms) => {
	const it = refundScene(script);
	await it.pass(ms);
	it.stop.abort(new FaultError("internal-failure", "stopping"));
	await expect(it.driven).rejects.toThrow("stopping");
	const asked = it.asked.length;
	await it.pass(120_000);
	expect([it.asked.length, it.told]).toEqual([asked, []]);
});

test.each(["before status", "after status answered", "after refund answered"])(
	"a journal that fails ends the drive, since nothing can be promised any more: %s",
	async (moment) => {
		const writing = (what: string) => {
			if (what === moment) throw new FaultError("journal-failed", "disk full");
		};
		const it = refundScene({ refund: [underWay], status: [underWay] }, { writing });
		await it.pass(40_000);
		await expect(it.driven).rejects.toThrow("disk full");
	},
);

test("whatever is lost on the way, money goes back at most once, and what is told is what happened", async () => {
	const mishap = fc.constantFrom(
		"none",
		"none",
		"none",
		"request-lost",
		"answer-lost",
		"sent-twice",
		"gateway-refuses",
		"not-sent",
	);
	const plan = fc.record({
		mishaps: fc.array(mishap, { maxLength: 12 }),
		/** How long the server works on the first request before it has an answer to it, ms. */
		worksFor: fc.integer({ min: 0, max: 12_000 }),
		/** When the bank decides after that, ms. */
		decidesAfter: fc.integer({ min: 0, max: 60_000 }),
		accepts: fc.boolean(),
		/** How the server refuses it from the start, if it does. */
		refuses: fc.option(
			fc.constantFrom(
				"REQUESTED_REFUND_AMOUNT_IS_GREATER_THAN_AVAILABLE",
				"TERMINAL_STATE_OF_PAYMENT_TRANSACTION",
				"422 PAYMENT_TRANSACTION_IS_NOT_PAID",
				"422 UNKNOWN_TRANSACTION_ID",
				"422 WRONG_TRANSACTION_STATE_CHANGE",
			),
		),
		/** When the power fails, and for how long, ms. */
		crashes: fc.array(
			fc.record({ at: fc.integer({ min: 0, max: 20_000 }), down: fc.integer({ min: 0, max: 40_000 }) }),
			{ maxLength: 3 },
		),
	});
	await fc.assert(
		fc.asyncProperty(plan, async (story) => {
			const bank = openRefundBank(story);
			const outcome = await bank.outcome();
			expect(bank.requestIds()).toEqual(new Set(["request-1"]));
			expect(bank.timesCarriedOut()).toBeLessThanOrEqual(1);
			if (outcome.kind === "settled") expect(bank.paidBack()).toBe("yes");
			else if (faults[outcome.fault].moneyMoved === "no") expect(bank.paidBack()).toBe("never");
			else expect(bank.paidBack()).not.toBe("yes");
		}),
		{ numRuns: 300 },
	);
}, 30_000);

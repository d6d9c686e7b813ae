import fc from "fast-check";
import { beforeEach, expect, test, vi } from "vitest";
import { FaultError, faults } from "../../src/model/fault.ts";
import { openBank } from "./bank.ts";
import { scene } from "./scene.ts";
import { accepts, cancels, lost, notSent, refuses, says, settled, silence, transactionId } from "./turns.ts";

beforeEach(() => {
	vi.useFakeTimers();
	return () => vi.useRealTimers();
});

const waits = says("pending");

test("after a restart a known transaction's status is asked first, and nothing is sent anew", async () => {
	const { ending, calls } = scene({ status: [accepts] }, { restarted: { transactionId } });
	expect(await ending()).toEqual(settled);
	expect(calls()).toEqual(["status"]);
});

test("after a restart an unanswered checkout is repeated with the same requestId", async () => {
	const { ending, asked } = scene({ checkout: [accepts] }, { restarted: {} });
	expect(await ending()).toEqual(settled);
	expect(asked).toMatchObject([{ call: "checkout", requestId: "request-1", token: "token-1" }]);
});

test("after a restart wrong credentials prove nothing", async () => {
	const { pass, outcome, told } = scene({ checkout: [refuses("credentials-refused")] }, { restarted: {} });
	await pass(60_000);
	expect(outcome()).toBeUndefined();
	expect(told).toEqual([{ kind: "unknown", fault: "server-silent" }]);
});

test("after a restart a server that is not there proves nothing", async () => {
	const { pass, outcome } = scene({ checkout: [notSent] }, { restarted: {} });
	await pass(60_000);
	expect(outcome()).toBeUndefined();
});

test("a checkout that is known never to have left is not sent after a restart", async () => {
	const { ending, calls } = scene({ checkout: [accepts] }, { restarted: { maybeSent: false } });
	expect(await ending()).toEqual({ kind: "refused", fault: "payment-cancelled-after-restart" });
	expect(calls()).toEqual([]);
});

test("after a short restart the customer still has the rest of the time", async () => {
	const startedAt = Date.now() - 20_000;
	const { ending, asked } = scene(
		{ status: [waits], cancel: [cancels] },
		{ restarted: { transactionId, startedAt } },
	);
	expect(await ending()).toMatchObject({ fault: "payment-timed-out" });
	expect(asked.at(-1)).toMatchObject({ call: "cancel", at: 10_000 });
});

test("after a long restart the payment is cancelled when its status has been asked", async () => {
	const startedAt = Date.now() - 3_600_000;
	const { ending, calls, learnt } = scene(
		{ status: [waits], cancel: [cancels] },
		{ restarted: { transactionId, startedAt } },
	);
	expect(await ending()).toMatchObject({ kind: "refused", fault: "payment-cancelled-after-restart" });
	expect(calls()).toEqual(["status", "cancel"]);
	expect(learnt.cancelWanted).toBe("restart");
});

test("a payment accepted during a long restart is settled", async () => {
	const startedAt = Date.now() - 3_600_000;
	const { ending, calls } = scene({ checkout: [accepts] }, { restarted: { startedAt } });
	expect(await ending()).toEqual(settled);
	expect(calls()).toEqual(["checkout"]);
});

test("a cancel that an earlier run wanted is carried out after the restart, with its requestId", async () => {
	const { ending, asked } = scene(
		{ checkout: [waits], cancel: [cancels] },
		{ restarted: { cancelWanted: "cashier" } },
	);
	expect(await ending()).toMatchObject({ fault: "payment-cancelled-by-cashier" });
	expect(asked).toMatchObject([{ call: "checkout" }, { call: "cancel", requestId: "cancel-1" }]);
});

test("a till clock set back during the restart gives no more than the whole time", async () => {
	const startedAt = Date.now() + 3_600_000;
	const { ending, asked } = scene(
		{ status: [waits], cancel: [cancels] },
		{ restarted: { transactionId, startedAt } },
	);
	await ending();
	expect(asked.at(-1)).toMatchObject({ call: "cancel", at: 30_000 });
});

test.each([
	["the checkout is on its way", { checkout: [silence] }, 1_000],
	["the next repeat is waited for", { checkout: [lost] }, 100],
	["the next poll is waited for", { checkout: [waits], status: [waits] }, 1_000],
	["a poll is on its way", { checkout: [waits], status: [silence] }, 1_000],
	["a cancel is on its way", { checkout: [waits], status: [waits], cancel: [silence] }, 31_000],
] as const)("a stop ends the drive and settles nothing: %s", async (_, script, ms) => {
	const it = scene(script);
	await it.pass(ms);
	it.stop.abort(new FaultError("internal-failure", "stopping"));
	await expect(it.driven).rejects.toThrow("stopping");
	const asked = it.asked.length;
	await it.pass(120_000);
	expect(it.asked).toHaveLength(asked);
	expect(it.told).toEqual([]);
});

test("a stop while the token is made sends nothing and refuses nothing", async () => {
	const token = Promise.withResolvers<never>();
	const it = scene({ checkout: [accepts] }, { token: () => token.promise, retry: { attempts: 1 } });
	it.stop.abort(new FaultError("internal-failure", "stopping"));
	token.reject(new FaultError("password-unchecked"));
	await expect(it.driven).rejects.toThrow("stopping");
	expect(it.asked).toEqual([]);
});

test.each([
	["before a poll", "before status"],
	["after a poll", "after status answered"],
	["with the transaction", "after checkout answered"],
	["with the time that is over", "learned cancelWanted"],
])("a journal that fails ends the drive, since nothing can be promised any more: %s", async (_, moment) => {
	const writing = (what: string) => {
		if (what === moment) throw new FaultError("journal-failed", "disk full");
	};
	const it = scene({ checkout: [waits], status: [waits] }, { writing });
	await it.pass(40_000);
	await expect(it.driven).rejects.toThrow("disk full");
});

test("whatever is lost on the way, a paid customer is never told otherwise, and an unpaid one is never settled", async () => {
	const mishap = fc.constantFrom(
		"none",
		"none",
		"none",
		"request-lost",
		"answer-lost",
		"gateway-refuses",
		"not-sent",
	);
	const plan = fc.record({
		mishaps: fc.array(mishap, { maxLength: 12 }),
		/** When the customer confirms or declines, ms. */
		decidesAt: fc.integer({ min: 0, max: 60_000 }),
		accepts: fc.boolean(),
		cashierAt: fc.option(fc.integer({ min: 0, max: 40_000 })),
		/** When the power fails, and for how long, ms. */
		crashes: fc.array(
			fc.record({ at: fc.integer({ min: 0, max: 20_000 }), down: fc.integer({ min: 0, max: 40_000 }) }),
			{
				maxLength: 3,
			},
		),
	});
	await fc.assert(
		fc.asyncProperty(plan, async (story) => {
			const bank = openBank(story);
			const outcome = await bank.outcome();
			const paid = bank.paid();
			if (outcome.kind === "settled") expect(paid).toBe(true);
			else expect([paid, faults[outcome.fault].moneyMoved]).toEqual([false, "no"]);
		}),
		{ numRuns: 300 },
	);
});

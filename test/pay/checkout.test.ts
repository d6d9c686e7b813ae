import { beforeEach, expect, test, vi } from "vitest";
import { FaultError } from "../../src/model/fault.ts";
import { Secret } from "../../src/model/secret.ts";
import { scene } from "./scene.ts";
import { shopSettings } from "./settings.ts";
import {
	accepts,
	after,
	cancels,
	late,
	lost,
	notSent,
	says,
	settled,
	silence,
	transactionId,
} from "./turns.ts";

beforeEach(() => {
	vi.useFakeTimers();
	return () => vi.useRealTimers();
});

test("the first checkout leaves before any timer could run, under the attempt that is journaled already", async () => {
	const { asked, attempts } = scene({ checkout: [silence] });
	for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
	expect(asked.map(({ call }) => call)).toEqual(["checkout"]);
	expect(attempts).toHaveLength(1);
});

test("an accepted checkout settles with its slip and asks nothing more", async () => {
	const { ending, calls } = scene({ checkout: [accepts] });
	expect(await ending()).toEqual(settled);
	expect(calls()).toEqual(["checkout"]);
});

test("the transaction is written down in the moment in which its answer is crossed off", async () => {
	const { ending, lines } = scene({ checkout: [accepts] });
	await ending();
	expect(lines).toEqual([`checkout answered: accepted, learned ${transactionId}`]);
});

test("a checkout that was never answered is repeated with the same requestId and a fresh token", async () => {
	const { ending, asked } = scene({ checkout: [silence, lost, accepts] });
	expect(await ending()).toEqual(settled);
	expect(asked.map(({ requestId, token, at }) => [requestId, token, at])).toEqual([
		["request-1", "token-1", 0],
		["request-1", "token-2", 8_500],
		["request-1", "token-3", 9_500],
	]);
});

test("a checkout that never leaves is refused after the last attempt, and nobody is told unknown", async () => {
	const { ending, calls, told } = scene({ checkout: [notSent] });
	expect(await ending()).toEqual({ kind: "refused", fault: "server-unreachable" });
	expect(calls()).toEqual(["checkout", "checkout", "checkout"]);
	expect(told).toEqual([]);
});

test("one silent attempt among those that never left keeps the payment open", async () => {
	const { ending, pass, outcome, told, learnt } = scene({
		checkout: [notSent, lost, notSent, notSent, says("new")],
		cancel: [cancels],
	});
	await pass(3_000);
	expect(outcome()).toBeUndefined();
	expect(told).toEqual([{ kind: "unknown", fault: "server-silent" }]);
	expect(learnt.cancelWanted).toBe("server-silent");
	expect(await ending()).toMatchObject({ kind: "refused", fault: "payment-timed-out", transactionId });
});

test("when the repeats brought no answer the cashier is told once, and the late answer is cancelled", async () => {
	const { ending, pass, outcome, told, calls } = scene({
		checkout: [lost, lost, lost, lost, lost, says("pending")],
		cancel: [cancels],
	});
	await pass(1_500);
	expect(told).toEqual([{ kind: "unknown", fault: "server-silent" }]);
	expect(outcome()).toBeUndefined();
	expect(await ending()).toMatchObject({ kind: "refused", fault: "payment-timed-out" });
	expect(calls()).toEqual([...Array(6).fill("checkout"), "cancel"]);
	expect(told).toHaveLength(1);
});

test("a payment told unknown that turns out to be accepted is settled", async () => {
	const { ending, calls } = scene({ checkout: [lost, lost, lost, lost, accepts] });
	expect(await ending()).toEqual(settled);
	expect(calls()).not.toContain("cancel");
});

test("repeats in the background keep their long pause", async () => {
	const { pass, asked } = scene({ checkout: [lost] });
	await pass(32_000);
	expect(asked.map(({ at }) => at)).toEqual([0, 500, 1_500, 11_500, 21_500, 31_500]);
});

test.each([
	["another requestId", says("accepted", { requestId: "somebody-else" })],
	["no transactionId", says("accepted", { transactionId: null })],
	["no status", says("accepted", { status: null })],
	["a status that is no text", says("accepted", { status: 1 })],
] as const)("an answer that cannot be ours is no answer: %s", async (_, turn) => {
	const { ending, calls, lines } = scene({ checkout: [turn, accepts] });
	expect(await ending()).toEqual(settled);
	expect(calls()).toEqual(["checkout", "checkout"]);
	expect(lines[0]).toMatch(/^checkout unanswered: server-answer-unreadable/);
});

test("a cancel wanted before the checkout left drops it, and the journal says that it never left", async () => {
	const { ending, calls, lines } = scene({ checkout: [accepts] }, { cancelled: true });
	expect(await ending()).toEqual({ kind: "refused", fault: "payment-cancelled-by-cashier" });
	expect(calls()).toEqual([]);
	expect(lines).toEqual(["learned cashier", "checkout not-sent: dropped: cashier"]);
});

test("a cancel wanted while nothing has left ends the payment at once", async () => {
	const { pass, outcome, cashier, calls } = scene({ checkout: [notSent] });
	await pass(100);
	cashier.abort("cashier");
	await pass(0);
	expect(outcome()).toEqual({ kind: "refused", fault: "payment-cancelled-by-cashier" });
	expect(calls()).toEqual(["checkout"]);
});

test("a cancel wanted while the checkout is on its way is on disk at once, and waits for the answer", async () => {
	const { pass, ending, cashier, calls, learnt } = scene({
		checkout: [late(2_000, says("new"))],
		cancel: [cancels],
	});
	await pass(1_000);
	cashier.abort("cashier");
	expect(learnt.cancelWanted).toBe("cashier");
	await pass(900);
	expect(calls()).toEqual(["checkout"]);
	expect(await ending()).toMatchObject({
		kind: "refused",
		fault: "payment-cancelled-by-cashier",
		transactionId,
	});
	expect(calls()).toEqual(["checkout", "cancel"]);
});

test("a checkout accepted although a cancel was wanted is settled", async () => {
	const { pass, ending, cashier, calls } = scene({ checkout: [late(2_000, accepts)] });
	await pass(1_000);
	cashier.abort("cashier");
	expect(await ending()).toEqual(settled);
	expect(calls()).toEqual(["checkout"]);
});

test("a cancel wanted after a silent checkout cannot drop it", async () => {
	const { pass, outcome, ending, cashier } = scene({ checkout: [lost, accepts] });
	await pass(100);
	cashier.abort("cashier");
	await pass(300);
	expect(outcome()).toBeUndefined();
	expect(await ending()).toEqual(settled);
});

test("a cancel wanted in the very moment of a lost request cannot drop it", async () => {
	const it = scene({ checkout: [after(() => it.cashier.abort("cashier"), lost), accepts] });
	expect(await it.ending()).toEqual(settled);
});

test("without a token nothing leaves, and the token's own fault is the outcome", async () => {
	const token = async () => Promise.reject(new FaultError("password-unchecked", "bridge down"));
	const { ending, calls, attempts } = scene({ checkout: [accepts] }, { token });
	expect(await ending()).toEqual({ kind: "refused", fault: "password-unchecked" });
	expect(calls()).toEqual([]);
	expect(attempts.map(({ result }) => result)).toEqual(["not-sent", "not-sent", "not-sent"]);
});

test("without a token for the repeat a silent checkout stays open", async () => {
	const token = vi
		.fn<() => Promise<Secret>>()
		.mockResolvedValue(new Secret("later"))
		.mockResolvedValueOnce(new Secret("first"))
		.mockRejectedValueOnce(new FaultError("password-unchecked"));
	const { ending, asked } = scene({ checkout: [lost, accepts] }, { token });
	expect(await ending()).toEqual(settled);
	expect(asked.map((request) => request.token)).toEqual(["first", "later"]);
});

test("the server's wish to be left alone is followed, though our own pause would be shorter", async () => {
	const busy = (retryAfterMs: number) => () =>
		({ kind: "not-sent", fault: "too-many-requests", detail: "HTTP 429", retryAfterMs }) as const;
	const { ending, asked } = scene({ checkout: [busy(2_000), busy(9_000), accepts] });
	expect(await ending()).toEqual(settled);
	expect(asked.map(({ at }) => at)).toEqual([0, 2_000, 11_000]);
});

test("the checkout's own policy counts its repeats", async () => {
	const calls = { ...shopSettings.calls, checkout: { attempts: 2, firstWaitMs: 100 } };
	const { ending, asked } = scene({ checkout: [notSent] }, { settings: { calls } });
	expect(await ending()).toEqual({ kind: "refused", fault: "server-unreachable" });
	expect(asked.map(({ at }) => at)).toEqual([0, 100]);
});

test("a part of each pause is random", async () => {
	const { ending, asked } = scene({ checkout: [notSent] }, { retry: { jitter: 0.5 }, random: () => 0.4 });
	await ending();
	expect(asked.map(({ at }) => at)).toEqual([0, 400, 1_200]);
});

import { beforeEach, expect, test, vi } from "vitest";
import { FaultError } from "../../src/model/fault.ts";
import {
	paidBack,
	paysBack,
	refTransactionId,
	refundScene,
	rejects,
	saysOfRefund,
	underWay,
} from "./refund-scene.ts";
import { shopSettings } from "./settings.ts";
import { lost, notSent, refuses, says, silence, transactionId } from "./turns.ts";

beforeEach(() => {
	vi.useFakeTimers();
	return () => vi.useRealTimers();
});

const refused = (fault: string, wireCode?: string) => ({
	kind: "refused",
	fault,
	...(wireCode === undefined ? {} : { wireCode }),
	transactionId,
});
const isUnknown = { kind: "unknown", fault: "refund-unknown", transactionId };

test("a refund that was never answered is repeated with the same requestId and a fresh token", async () => {
	const { ending, asked } = refundScene({ refund: [silence, lost, paysBack] });
	expect(await ending()).toEqual(paidBack);
	expect(asked.map(({ requestId, token, at }) => [requestId, token, at])).toEqual([
		["request-1", "token-1", 0],
		["request-1", "token-2", 8_500],
		["request-1", "token-3", 9_500],
	]);
	expect(new Set(asked.map(({ body }) => JSON.stringify(body))).size).toBe(1);
});

test("when the repeats bring no answer the cashier is told once, and it is asked on for ever", async () => {
	const it = refundScene({ refund: [...Array(20).fill(lost), paysBack] });
	await it.pass(1_500);
	expect(it.told).toEqual([isUnknown]);
	await it.pass(30_000);
	expect(it.asked.map(({ at }) => at)).toEqual([0, 500, 1_500, 11_500, 21_500, 31_500]);
	expect(await it.ending(300_000)).toEqual(paidBack);
	expect(it.told).toHaveLength(1);
});

test("the cashier waits for one slow answer no longer than a customer has to confirm", async () => {
	const { told, pass } = refundScene({ refund: [silence, silence, silence] }, { retry: { attempts: 20 } });
	await pass(30_000);
	expect(told).toEqual([isUnknown]);
});

test.each([
	["the server is not there", notSent, undefined, "refund-not-sent"],
	["no token", paysBack, new FaultError("password-unchecked"), "refund-not-sent"],
] as const)(
	"a refund that never leaves is refused after the last attempt: %s",
	async (_, turn, trouble, fault) => {
		const token = trouble && (() => Promise.reject(trouble));
		const { ending, told, attempts } = refundScene({ refund: [turn] }, token ? { token } : {});
		expect(await ending()).toEqual(refused(fault));
		expect(attempts.map(({ call, result }) => [call, result])).toEqual(Array(3).fill(["refund", "not-sent"]));
		expect(told).toEqual([]);
	},
);

test("one silent request among those that never left keeps the refund open", async () => {
	const { ending, pass, outcome } = refundScene({
		refund: [notSent, lost, ...Array(9).fill(notSent), paysBack],
	});
	await pass(60_000);
	expect(outcome()).toBeUndefined();
	expect(await ending()).toEqual(paidBack);
});

test("after a restart a server that is not there proves nothing", async () => {
	const { pass, outcome } = refundScene({ refund: [notSent] }, { restarted: {} });
	await pass(120_000);
	expect(outcome()).toBeUndefined();
});

test.each([
	["nothing was paid", rejects("PAYMENT_TRANSACTION_IS_NOT_PAID"), "refund-of-unpaid"],
	["it is finished", rejects("TERMINAL_STATE_OF_PAYMENT_TRANSACTION"), "refund-of-finished"],
	["over the rest", rejects("REQUESTED_REFUND_AMOUNT_IS_GREATER_THAN_AVAILABLE"), "refund-over-rest"],
	[
		"the rest is odd",
		rejects("UNEXPECTED_REFUND_AMOUNT_LEFT_FROM_EXTERNAL_PROVIDER"),
		"refund-rest-unexpected",
	],
	["the provider failed", rejects("EXTERNAL_PROVIDER_ERROR"), "refund-declined"],
	["no order", rejects("PAYMENT_ORDER_IS_NOT_FOUND"), "refund-declined"],
	["a code of the other list", rejects("CANCEL_REFUNDING_BY_BANK"), "refund-cancelled-by-bank"],
	["a code in no list", rejects("MOON"), "unlisted-refusal"],
	["rejected without a state", says("rejected", { errorCode: "EXTERNAL_PROVIDER_ERROR" }), "refund-declined"],
	[
		"422 not paid",
		refuses("transaction-not-paid", "PAYMENT_TRANSACTION_IS_NOT_PAID"),
		"transaction-not-paid",
	],
	["422 unknown", refuses("transaction-unknown", "UNKNOWN_TRANSACTION_ID"), "refund-declined"],
	[
		"422 by the bank",
		refuses("refund-cancelled-by-bank", "CANCEL_REFUNDING_BY_BANK"),
		"refund-cancelled-by-bank",
	],
	["wrong credentials", refuses("credentials-refused"), "credentials-refused"],
] as const)("a first refusal that tells of nothing paid back is final: %s", async (_, turn, fault) => {
	const { ending, calls } = refundScene({ refund: [turn, paysBack] });
	expect(await ending()).toMatchObject({ kind: "refused", fault });
	expect(calls()).toEqual(["refund"]);
});

const running = rejects("PAYMENT_TRANSACTION_IS_BEING_REFUNDED_ALREADY");
const running422 = refuses("unlisted-refusal", "PAYMENT_TRANSACTION_IS_BEING_REFUNDED_ALREADY");
const inProcessing = refuses("transaction-in-processing", "TRANSACTION_IN_PROCESSING");
const overRest = rejects("REQUESTED_REFUND_AMOUNT_IS_GREATER_THAN_AVAILABLE");
const wrongState = refuses("state-change-impossible", "WRONG_TRANSACTION_STATE_CHANGE");

test.each([
	["a refund is running", running],
	["a refund is running, by 422", running422],
	["in processing", inProcessing],
	["the state cannot be reached", wrongState],
	["the provider failed", refuses("provider-error", "EXTERNAL_PROVIDER_ERROR")],
	["an answer that says nothing", says("accepted", { refStatus: "new" })],
] as const)("a first word that may tell of our own refund is asked for again: %s", async (_, turn) => {
	const { ending, asked } = refundScene({ refund: [turn, paysBack] });
	expect(await ending()).toEqual(paidBack);
	expect(asked.map(({ requestId }) => requestId)).toEqual(["request-1", "request-1"]);
});

test.each([
	["wrong credentials", refuses("credentials-refused")],
	["not found, from a gateway", refuses("address-not-found")],
	["in processing", inProcessing],
	["a refund is running", running],
	["a refund is running, by 422", running422],
] as const)("after a silent request a repeat's refusal proves nothing: %s", async (_, turn) => {
	const it = refundScene({ refund: [lost, ...Array(20).fill(turn), paysBack] });
	await it.pass(120_000);
	expect([it.outcome(), it.told]).toEqual([undefined, [isUnknown]]);
	expect(await it.ending(200_000)).toEqual(paidBack);
});

test.each([
	["over the rest", overRest, "refund-over-rest"],
	["the state cannot be reached", wrongState, "state-change-impossible"],
	["a code in no list", refuses("unlisted-refusal", "MOON"), "unlisted-refusal"],
] as const)(
	"after a silent request a refusal that comes back to each repeat is the first answer: %s",
	async (_, turn, fault) => {
		const { ending, calls } = refundScene({ refund: [lost, turn, turn, lost, turn] });
		expect(await ending()).toMatchObject({ kind: "refused", fault });
		expect(calls()).toEqual(Array(7).fill("refund"));
	},
);

test("after a silent request an unknown transaction is final, since nothing can be paid back from it", async () => {
	const { ending } = refundScene({
		refund: [lost, refuses("transaction-unknown", "UNKNOWN_TRANSACTION_ID")],
	});
	expect(await ending()).toEqual(refused("refund-declined", "UNKNOWN_TRANSACTION_ID"));
});

test("another till's refund that goes on and on is told at last, when ours cannot be the one that runs", async () => {
	const it = refundScene({ refund: [running] });
	await it.pass(29_000);
	expect([it.outcome(), it.told]).toEqual([undefined, [isUnknown]]);
	const fault = refused("refund-already-running", "PAYMENT_TRANSACTION_IS_BEING_REFUNDED_ALREADY");
	expect(await it.ending()).toEqual(fault);
});

const booked = saysOfRefund("rejected", { errorCode: "PAYMENT_TRANSACTION_IS_BEING_REFUNDED_ALREADY" });

test("a rejection that the server's books confirm is final after silence, too", async () => {
	const { ending, calls, learnt } = refundScene({ refund: [lost, booked], status: [booked] });
	expect(await ending()).toMatchObject({
		kind: "refused",
		fault: "refund-already-running",
		refTransactionId,
	});
	expect(calls()).toEqual(["refund", "refund", "status"]);
	expect(learnt).toEqual({});
});

test.each([
	["still runs", underWay],
	["was accepted", paysBack],
	["is unknown", says("", { transactionId: null })],
	["is not told", lost],
] as const)("a rejection is not believed while the refund that it names %s", async (_, turn) => {
	const { pass, outcome, ending } = refundScene({
		refund: [lost, booked, booked, booked, paysBack],
		status: [turn],
	});
	await pass(20_000);
	expect(outcome()).toBeUndefined();
	expect(await ending()).toEqual(paidBack);
});

test("the refund's own policy counts and paces its repeats", async () => {
	const calls = { ...shopSettings.calls, refund: { attempts: 2, laterEveryMs: 1_000 } };
	const { asked, pass } = refundScene({ refund: [lost] }, { settings: { calls } });
	await pass(3_000);
	expect(asked.map(({ at }) => at)).toEqual([0, 500, 1_500, 2_500]);
});

import { beforeEach, expect, test, vi } from "vitest";
import { scene } from "./scene.ts";
import {
	accepts,
	cancels,
	late,
	lost,
	notSent,
	refuses,
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

test("the first poll comes at its time after the checkout's answer, and the others at their pace", async () => {
	const { ending, asked } = scene({ checkout: [waits], status: [waits, waits, accepts] });
	expect(await ending()).toEqual(settled);
	expect(asked.map(({ call, at }) => [call, at])).toEqual([
		["checkout", 0],
		["status", 300],
		["status", 800],
		["status", 1_300],
	]);
});

test("each poll has a requestId of its own", async () => {
	const { ending, asked } = scene({ checkout: [waits], status: [waits, waits, accepts] });
	await ending();
	expect(new Set(asked.map(({ requestId }) => requestId)).size).toBe(4);
});

test("a rejected payment is refused with its errorCode's fault and keeps its slip", async () => {
	const rejects = says("rejected", { errorCode: "NOT_ENOUGH_LIMIT_TO_PAY", slip });
	const { ending } = scene({ checkout: [waits], status: [rejects] });
	expect(await ending()).toEqual({
		kind: "refused",
		fault: "limit-not-enough",
		wireCode: "NOT_ENOUGH_LIMIT_TO_PAY",
		transactionId,
		slip: settled.slip,
	});
});

test("an unknown errorCode is refused with the code shown", async () => {
	const { ending } = scene({ checkout: [waits], status: [says("rejected", { errorCode: "MOON" })] });
	expect(await ending()).toMatchObject({ kind: "refused", fault: "unlisted-refusal", wireCode: "MOON" });
});

test("a checkout that is rejected at once learns why from the status", async () => {
	const rejects = says("rejected", { errorCode: "TOTAL_AMOUNT_IS_TOO_SMALL" });
	const { ending, calls } = scene({ checkout: [says("rejected")], status: [rejects] });
	expect(await ending()).toMatchObject({ kind: "refused", fault: "amount-too-small" });
	expect(calls()).toEqual(["checkout", "status"]);
});

test("a rejection that never says why is declined by the provider", async () => {
	const { ending, calls } = scene({ checkout: [says("rejected")], status: [says("rejected")] });
	expect(await ending()).toEqual({ kind: "refused", fault: "declined-by-provider", transactionId });
	expect(calls()).toEqual(["checkout", "status", "status", "status"]);
});

test("a payment that the server cancelled by itself is refused as such", async () => {
	const { ending } = scene({ checkout: [waits], status: [says("canceled")] });
	expect(await ending()).toEqual({ kind: "refused", fault: "payment-cancelled-by-server", transactionId });
});

test.each(["refunding", "refunded", "partial_refunded"])(
	"a payment refunded elsewhere is refused as such: %s",
	async (word) => {
		const { ending } = scene({ checkout: [waits], status: [says(word)] });
		expect(await ending()).toMatchObject({ kind: "refused", fault: "payment-refunded-elsewhere" });
	},
);

test.each([
	["the server does not know the transaction", says("", { transactionId: null })],
	["a word in no list", says("being_weighed")],
	["refused", refuses("transaction-unknown", "UNKNOWN_TRANSACTION_ID")],
	["wrong credentials", refuses("credentials-refused")],
	["lost", lost],
	["never left", notSent],
	["another transaction's answer", says("rejected", { transactionId: "somebody-else" })],
	["another request's answer", says("rejected", { requestId: "somebody-else" })],
] as const)("a poll without an ending changes nothing: %s", async (_, turn) => {
	const { ending } = scene({ checkout: [waits], status: [turn, turn, accepts] });
	expect(await ending()).toEqual(settled);
});

test("a status in no list is warned about", async () => {
	const { ending, warnings } = scene({ checkout: [waits], status: [says("being_weighed"), accepts] });
	await ending();
	expect(warnings).toEqual([{ operation: "operation-1", call: "status", status: "being_weighed" }]);
});

test("an accepted payment without a slip is asked for it a few times", async () => {
	const { ending, calls } = scene({
		checkout: [waits],
		status: [says("accepted"), lost, accepts],
	});
	expect(await ending()).toEqual(settled);
	expect(calls()).toEqual(["checkout", "status", "status", "status"]);
});

test("an accepted payment whose slip never comes is settled without", async () => {
	const { ending, calls } = scene({ checkout: [says("accepted")], status: [says("accepted")] });
	expect(await ending()).toEqual({ kind: "settled", transactionId, slip: { unlisted: {} } });
	expect(calls()).toEqual(["checkout", "status", "status", "status"]);
});

const strangeSlip = { id: "slip-1", totalAmount: 1, orderId: "order-2", paymentTransactionId: "1111" };

test("an accepted payment with a slip of another payment is asked for its own", async () => {
	const { ending, warnings } = scene({
		checkout: [says("accepted", { slip: strangeSlip })],
		status: [says("accepted", { slip: strangeSlip }), accepts],
	});
	expect(await ending()).toMatchObject({
		kind: "settled",
		slip: { totalAmount: 85_900, orderId: "order-1" },
	});
	expect(warnings).toEqual([]);
});

test("an accepted payment whose slip stays another's is settled with it as it came, and warned about", async () => {
	const accepted = says("accepted", { slip: strangeSlip });
	const { ending, calls, warnings } = scene({ checkout: [waits], status: [accepted] });
	expect(await ending()).toEqual({
		kind: "settled",
		transactionId,
		slip: { ...strangeSlip, unlisted: {} },
	});
	expect(calls()).toEqual(["checkout", ...Array(4).fill("status")]);
	const fields = ["totalAmount", "orderId", "paymentTransactionId"];
	expect(warnings).toEqual([{ operation: "operation-1", fields }]);
});

test("an accepted payment stays accepted whatever is said while its slip is awaited", async () => {
	const status = [
		says("pending"),
		says("canceled"),
		refuses("transaction-unknown", "UNKNOWN_TRANSACTION_ID"),
	];
	const { ending } = scene({ checkout: [says("accepted")], status });
	expect(await ending()).toMatchObject({ kind: "settled" });
});

test("a rejection that turns out to be accepted is settled", async () => {
	const { ending } = scene({ checkout: [says("rejected")], status: [accepts] });
	expect(await ending()).toEqual(settled);
});

test("after the customer's time the payment is cancelled and not polled any more", async () => {
	const { ending, asked } = scene({ checkout: [waits], status: [waits], cancel: [cancels] });
	expect(await ending()).toEqual({ kind: "refused", fault: "payment-timed-out", transactionId });
	expect(asked.at(-1)).toMatchObject({ call: "cancel", at: 30_000 });
	expect(asked.filter(({ call }) => call === "status").length).toBeLessThanOrEqual(60);
});

test("a till clock that is set back gives the customer no more time", async () => {
	const { ending, pass, asked } = scene({ checkout: [waits], status: [waits], cancel: [cancels] });
	await pass(10_000);
	vi.setSystemTime(Date.now() - 3_600_000);
	await ending();
	expect(asked.map(({ call }) => call)).toContain("cancel");
	expect(asked.filter(({ call }) => call === "status").length).toBeLessThanOrEqual(60);
});

test("a cancel does not wait for a slow poll", async () => {
	const { pass, cashier, asked, ending } = scene({ checkout: [waits], status: [silence], cancel: [cancels] });
	await pass(1_000);
	cashier.abort("cashier");
	expect(await ending()).toMatchObject({ fault: "payment-cancelled-by-cashier" });
	expect(asked.map(({ call, at }) => [call, at])).toEqual([
		["checkout", 0],
		["status", 300],
		["cancel", 1_000],
	]);
});

test("an answer that comes after the cancel was wanted is not lost", async () => {
	const { pass, cashier, ending } = scene({
		checkout: [waits],
		status: [late(1_000, accepts), accepts],
		cancel: [refuses("state-change-impossible", "WRONG_TRANSACTION_STATE_CHANGE")],
	});
	await pass(500);
	cashier.abort("cashier");
	expect(await ending()).toEqual(settled);
});

test("a poll that the server puts off is asked again after the server's pause", async () => {
	const busy = () =>
		({ kind: "not-sent", fault: "too-many-requests", detail: "HTTP 429", retryAfterMs: 3_000 }) as const;
	const { ending, asked } = scene({ checkout: [waits], status: [busy, accepts] });
	expect(await ending()).toEqual(settled);
	expect(asked.map(({ at }) => at)).toEqual([0, 300, 3_300]);
});

import { beforeEach, expect, test, vi } from "vitest";
import { FaultError } from "../../src/model/fault.ts";
import { kopecks } from "../../src/model/money.ts";
import type { OpenReceipt } from "../../src/model/operation.ts";
import { sendReceipt } from "../../src/pay/receipt.ts";
import { openStage, type Shop, watch } from "./stage.ts";
import { lost, notSent, refuses, type Script, silence, type Turn, transactionId } from "./turns.ts";

beforeEach(() => {
	vi.useFakeTimers();
	return () => vi.useRealTimers();
});

const receiptWish = {
	transactionId,
	invoice: { orderId: "order-1", totalAmount: kopecks(85_900), receiptId: "17", shift: "3" },
	meta: { colour: "green" },
};
const takes: Turn = () => ({ kind: "answer", status: 200, json: {} });
const taken = { kind: "settled", transactionId };
const undelivered = { kind: "refused", fault: "receipt-undelivered", transactionId };
const day = 86_400_000;

/** A receipt being sent against a script; `restarted` is what an earlier run has left of it. */
function receiptScene(
	script: Script,
	{ restarted, ...shop }: Shop & { restarted?: Partial<OpenReceipt> } = {},
) {
	const { tools, startedAt, ...stage } = openStage(script, shop);
	const receipt: OpenReceipt = {
		kind: "receipt",
		id: "operation-1",
		requestId: "request-1",
		wish: receiptWish,
		startedAt,
		...(restarted === undefined
			? { maybeSent: false, firstAttempt: tools.diary.before("receipt", "request-1") }
			: { maybeSent: true, ...restarted }),
	};
	return { ...stage, ...watch(sendReceipt(receipt, tools)) };
}

test("a receipt that the server takes without a word is delivered, and says everything", async () => {
	const { ending, asked, lines } = receiptScene({ receipt: [takes] });
	expect(await ending()).toEqual(taken);
	const store = { storeId: "store-1", terminalId: "till-1" };
	expect(asked.map(({ body }) => body)).toEqual([{ requestId: "request-1", ...store, ...receiptWish }]);
	expect(lines).toEqual(["receipt answered: taken"]);
});

test("a receipt is repeated with the same requestId, slowly when it takes long, and nobody is told", async () => {
	const { ending, asked, told } = receiptScene({ receipt: [lost, notSent, silence, lost, takes] });
	expect(await ending()).toEqual(taken);
	expect(asked.map(({ requestId, at }) => [requestId, at])).toEqual([
		["request-1", 0],
		["request-1", 500],
		["request-1", 1_500],
		["request-1", 19_500],
		["request-1", 29_500],
	]);
	expect(told).toEqual([]);
});

test("a clock that is set ahead meanwhile gives no receipt up", async () => {
	const it = receiptScene({ receipt: [lost, lost, takes] });
	await it.pass(100);
	vi.setSystemTime(Date.now() + 9_000 * day);
	expect(await it.ending()).toEqual(taken);
});

test("an answer for another request is none", async () => {
	const other: Turn = () => ({ kind: "answer", status: 200, json: { requestId: "somebody-else" } });
	const { ending, calls } = receiptScene({ receipt: [other, takes] });
	expect(await ending()).toEqual(taken);
	expect(calls()).toHaveLength(2);
});

test.each([
	[
		"the server's own code",
		refuses("transaction-unknown", "UNKNOWN_TRANSACTION_ID"),
		"UNKNOWN_TRANSACTION_ID",
	],
	["a code in no list", refuses("unlisted-refusal", "MOON"), "MOON"],
	["a request that cannot be read", refuses("request-refused"), undefined],
] as const)("a receipt that the server refuses is given up: %s", async (_, turn, wireCode) => {
	const { ending, calls } = receiptScene({ receipt: [turn] });
	expect(await ending()).toEqual({ ...undelivered, ...(wireCode === undefined ? {} : { wireCode }) });
	expect(calls()).toEqual(["receipt"]);
});

test.each([
	["wrong credentials", refuses("credentials-refused")],
	["a wrong address", refuses("address-not-found")],
	["still in processing", refuses("transaction-in-processing", "TRANSACTION_IN_PROCESSING")],
] as const)("a receipt is repeated when that may be put right: %s", async (_, turn) => {
	const { ending } = receiptScene({ receipt: [turn, turn, turn, turn, takes] });
	expect(await ending()).toEqual(taken);
});

test("a receipt that is never taken is given up after its time", async () => {
	const { ending, asked } = receiptScene(
		{ receipt: [lost] },
		{ settings: { receipt: { giveUpMs: 60_000 } } },
	);
	expect(await ending()).toEqual(undelivered);
	expect(asked.at(-1)?.at).toBe(61_500);
});

test("a receipt that an earlier run could not deliver is tried once more, however old", async () => {
	const restarted = { startedAt: Date.now() - 2 * day };
	expect(await receiptScene({ receipt: [takes] }, { restarted }).ending()).toEqual(taken);
	expect(await receiptScene({ receipt: [lost] }, { restarted }).ending()).toEqual(undelivered);
});

test("a stop ends the sending and settles nothing", async () => {
	const it = receiptScene({ receipt: [lost] });
	await it.pass(100);
	it.stop.abort(new FaultError("internal-failure", "stopping"));
	await expect(it.driven).rejects.toThrow("stopping");
});

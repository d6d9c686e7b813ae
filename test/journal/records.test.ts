import { expect, test } from "vitest";
import type { Journal } from "../../src/journal/journal.ts";
import type { Clock } from "../../src/model/clock.ts";
import { intentOf, receiptOf, refundOf, refused, settled } from "./intents.ts";
import { begun, handClock, opened, temporaryFolder } from "./kit.ts";

const day = 86_400_000;

test("an operation is found by its id, its key and its order", () => {
	const journal = opened();
	begun(journal, "a");
	const { operation, key, scan } = intentOf("a");
	const { wish, startedAt } = operation;
	const record = {
		...scan,
		key,
		id: "operation a",
		kind: "payment",
		orderId: "order a",
		amount: 85_900,
		state: "in-progress",
		requestId: "request a",
		purchase: wish.purchase,
		brand: "example",
		paymentTypes: ["SBP", "DOLYAME"],
		startedAt,
	};
	expect(journal.find({ id: "operation a" })).toEqual(record);
	expect(journal.find({ key })).toEqual(record);
	expect(journal.find({ orderId: "order a" })).toEqual(record);
});

test("what was never written down is not found", () => {
	const journal = opened();
	for (const by of [{ id: "x" }, { key: "x" }, { orderId: "x" }]) expect(journal.find(by)).toBeUndefined();
	expect(journal.answerFor("x")).toBeUndefined();
});

/** A payment that begins and ends at the clock's time, as others do while a key grows old. */
function passes(journal: Journal, name: string, clock: Clock): void {
	const intent = intentOf(name);
	journal.begin({ ...intent, operation: { ...intent.operation, startedAt: clock.now() } });
	journal.finish(`operation ${name}`, refused, { eventBody: {} });
}

test("a finished operation's key is remembered for the days asked for, then it is free; the operation stays", () => {
	const clock = handClock();
	const journal = opened(temporaryFolder(), clock);
	begun(journal, "a");
	clock.at += 100 * day;
	journal.finish("operation a", refused, { eventBody: {} });
	for (let days = 1; days <= 30; days += 1) {
		clock.at += day;
		passes(journal, `b ${days}`, clock);
	}
	expect(journal.answerFor("key of a")?.operationId).toBe("operation a");
	clock.at += 1;
	passes(journal, "c", clock);
	expect(journal.answerFor("key of a")).toBeUndefined();
	expect(journal.find({ key: "key of a" })).toMatchObject({ id: "operation a", state: "refused" });
	expect(journal.begin({ ...intentOf("d"), key: "key of a" }).kind).toBe("begun");
	expect(journal.answerFor("key of a")?.operationId).toBe("operation d");
	expect(journal.find({ key: "key of a" })?.id).toBe("operation d");
});

test("a clock that jumps ahead forgets no key, nor does one that comes back from there", () => {
	const clock = handClock();
	const journal = opened(temporaryFolder(), clock);
	begun(journal, "a");
	journal.finish("operation a", refused, { eventBody: {} });
	clock.at += 1_000 * day;
	expect(journal.begin(intentOf("a")).kind).toBe("known");
	passes(journal, "b", clock);
	clock.at -= 1_000 * day;
	expect(journal.begin(intentOf("a")).kind).toBe("known");
});

test("a clock that jumps ahead and stays there forgets no key, whatever begins after it: a refund is not doubled", () => {
	const clock = handClock();
	const journal = opened(temporaryFolder(), clock);
	journal.begin(refundOf("transaction a", "refund"));
	journal.finish("operation refund", { kind: "settled", transactionId: "transaction a" }, { eventBody: {} });
	clock.at += 9_000 * day;
	for (let later = 1; later <= 40; later += 1) {
		clock.at += 1_000;
		passes(journal, `b ${later}`, clock);
	}
	expect(journal.begin(refundOf("transaction a", "refund")).kind).toBe("known");
});

test("the key of an open operation is remembered however old it is", () => {
	const clock = handClock();
	const journal = opened(temporaryFolder(), clock);
	begun(journal, "a");
	clock.at += 1_000 * day;
	expect(journal.answerFor("key of a")?.operationId).toBe("operation a");
});

test("a key that looks like SQL is only a key", () => {
	const journal = opened();
	const key = "'; DROP TABLE operations; --";
	journal.begin({ ...intentOf("a"), key });
	expect(journal.find({ key })?.id).toBe("operation a");
});

/** Another try to pay order a. */
function tryAgain(journal: Journal, name: string): void {
	const intent = intentOf(name);
	journal.begin({ ...intent, operation: { ...intent.operation, wish: intentOf("a").operation.wish } });
}

test("an order is found by the operation that paid it, whatever was tried afterwards", () => {
	const journal = opened();
	begun(journal, "a");
	expect(journal.paidOrder("order a")).toBeUndefined();
	journal.finish("operation a", settled, { eventBody: {} });
	tryAgain(journal, "b");
	journal.finish("operation b", refused, { eventBody: {} });
	tryAgain(journal, "c");
	expect(journal.paidOrder("order a")).toBe("operation a");
	expect(journal.paidOrder("order b")).toBeUndefined();
	expect(journal.find({ orderId: "order a" })).toMatchObject({ id: "operation a", state: "settled" });
});

test("an order that nobody paid is found by what is still open, and then by the newest", () => {
	const journal = opened();
	begun(journal, "a");
	journal.tell("operation a", { kind: "unknown", fault: "server-silent" }, {});
	tryAgain(journal, "b");
	journal.finish("operation b", refused, { eventBody: {} });
	expect(journal.find({ orderId: "order a" })).toMatchObject({ id: "operation a", state: "unknown" });
	expect(journal.paidOrder("order a")).toBeUndefined();
	journal.finish("operation a", refused, { eventBody: {} });
	expect(journal.find({ orderId: "order a" })?.id).toBe("operation b");
});

test("a payment is found by its transaction, however the id is written; a refund or receipt of it is not", () => {
	const journal = opened();
	begun(journal, "a");
	journal.finish("operation a", settled, { eventBody: {} });
	journal.begin(receiptOf("transaction 1", "b"));
	journal.begin(refundOf("transaction 1", "c"));
	expect(journal.find({ transactionId: "TRANSACTION 1" })?.id).toBe("operation a");
	expect(journal.find({ transactionId: "another" })).toBeUndefined();
	expect(journal.find({ key: "key of c" })).toMatchObject({ kind: "refund", transactionId: "transaction 1" });
	expect(journal.find({ id: "operation b" })).toEqual({
		id: "operation b",
		kind: "receipt",
		key: "key of b",
		orderId: "order b",
		amount: 85_900,
		state: "in-progress",
		requestId: "request b",
		wish: receiptOf("transaction 1", "b").operation.wish,
		startedAt: 1_772_359_400_000,
		transactionId: "transaction 1",
	});
});

test("a refund or receipt of an order neither pays it nor leaves it unresolved", () => {
	const journal = opened();
	const refund = refundOf("transaction 1", "r");
	const { orderId } = refund.operation.wish;
	journal.begin(refund);
	expect(journal.unresolvedOrder(orderId)).toBeUndefined();
	journal.finish("operation r", settled, { eventBody: {} });
	journal.begin(receiptOf("transaction 1", "b"));
	expect(journal.unresolvedOrder("order b")).toBeUndefined();
	journal.finish("operation b", { kind: "settled", transactionId: "transaction 1" }, { eventBody: {} });
	for (const order of [orderId, "order b"]) {
		expect(journal.paidOrder(order)).toBeUndefined();
		expect(journal.find({ orderId: order })).toBeUndefined();
	}
});

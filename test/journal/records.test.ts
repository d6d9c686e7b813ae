import { expect, test } from "vitest";
import { intentOf, refused } from "./intents.ts";
import { begun, handClock, opened, temporaryFolder } from "./kit.ts";

const day = 86_400_000;

test("an operation is found by its id, its key and its order", () => {
	const journal = opened();
	begun(journal, "a");
	const { payment, key, bodyHash: _, ...facts } = intentOf("a");
	const { wish } = payment;
	const record = {
		...facts,
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
		startedAt: payment.startedAt,
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

test("a finished operation's key is remembered for the days asked for, then it is free; the operation stays", () => {
	const clock = handClock();
	const journal = opened(temporaryFolder(), clock);
	begun(journal, "a");
	clock.at += 100 * day;
	journal.finish("operation a", refused, { eventBody: {} });
	clock.at += 30 * day;
	expect(journal.answerFor("key of a")?.operationId).toBe("operation a");
	clock.at += 1;
	expect(journal.answerFor("key of a")).toBeUndefined();
	expect(journal.find({ key: "key of a" })).toBeUndefined();
	expect(journal.find({ id: "operation a" })?.state).toBe("refused");
	expect(journal.begin({ ...intentOf("b"), key: "key of a" }).kind).toBe("begun");
	expect(journal.answerFor("key of a")?.operationId).toBe("operation b");
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

import { expect, test } from "vitest";
import { readJournal } from "../../src/journal/read-journal.ts";
import { openStories, type Stories } from "../../src/journal/stories.ts";
import { receiptOf, refundOf, refused, settled } from "./intents.ts";
import { begun, opened, temporaryFolder } from "./kit.ts";

/** Payment `a` was paid and has a refund and a receipt; `b` was refused; of `c` nobody knows. */
function told<T>(look: (stories: Stories) => T): T {
	const folder = temporaryFolder();
	const journal = opened(folder);
	begun(journal, "a");
	journal.finish("operation a", settled, { eventBody: {} });
	journal.begin(refundOf("TRANSACTION 1", "r"));
	journal.finish("operation r", { ...settled, refTransactionId: "refund 1" }, { eventBody: {} });
	journal.begin(receiptOf("transaction 1", "p"));
	begun(journal, "b");
	journal.finish("operation b", refused, { eventBody: {} });
	begun(journal, "c");
	const view = { operationId: "operation c", state: "unknown", fault: "server-silent" };
	journal.tell("operation c", { kind: "unknown", fault: "server-silent" }, view);
	const reader = readJournal(folder);
	try {
		return look(openStories(reader));
	} finally {
		reader.close();
	}
}

test("with a payment come its refunds and receipts, by whichever of their names it is looked for", () => {
	const family = ["operation a", "operation r", "operation p"];
	const names = ["order a", "order of a refund", "operation p", "Transaction 1", "refund 1"];
	const found = told((stories) => names.map((name) => stories.of(name).map(({ id }) => id)));
	expect(found).toEqual(names.map(() => family));
});

test("what has nothing to do with it is not told, and nothing is found for nobody's name", () => {
	told((stories) => {
		expect(stories.of("order b").map(({ id, fault }) => [id, fault])).toEqual([
			["operation b", "payment-timed-out"],
		]);
		expect([...stories.of("order"), ...stories.of(""), ...stories.of("%")]).toEqual([]);
	});
});

test("it is told when the cashier heard that nobody knows", () => {
	const [operation] = told((stories) => stories.of("order c"));
	expect(operation).toMatchObject({ state: "unknown", doubts: [{ fault: "server-silent" }] });
});

test("who has mistyped an order gets the newest that look like it, and the newest of all", () => {
	const near = (name: string) => told((stories) => stories.near(name));
	expect(near("ORDER C").alike).toEqual(["order c"]);
	expect(near("my order b, please").alike).toEqual(["order b"]);
	expect(near("x").newest).toEqual(["order c", "order b", "order p", "order of a refund", "order a"]);
});

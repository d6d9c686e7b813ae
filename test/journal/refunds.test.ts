import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Journal } from "../../src/journal/journal.ts";
import { refundOf, refused, settled } from "./intents.ts";
import { begun, opened, temporaryFolder } from "./kit.ts";
import { judgeAt, type Step, steps, TillModel, wishAt } from "./till-model.ts";

/** A journal in which transaction 1 was paid with 85 900 kopecks. */
function paid(folder = temporaryFolder()): Journal {
	const journal = opened(folder);
	begun(journal, "paid");
	journal.finish("operation paid", settled, { eventBody: {} });
	return journal;
}

const givenBack = { kind: "settled", transactionId: "transaction 1", refTransactionId: "refund 1" } as const;
const unknown = { kind: "unknown", fault: "refund-unknown" } as const;

test("a refund begins with its first attempt written down, and its wish as it was given", () => {
	const journal = paid();
	const intent = refundOf("transaction 1", "r");
	const result = journal.begin(intent);
	expect(result).toEqual({
		kind: "begun",
		operation: { ...intent.operation, maybeSent: false, firstAttempt: expect.any(Number) },
	});
	expect(journal.inProgress()).toBe("operation r");
});

test("while a refund is unfinished its payment has no other, however its id is written, and another payment has", () => {
	const journal = paid();
	journal.begin(refundOf("transaction 1", "r"));
	expect(() => journal.begin(refundOf("TRANSACTION 1", "s"))).toThrow("refund-already-running");
	expect(() => journal.begin(refundOf("transaction 2", "s"))).toThrow("till-busy");
	journal.tell("operation r", unknown, {});
	expect(() => journal.begin(refundOf("Transaction 1", "s"))).toThrow("refund-already-running");
	expect(journal.begin(refundOf("transaction 2", "s")).kind).toBe("begun");
	journal.finish("operation s", refused, { eventBody: {} });
	journal.finish("operation r", refused, { eventBody: {} });
	expect(journal.begin(refundOf("transaction 1", "t")).kind).toBe("begun");
});

test("refunds of a payment reach its amount and no kopeck more; those that were refused do not count", () => {
	const journal = paid();
	const giveBack = (name: string, amount: number, outcome: typeof givenBack | typeof refused = givenBack) => {
		journal.begin(refundOf("transaction 1", name, amount));
		journal.finish(`operation ${name}`, outcome, { eventBody: {} });
	};
	expect(() => giveBack("a", 85_901)).toThrow("refund-over-rest: 85901 kopecks of 85900 that are left");
	giveBack("b", 85_900, refused);
	giveBack("c", 85_000);
	expect(() => giveBack("d", 901)).toThrow("refund-over-rest");
	giveBack("e", 900);
	expect(() => giveBack("f", 1)).toThrow("refund-over-rest: 1 kopecks of 0 that are left");
	expect(journal.find({ id: "operation f" })).toBeUndefined();
});

test("a payment of which only the transaction is known is never given back beyond its amount either", () => {
	const journal = opened();
	begun(journal, "a");
	journal.diary("operation a").learned({ transactionId: "transaction 1" });
	journal.tell("operation a", unknown, {});
	expect(() => journal.begin(refundOf("transaction 1", "r", 85_901))).toThrow("refund-over-rest");
});

test("what is left of a payment that the journal does not know is the server's to say", () => {
	const journal = opened();
	expect(journal.begin(refundOf("another till's", "r", 9_999_999_999)).kind).toBe("begun");
});

test("a refund belongs to the payment of its wish, whatever transaction the server names", () => {
	const journal = paid();
	journal.begin(refundOf("transaction 1", "r", 85_900));
	journal.diary("operation r").learned({ transactionId: "other", refTransactionId: "refund 1" });
	journal.finish("operation r", { ...givenBack, transactionId: "other" }, { eventBody: {} });
	expect(journal.find({ id: "operation r" })).toMatchObject({ transactionId: "transaction 1" });
	expect(() => journal.begin(refundOf("transaction 1", "s"))).toThrow("refund-over-rest");
});

test("the refunds of a payment are listed from the oldest, with what became of them and of which parts", () => {
	const journal = paid();
	expect(journal.refundsOf("transaction 1")).toEqual([]);
	for (const name of ["a", "b"]) {
		journal.begin(refundOf("transaction 1", name, 200));
		journal.finish(`operation ${name}`, name === "a" ? refused : givenBack, { eventBody: {} });
	}
	journal.begin(refundOf("transaction 1", "c", 300));
	const facts = (amount: number) => ({
		amount,
		parts: [{ position: 0, quantity: 1, totalAmount: amount }],
		startedAt: 1_772_359_300_000,
	});
	expect(journal.refundsOf("TRANSACTION 1")).toEqual([
		{ operationId: "operation a", state: "refused", ...facts(200) },
		{ operationId: "operation b", state: "settled", ...facts(200) },
		{ operationId: "operation c", state: "in-progress", ...facts(300) },
	]);
});

test("a refund's slip, event and waiting print are kept together, as a payment's are", () => {
	const journal = paid();
	journal.begin(refundOf("transaction 1", "r"));
	const { slip } = settled;
	const also = { eventBody: { state: "settled" }, print: { printer: "front" } };
	const { event, printId } = journal.finish("operation r", { ...givenBack, slip }, also);
	expect(journal.find({ id: "operation r" })).toEqual({
		id: "operation r",
		kind: "refund",
		key: "key of r",
		orderId: "order of a refund",
		amount: 100,
		state: "settled",
		requestId: "request r",
		wish: refundOf("transaction 1", "r").operation.wish,
		startedAt: 1_772_359_300_000,
		finishedAt: expect.any(Number),
		transactionId: "transaction 1",
		refTransactionId: "refund 1",
		slip,
		print: expect.objectContaining({ id: printId, printer: "front", state: "queued" }),
	});
	expect(journal.events.since(event.seq - 1, 10)).toEqual([event]);
});

/** Takes one step at the model and at the journal, which must say the same: what that is. */
function take(step: Exclude<Step, { do: "restart" }>, model: TillModel, journal: Journal): string {
	if ("which" in step) {
		const operation = model.open[step.which % Math.max(1, model.open.length)];
		if (operation === undefined) return "nothing to judge";
		operation.state = judgeAt(journal, operation, step.do);
		return `${operation.kind} ${operation.state}`;
	}
	const wish = model.wish(step);
	const answer = model.answerTo(wish);
	expect(wishAt(journal, wish)).toBe(answer);
	if (answer === "begun") model.operations.push(wish);
	return answer;
}

/** What must never be in the database, looked for as a report tool would. */
function wrongRows(folder: string): unknown[] {
	const database = new DatabaseSync(join(folder, "journal.db"), { readOnly: true });
	const rows = [
		`SELECT p.id FROM operations p JOIN operations r USING (transaction_id)
		WHERE p.kind = 'payment' AND p.outcome = 'settled' AND r.kind = 'refund' AND r.outcome = 'settled'
		GROUP BY p.id HAVING sum(r.amount) > p.amount`,
		`SELECT transaction_id FROM operations WHERE kind = 'refund' AND finished_at IS NULL
		GROUP BY transaction_id HAVING count(*) > 1`,
		`SELECT count(*) FROM operations WHERE kind IN ('payment', 'refund') AND outcome IS NULL
		HAVING count(*) > 1`,
		"SELECT id FROM operations WHERE finished_at IS NOT NULL AND sealed IS NOT NULL",
	].flatMap((sql) => database.prepare(sql).all());
	database.close();
	return rows;
}

test("whatever happens at a till, its journal allows no refund too many, and one operation at a time", () => {
	const met = new Set<string>();
	fc.assert(
		fc.property(steps, (all) => {
			const folder = temporaryFolder();
			const model = new TillModel();
			let journal = opened(folder);
			for (const step of all) {
				if (step.do === "restart") {
					journal.close();
					journal = opened(folder);
				} else met.add(take(step, model, journal));
				expect(journal.inProgress()).toBe(model.inProgress);
				expect(journal.open().map(({ id }) => id)).toEqual(model.open.map(({ id }) => id));
			}
			for (const { id, state } of model.operations) expect(journal.find({ id })?.state).toBe(state);
			expect(wrongRows(folder)).toEqual([]);
			journal.close();
		}),
		{ numRuns: 30 },
	);
	// The property says something only when all of this was met.
	const needed = ["known", "begun", "till-busy", "refund-already-running", "refund-over-rest"];
	needed.push("payment settled", "refund settled", "refund unknown");
	expect(needed.filter((what) => !met.has(what))).toEqual([]);
});

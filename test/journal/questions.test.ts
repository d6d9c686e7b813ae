import { expect, test } from "vitest";
import { kopecks } from "../../src/model/money.ts";
import { refused } from "./intents.ts";
import { begun, handClock, opened, temporaryFolder } from "./kit.ts";

const question = {
	id: "question 1",
	requestId: "request 1",
	orderId: "order a",
	amount: kopecks(85_900),
	brand: "example",
	cardMasked: "77*************2345",
	startedAt: 1_772_359_200_000,
};

const record = { ...question, kind: "providers" };

test("a question is kept with its first attempt, and neither holds up a payment nor waits for one", () => {
	const journal = opened();
	expect(journal.ask(question)).toEqual({ firstAttempt: 1 });
	expect(journal.find({ id: "question 1" })).toEqual({ ...record, state: "in-progress" });
	expect(journal.inProgress()).toBeUndefined();
	expect(journal.unresolvedOrder("order a")).toBeUndefined();
	begun(journal, "a");
	expect(journal.ask({ ...question, id: "question 2" })).toEqual({ firstAttempt: 3 });
	expect(journal.open().map(({ id }) => id)).toEqual(["operation a"]);
	expect(journal.find({ orderId: "order a" })?.id).toBe("operation a");
});

test("each of its requests is written down like a payment's", () => {
	const journal = opened();
	const { firstAttempt } = journal.ask(question);
	const diary = journal.diary("question 1");
	diary.after(firstAttempt, { kind: "answered", summary: "201" });
	expect(diary.before("providers-poll", "request 1")).toBe(firstAttempt + 1);
});

test("its answer is kept with a summary for the reports", () => {
	const clock = handClock();
	const journal = opened(temporaryFolder(), clock);
	journal.ask(question);
	journal.answered("question 1", { kind: "settled" }, "SBP yes, DOLYAME no");
	expect(journal.find({ id: "question 1" })).toEqual({
		...record,
		state: "settled",
		summary: "SBP yes, DOLYAME no",
		finishedAt: clock.at,
	});
	expect(journal.paidOrder("order a")).toBeUndefined();
	expect(journal.find({ orderId: "order a" })).toBeUndefined();
});

test("a refusal is kept with its fault and the server's own code", () => {
	const journal = opened();
	journal.ask(question);
	const refusal = { kind: "refused", fault: "session-unknown", wireCode: "UNKNOWN_SESSION_ID" } as const;
	journal.answered("question 1", refusal, "422");
	const { kind: state, ...facts } = refusal;
	expect(journal.find({ id: "question 1" })).toMatchObject({ ...facts, state });
});

test("an answer is final, and belongs to a question", () => {
	const journal = opened();
	journal.ask(question);
	begun(journal, "a");
	journal.answered("question 1", { kind: "settled" }, "");
	for (const id of ["question 1", "operation a", "never asked"]) {
		expect(() => journal.answered(id, { kind: "settled" }, "")).toThrow("internal-failure");
	}
	journal.ask({ ...question, id: "question 2" });
	expect(() => journal.finish("question 2", refused, { eventBody: {} })).toThrow("internal-failure");
});

test("a question that a dead run left open is ended by the next", () => {
	const folder = temporaryFolder();
	const journal = opened(folder);
	journal.ask(question);
	journal.ask({ ...question, id: "question 2" });
	journal.answered("question 2", { kind: "settled" }, "");
	journal.close();
	const again = opened(folder);
	expect(again.open()).toEqual([]);
	expect(again.find({ id: "question 1" })).toMatchObject({ state: "refused", fault: "providers-unknown" });
	expect(again.find({ id: "question 2" })).toMatchObject({ state: "settled" });
});

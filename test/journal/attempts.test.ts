import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { refused } from "./intents.ts";
import { begun, handClock, opened, temporaryFolder } from "./kit.ts";

test("each request and what came of it is a row of its own", () => {
	const folder = temporaryFolder();
	const clock = handClock(1_000);
	const journal = opened(folder, clock);
	const { firstAttempt } = begun(journal, "a");
	const diary = journal.diary("operation a");
	clock.at = 2_000;
	diary.after(firstAttempt, { kind: "unanswered", summary: "no answer in 10 s" });
	const second = diary.before("status", "request 2");
	clock.at = 3_000;
	diary.after(second, { kind: "answered", summary: "accepted" });
	diary.before("cancel", "cancel a");
	const report = new DatabaseSync(join(folder, "journal.db"), { readOnly: true });
	const rows = report
		.prepare("SELECT call, request_id, begun_at, result, summary, ended_at FROM attempts")
		.all();
	report.close();
	expect(rows.map((row) => Object.values(row))).toEqual([
		["checkout", "request a", 1_000, "unanswered", "no answer in 10 s", 2_000],
		["status", "request 2", 2_000, "answered", "accepted", 3_000],
		["cancel", "cancel a", 3_000, null, null, null],
	]);
});

test("what was learned is known after a restart, and a later word does not wipe an earlier one", () => {
	const folder = temporaryFolder();
	const journal = opened(folder);
	begun(journal, "a");
	const diary = journal.diary("operation a");
	diary.learned({ transactionId: "t" });
	diary.learned({ cancelWanted: "cashier" });
	diary.learned({});
	journal.close();
	expect(opened(folder).open()).toMatchObject([{ transactionId: "t", cancelWanted: "cashier" }]);
});

test("an answer and what it makes known are written down together, or neither is", () => {
	const journal = opened();
	const { firstAttempt } = begun(journal, "a");
	const diary = journal.diary("operation a");
	const answered = { kind: "answered", summary: "accepted" } as const;
	expect(() => diary.after(99, answered, { transactionId: "t" })).toThrow("internal-failure");
	expect(journal.find({ id: "operation a" })).not.toHaveProperty("transactionId");
	diary.after(firstAttempt, answered, { transactionId: "t" });
	expect(journal.find({ id: "operation a" })).toMatchObject({ transactionId: "t" });
});

test("an attempt of another operation, or one that never was, cannot be ended", () => {
	const journal = opened();
	begun(journal, "a");
	journal.finish("operation a", refused, { eventBody: {} });
	const { firstAttempt } = begun(journal, "b");
	const end = (attempt: number) => () =>
		journal.diary("operation a").after(attempt, { kind: "answered", summary: "" });
	expect(end(firstAttempt)).toThrow("internal-failure");
	expect(end(99)).toThrow("internal-failure");
});

test("an operation that never was has no diary, and nothing is learned of a finished one", () => {
	const journal = opened();
	const answered = { kind: "answered", summary: "accepted" } as const;
	expect(() => journal.diary("x").before("checkout", "r")).toThrow("journal-failed");
	const { firstAttempt } = begun(journal, "a");
	journal.finish("operation a", refused, { eventBody: {} });
	const learn = () => journal.diary("operation a").after(firstAttempt, answered, { transactionId: "t" });
	expect(learn).toThrow("internal-failure");
	expect(() => journal.diary("operation a").learned({ transactionId: "t" })).toThrow("internal-failure");
	expect(journal.find({ id: "operation a" })).not.toHaveProperty("transactionId");
});

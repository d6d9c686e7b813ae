import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import type { Journal } from "../../src/journal/journal.ts";
import { Secret } from "../../src/model/secret.ts";
import { intentOf, markedCard, refused, settled } from "./intents.ts";
import { begun, handClock, opened, temporaryFolder } from "./kit.ts";

const day = 86_400_000;
const [number, session] = [new Secret(markedCard.number), new Secret(markedCard.session)];
const isUsed = (journal: Journal) => journal.usedSession(number, session);
const notSent = { kind: "not-sent", summary: "no route" } as const;

test("a code is used from the moment a payment with it begins, over restarts too", () => {
	const folder = temporaryFolder();
	const journal = opened(folder);
	expect(isUsed(journal)).toBe(false);
	begun(journal, "a");
	expect(isUsed(journal)).toBe(true);
	journal.finish("operation a", settled, { eventBody: {} });
	journal.close();
	expect(isUsed(opened(folder))).toBe(true);
});

test("another session of the card is another code, and so is the session of another card", () => {
	const journal = opened();
	begun(journal, "a");
	expect(journal.usedSession(number, new Secret("sessionmarkedABC123"))).toBe(false);
	expect(journal.usedSession(new Secret("7700"), session)).toBe(false);
	const [joined, rest] = [markedCard.number + markedCard.session.slice(0, 1), markedCard.session.slice(1)];
	expect(journal.usedSession(new Secret(joined), new Secret(rest))).toBe(false);
});

test("a code is free again when its payment ended and no request of it ever left", () => {
	const journal = opened();
	const { firstAttempt } = begun(journal, "a");
	journal.diary("operation a").after(firstAttempt, notSent);
	expect(isUsed(journal)).toBe(true);
	journal.finish("operation a", refused, { eventBody: {} });
	expect(isUsed(journal)).toBe(false);
});

test("a refused payment has used its code when a request of it may have left", () => {
	const journal = opened();
	begun(journal, "a");
	journal.finish("operation a", refused, { eventBody: {} });
	expect(isUsed(journal)).toBe(true);
});

test("a code is free again when the server has refused its payment and made no transaction of it", () => {
	const journal = opened();
	const { firstAttempt } = begun(journal, "a");
	journal.diary("operation a").after(firstAttempt, { kind: "answered", summary: "HTTP 422" });
	expect(isUsed(journal)).toBe(true);
	journal.finish("operation a", { kind: "refused", fault: "provider-error" }, { eventBody: {} });
	expect(isUsed(journal)).toBe(false);
});

test("a refused payment has used its code when there is a transaction of it, or one of its requests was silent", () => {
	const journal = opened();
	const { firstAttempt } = begun(journal, "a");
	journal.diary("operation a").after(firstAttempt, { kind: "answered", summary: "rejected" });
	journal.finish("operation a", { ...refused, transactionId: "transaction a" }, { eventBody: {} });
	expect(isUsed(journal)).toBe(true);

	const other = opened();
	const silent = begun(other, "b");
	other.diary("operation b").after(silent.firstAttempt, { kind: "unanswered", summary: "silence" });
	const second = other.diary("operation b").before("checkout", "request b");
	other.diary("operation b").after(second, { kind: "answered", summary: "HTTP 422" });
	other.finish("operation b", refused, { eventBody: {} });
	expect(isUsed(other)).toBe(true);
});

/** How many marks are in the database. */
function marksIn(folder: string): unknown {
	const report = new DatabaseSync(join(folder, "journal.db"), { readOnly: true });
	const row = report.prepare("SELECT count(session_mark) AS marks FROM operations").get();
	report.close();
	return row?.marks;
}

/** A payment with another card, refused at once; then the journal tidies. */
async function passes(journal: Journal, name: string, startedAt: number): Promise<void> {
	const { operation, ...intent } = intentOf(name);
	const wish = { ...operation.wish, cardSession: new Secret(name) };
	journal.begin({ ...intent, operation: { ...operation, wish, startedAt } });
	journal.finish(operation.id, refused, { eventBody: {} });
	await new Promise((resolve) => setImmediate(resolve));
}

test("a code is remembered for a day, and its mark wiped when the journal tidies after that", async () => {
	const folder = temporaryFolder();
	const clock = handClock(intentOf("a").operation.startedAt);
	const journal = opened(folder, clock);
	begun(journal, "a");
	journal.finish("operation a", settled, { eventBody: {} });
	clock.at += day;
	await passes(journal, "b", clock.at);
	expect(isUsed(journal)).toBe(true);
	clock.at += 1;
	await passes(journal, "c", clock.at);
	expect(isUsed(journal)).toBe(false);
	expect(marksIn(folder)).toBe(2);
});

test("each mark is wiped as its day ends, and those whose day ends while kassad is off at the next start", async () => {
	const folder = temporaryFolder();
	const clock = handClock(intentOf("a").operation.startedAt);
	const journal = opened(folder, clock);
	const marks: unknown[] = [];
	const pay = async (name: string, till: Journal) => {
		await passes(till, name, clock.at);
		marks.push(marksIn(folder));
	};
	await pay("a", journal);
	clock.at += day / 2;
	await pay("b", journal);
	clock.at += day / 2 + 1;
	await pay("c", journal);
	clock.at += day / 2;
	await pay("d", journal);
	journal.close();
	clock.at += 2 * day;
	const again = opened(folder, clock);
	await pay("e", again);
	expect(marks).toEqual([1, 2, 2, 2, 1]);
});

test("the mark of a payment that was open for longer than a day is wiped at the next start", async () => {
	const folder = temporaryFolder();
	const clock = handClock(intentOf("a").operation.startedAt);
	const journal = opened(folder, clock);
	begun(journal, "a");
	journal.tell("operation a", { kind: "unknown", fault: "server-silent" }, {});
	clock.at += 2 * day;
	await passes(journal, "b", clock.at);
	journal.finish("operation a", settled, { eventBody: {} });
	await passes(journal, "c", clock.at);
	expect(marksIn(folder)).toBe(3);
	journal.close();
	opened(folder, clock).close();
	expect(marksIn(folder)).toBe(2);
});

test("a clock that jumps ahead alone forgets no code", () => {
	const folder = temporaryFolder();
	const clock = handClock(intentOf("a").operation.startedAt);
	const journal = opened(folder, clock);
	begun(journal, "a");
	journal.finish("operation a", settled, { eventBody: {} });
	journal.close();
	clock.at += 1_000 * day;
	expect(isUsed(opened(folder, clock))).toBe(true);
});

test("the code of an open payment is remembered however old it is", async () => {
	const clock = handClock(intentOf("a").operation.startedAt);
	const journal = opened(temporaryFolder(), clock);
	begun(journal, "a");
	journal.tell("operation a", { kind: "unknown", fault: "server-silent" }, {});
	clock.at += 1_000 * day;
	await passes(journal, "b", clock.at);
	expect(isUsed(journal)).toBe(true);
});

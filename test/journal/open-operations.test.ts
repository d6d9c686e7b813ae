import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import type { AttemptResult } from "../../src/model/operation.ts";
import { intentOf, markedCard } from "./intents.ts";
import { begun, opened, temporaryFolder } from "./kit.ts";

test("an open payment comes back after a restart with its ids and its card", () => {
	const folder = temporaryFolder();
	const journal = opened(folder);
	begun(journal, "a");
	journal.close();
	const payment = opened(folder)
		.open()
		.find((operation) => operation.kind === "payment");
	const { wish, ...facts } = intentOf("a").operation;
	expect(payment).toEqual({ ...facts, wish: expect.objectContaining(wish), maybeSent: true });
	expect(payment?.wish.cardNumber.reveal()).toBe(markedCard.number);
	expect(payment?.wish.cardSession.reveal()).toBe(markedCard.session);
});

test.each<[boolean, AttemptResult | undefined]>([
	[true, undefined],
	[true, { kind: "unanswered", summary: "" }],
	[true, { kind: "answered", summary: "" }],
	[false, { kind: "not-sent", summary: "" }],
])("a checkout may have reached the server: %s, when its attempt ended so: %o", (maybeSent, result) => {
	const journal = opened();
	const { firstAttempt } = begun(journal, "a");
	if (result !== undefined) journal.diary("operation a").after(firstAttempt, result);
	expect(journal.open()).toMatchObject([{ maybeSent }]);
});

test("one attempt that may have arrived outweighs those that were never sent", () => {
	const journal = opened();
	const { firstAttempt } = begun(journal, "a");
	const diary = journal.diary("operation a");
	diary.after(firstAttempt, { kind: "unanswered", summary: "" });
	diary.after(diary.before("checkout", "request a"), { kind: "not-sent", summary: "" });
	expect(journal.open()).toMatchObject([{ maybeSent: true }]);
});

test("a card moved to another operation does not open", () => {
	const folder = temporaryFolder();
	const journal = opened(folder);
	begun(journal, "a");
	journal.tell("operation a", { kind: "unknown", fault: "server-silent" }, {});
	begun(journal, "b");
	journal.close();
	const database = new DatabaseSync(join(folder, "journal.db"));
	database.exec("UPDATE operations SET sealed = (SELECT sealed FROM operations WHERE id = 'operation a')");
	database.close();
	expect(() => opened(folder).open()).toThrow(
		"journal-failed: could not unseal the card of operation operation b",
	);
});

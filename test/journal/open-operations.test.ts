import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import type { AttemptResult } from "../../src/model/operation.ts";
import { intentOf, markedCard, receiptOf, refundOf, settled } from "./intents.ts";
import { begun, opened, temporaryFolder } from "./kit.ts";

const at = <Intent extends { readonly operation: object }>(terminal: string, intent: Intent): Intent => ({
	...intent,
	operation: { ...intent.operation, terminal },
});

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
	database.exec("DROP TRIGGER chain_update_operations");
	database.exec("UPDATE operations SET sealed = (SELECT sealed FROM operations WHERE id = 'operation a')");
	database.close();
	expect(() => opened(folder).open()).toThrow(
		"journal-failed: could not unseal the card of operation operation b",
	);
});

test("an open refund comes back after a restart with its wish, its ids and what the server calls it", () => {
	const folder = temporaryFolder();
	const journal = opened(folder);
	const { operation } = refundOf("transaction 1", "r");
	journal.begin(refundOf("transaction 1", "r"));
	journal.close();
	const again = opened(folder);
	expect(again.open()).toEqual([{ ...operation, maybeSent: true }]);
	again.diary("operation r").learned({ refTransactionId: "refund 1" });
	again.close();
	expect(opened(folder).open()).toEqual([{ ...operation, maybeSent: true, refTransactionId: "refund 1" }]);
});

test("an open receipt comes back with its invoice and meta, and holds up nobody meanwhile", () => {
	const folder = temporaryFolder();
	const journal = opened(folder);
	begun(journal, "a");
	const receipt = receiptOf("transaction 1", "b");
	expect(journal.begin(receipt)).toMatchObject({ kind: "begun" });
	journal.finish("operation a", settled, { eventBody: {} });
	expect(journal.inProgress()).toBeUndefined();
	begun(journal, "c");
	journal.begin(receiptOf("transaction 1", "d"));
	expect(journal.begin(receipt).kind).toBe("known");
	journal.close();
	const open = opened(folder).open();
	expect(open.map(({ id }) => id)).toEqual(["operation b", "operation c", "operation d"]);
	expect(open[0]).toEqual({ ...receipt.operation, maybeSent: true });
});

test.each([
	["refund", refundOf("transaction 1", "a"), "status"],
	["receipt", receiptOf("transaction 1", "a"), "status"],
] as const)("a %s was never sent when only other requests may have arrived", (call, intent, other) => {
	const journal = opened();
	const begun = journal.begin<(typeof intent)["operation"]>(intent);
	const diary = journal.diary("operation a");
	diary.after(begun.kind === "begun" ? begun.operation.firstAttempt : 0, { kind: "not-sent", summary: "" });
	diary.before(other, "request of its own");
	expect(journal.open()).toMatchObject([{ maybeSent: false }]);
	diary.before(call, intent.operation.requestId);
	expect(journal.open()).toMatchObject([{ maybeSent: true }]);
});

test("each till has one operation in progress, whatever goes on at the others", () => {
	const journal = opened();
	journal.begin(at("till-1", intentOf("a")));
	journal.begin(at("till-2", intentOf("b")));
	for (const terminal of ["till-1", "till-2"]) {
		expect(() => journal.begin(at(terminal, intentOf("c")))).toThrow("till-busy");
		expect(() => journal.begin(at(terminal, refundOf("transaction 1", "c")))).toThrow("till-busy");
	}
	expect([undefined, "till-1", "till-2", "till-3"].map((till) => journal.inProgress(till))).toEqual([
		...["operation a", "operation a", "operation b"],
		undefined,
	]);
	journal.finish("operation b", settled, { eventBody: {} });
	expect(journal.begin(at("till-2", refundOf("transaction 1", "c"))).kind).toBe("begun");
	expect(journal.inProgress("till-1")).toBe("operation a");
});

test("what is in progress at no known till holds up every till", () => {
	const journal = opened();
	journal.begin(intentOf("a"));
	expect(() => journal.begin(at("till-1", intentOf("b")))).toThrow("till-busy");
	expect(journal.inProgress("till-1")).toBe("operation a");
});

test("a refund of a payment is refused at one till while it runs at another", () => {
	const journal = opened();
	journal.begin(at("till-1", refundOf("transaction 1", "a")));
	expect(() => journal.begin(at("till-2", refundOf("transaction 1", "b")))).toThrow("refund-already-running");
});

test("after a restart every open operation is still that of its till", () => {
	const folder = temporaryFolder();
	const journal = opened(folder);
	journal.begin(at("till-2", intentOf("a")));
	journal.begin(at("till-1", refundOf("transaction 1", "b")));
	journal.begin(at("till-2", receiptOf("transaction 1", "c")));
	journal.close();
	const again = opened(folder);
	expect(again.open()).toMatchObject([
		{ id: "operation a", terminal: "till-2" },
		{ id: "operation b", terminal: "till-1" },
		{ id: "operation c", terminal: "till-2" },
	]);
	expect(again.find({ id: "operation c" })?.terminal).toBe("till-2");
	expect(again.payment({ id: "operation a" })?.terminal).toBe("till-2");
});

test("the database itself holds one operation in progress and one open shift a till", () => {
	const folder = temporaryFolder();
	const journal = opened(folder);
	journal.begin(at("till-1", intentOf("a")));
	journal.begin(at("till-2", intentOf("b")));
	journal.close();
	const database = new DatabaseSync(join(folder, "journal.db"));
	try {
		database.exec("DROP TRIGGER chain_insert_shifts; DROP TRIGGER chain_update_operations");
		const shift = database.prepare("INSERT INTO shifts (terminal, opened_at, closed_at) VALUES (?, ?, ?)");
		for (const closed of [2, 3, null]) shift.run("till-1", 1, closed);
		shift.run("till-2", 1, null);
		expect(() => shift.run("till-1", 2, null)).toThrow("shifts.terminal");
		expect(() => database.exec("UPDATE operations SET terminal = 'till-1'")).toThrow("operations.terminal");
	} finally {
		database.close();
	}
});

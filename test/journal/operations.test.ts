import { expect, test } from "vitest";
import { masked } from "../../src/model/secret.ts";
import { intentOf, markedCard, refused, settled } from "./intents.ts";
import { begun, handClock, opened, temporaryFolder } from "./kit.ts";

test("a payment begins with its first attempt written down, and its wish as it was given", () => {
	const journal = opened();
	const intent = intentOf("a");
	expect(journal.begin(intent)).toEqual({
		kind: "begun",
		operation: { ...intent.operation, maybeSent: false, firstAttempt: 1 },
	});
	expect(journal.inProgress()).toBe("operation a");
});

test("a second payment is refused while one is in progress, and nothing of it is kept", () => {
	const journal = opened();
	begun(journal, "a");
	expect(() => journal.begin(intentOf("b"))).toThrow("till-busy");
	expect(journal.find({ id: "operation b" })).toBeUndefined();
	journal.finish("operation a", refused, { eventBody: {} });
	expect(begun(journal, "b").id).toBe("operation b");
});

test("a payment that the cashier knows to be unknown stays open and lets the next one begin", () => {
	const journal = opened();
	begun(journal, "a");
	journal.tell("operation a", { kind: "unknown", fault: "server-silent", transactionId: "t" }, {});
	expect(journal.inProgress()).toBeUndefined();
	begun(journal, "b");
	expect(journal.open().map(({ id }) => id)).toEqual(["operation a", "operation b"]);
	expect(journal.find({ id: "operation a" })).toMatchObject({ state: "unknown", fault: "server-silent" });
});

test("an order is unresolved while a payment of it is in progress or unknown, and no longer", () => {
	const journal = opened();
	expect(journal.unresolvedOrder("order a")).toBeUndefined();
	begun(journal, "a");
	expect(journal.unresolvedOrder("order a")).toBe("operation a");
	journal.tell("operation a", { kind: "unknown", fault: "server-silent" }, {});
	expect(journal.unresolvedOrder("order a")).toBe("operation a");
	expect(journal.unresolvedOrder("order b")).toBeUndefined();
	journal.finish("operation a", settled, { eventBody: {} });
	expect(journal.unresolvedOrder("order a")).toBeUndefined();
});

test("outcome, slip, event and waiting print are kept together", () => {
	const journal = opened();
	begun(journal, "a");
	const also = { eventBody: { state: "settled" }, print: { printer: "front" } };
	const { event, printId } = journal.finish("operation a", settled, also);
	expect(event).toMatchObject({ type: "operation", body: { state: "settled" } });
	expect(journal.events.since(event.seq - 1, 100)).toEqual([event]);
	expect(journal.prints.inState("queued")).toMatchObject([
		{ id: printId, operationId: "operation a", printer: "front" },
	]);
	expect(journal.find({ id: "operation a" })).toMatchObject({
		state: "settled",
		transactionId: "transaction 1",
		slip: settled.slip,
		print: { id: printId, subject: { document: "payment" }, printer: "front", state: "queued" },
	});
});

test("when one part of an outcome cannot be written, no part of it is", () => {
	const journal = opened();
	begun(journal, "a");
	const loop: Record<string, unknown> = {};
	loop.itself = loop;
	const also = { eventBody: loop, print: { printer: "front" } };
	const seen: unknown[] = [];
	journal.events.live$.subscribe((event) => seen.push(event));
	expect(() => journal.finish("operation a", settled, also)).toThrow("circular");
	expect(journal.find({ id: "operation a" })).toMatchObject({ state: "in-progress" });
	expect(journal.find({ id: "operation a" })).not.toHaveProperty("slip");
	expect(journal.prints.inState("queued")).toEqual([]);
	expect(journal.events.since(0, 100)).toEqual([]);
	expect(seen).toEqual([]);
	expect(journal.finish("operation a", settled, { eventBody: {} }).event.type).toBe("operation");
});

test("a refusal is kept with its fault, the server's own code and the slip that came with it", () => {
	const journal = opened();
	begun(journal, "a");
	const outcome = {
		kind: "refused",
		fault: "unlisted-refusal",
		wireCode: "NEW_CODE",
		slip: settled.slip,
	} as const;
	journal.finish("operation a", outcome, { eventBody: {} });
	const { kind, ...facts } = outcome;
	expect(journal.find({ id: "operation a" })).toMatchObject({ ...facts, state: kind });
});

test("an outcome is final: a second one is refused and the first stays", () => {
	const journal = opened();
	begun(journal, "a");
	journal.finish("operation a", settled, { eventBody: {} });
	const second = () => journal.finish("operation a", refused, { eventBody: {} });
	expect(second).toThrow("internal-failure: operation operation a is not open");
	const untold = () => journal.tell("operation a", { kind: "unknown", fault: "server-silent" }, {});
	expect(untold).toThrow("internal-failure");
	expect(journal.find({ id: "operation a" })).toMatchObject({ state: "settled" });
});

test("an outcome after 'unknown' takes the fault back", () => {
	const journal = opened();
	begun(journal, "a");
	journal.tell("operation a", { kind: "unknown", fault: "server-silent" }, {});
	journal.finish("operation a", settled, { eventBody: {} });
	expect(journal.find({ id: "operation a" })).not.toHaveProperty("fault");
});

test("a key that comes again begins nothing and finds the first answer, over a restart too", () => {
	const folder = temporaryFolder();
	const first = {
		operationId: "operation a",
		bodyHash: "hash of a",
		answer: { operationId: "operation a", state: "in-progress" },
	};
	const journal = opened(folder);
	begun(journal, "a");
	expect(journal.begin({ ...intentOf("b"), key: "key of a" })).toEqual({ kind: "known", first });
	journal.close();
	const again = opened(folder);
	expect(again.begin(intentOf("a"))).toEqual({ kind: "known", first });
	expect(again.find({ id: "operation b" })).toBeUndefined();
});

test("a masked card number is all of the card that a record shows", () => {
	const journal = opened();
	const { wish } = begun(journal, "a");
	const record = journal.find({ id: "operation a" });
	expect(record).toMatchObject({ cardMasked: masked(wish.cardNumber) });
	expect(JSON.stringify(record)).not.toContain(markedCard.number);
});

test("the clock may stand or go back: the operation that was written last is the newest", () => {
	const clock = handClock();
	const journal = opened(temporaryFolder(), clock);
	begun(journal, "a");
	journal.finish("operation a", refused, { eventBody: {} });
	clock.at -= 86_400_000;
	const later = intentOf("b");
	const wish = intentOf("a").operation.wish;
	journal.begin({ ...later, operation: { ...later.operation, wish, startedAt: clock.at } });
	expect(journal.find({ orderId: "order a" })?.id).toBe("operation b");
});

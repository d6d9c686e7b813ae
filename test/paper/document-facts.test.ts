import { expect, test } from "vitest";
import type { PrintMark, PrintSubject } from "../../src/model/print.ts";
import { Secret } from "../../src/model/secret.ts";
import { documentFacts } from "../../src/paper/document-facts.ts";
import type { Rooms } from "../../src/rooms.ts";
import { intentOf, receiptOf, refundOf, settled } from "../journal/intents.ts";
import { begun, handClock, opened } from "../journal/kit.ts";
import { scriptedPrinter } from "../paper-kit.ts";

/** A journal with the paid payment "a", and what it has for paper. */
function desk() {
	const clock = handClock();
	const journal = opened(undefined, clock);
	begun(journal, "a");
	journal.finish("operation a", settled, { eventBody: {} });
	const settings = {
		store: { storeId: "store 1", terminalId: "till 1", terminals: [] as object[] },
	} as Rooms["settings"];
	const { printer } = scriptedPrinter();
	const sheetCards = {
		...{ shapes: { qr: "card" }, number: "0", until: () => 0 },
		make: (at: number) => ({ texts: new Secret({ qr: `card of ${at}` }), until: at + 30_000 }),
	};
	const facts = (
		subject: PrintSubject,
		mark: PrintMark = "original",
		tools: Partial<Rooms> = { sheetCards },
	) => documentFacts({ subject, mark }, printer, { journal, settings, clock, version: "1.2.3", ...tools });
	const giveBack = (name: string, amount: number, transactionId = "transaction 1") => {
		journal.begin(refundOf(transactionId, name, amount));
		const outcome = { kind: "settled", transactionId, refTransactionId: `refund ${name}` } as const;
		journal.finish(`operation ${name}`, outcome, { eventBody: {} });
	};
	return { journal, clock, facts, giveBack, printer };
}

test("a payment has its slip and what the till knows; its mark is the print's", () => {
	expect(desk().facts({ document: "payment", operationId: "operation a" }, "copy")).toMatchObject({
		...{ document: "payment", mark: "copy", slip: settled.slip },
		facts: { amount: 85_900, orderId: "order a", transactionId: "transaction 1", operationId: "operation a" },
	});
});

test("a refund says what it has left of the payment, and a copy of it the same", () => {
	const { facts, giveBack } = desk();
	const rest = (name: string) => facts({ document: "refund", operationId: `operation ${name}` });
	giveBack("r1", 100);
	const first = rest("r1");
	expect(first).toMatchObject({ facts: { amount: 100, refundable: 85_800, refTransactionId: "refund r1" } });
	giveBack("r2", 800);
	expect(rest("r1")).toEqual(first);
	expect(rest("r2")).toMatchObject({ facts: { refundable: 85_000 } });
});

test("a refund of another till's payment does not say what is left, when nobody said what was paid", () => {
	const { facts, giveBack } = desk();
	giveBack("r", 100, "of another till");
	const refund = facts({ document: "refund", operationId: "operation r" });
	expect(refund).toMatchObject({ slip: { unlisted: {} } });
	expect(refund).not.toHaveProperty("facts.refundable");
});

test("a fiscal receipt is that of its wish, whatever the server says of it", () => {
	const { journal, facts } = desk();
	journal.begin(receiptOf("transaction 1", "f"));
	expect(facts({ document: "fiscal-receipt", operationId: "operation f" })).toMatchObject({
		...{ document: "fiscal-receipt", invoice: { orderId: "order f", cashier: "Мария" } },
	});
});

test("a shift report is reckoned by the journal and names store and till", () => {
	const { startedAt } = intentOf("a").operation;
	const subject = { document: "shift-report", from: startedAt, to: startedAt + 1 } as const;
	expect(desk().facts(subject)).toMatchObject({
		report: { storeId: "store 1", terminalId: "till 1", totals: [{ count: 1, sum: 85_900 }], unknown: 0 },
	});
});

test("the report of a shift has its number, and only what was begun in it at its till", () => {
	const { journal, facts } = desk();
	const { operation, ...intent } = intentOf("b");
	const terminal = "till 2";
	journal.shifts.open({ key: "open", bodyHash: "", terminal });
	journal.begin({ ...intent, operation: { ...operation, terminal, startedAt: Number.MAX_SAFE_INTEGER - 1 } });
	journal.finish("operation b", { ...settled, transactionId: "transaction 2" }, { eventBody: {} });
	const period = { from: 0, to: Number.MAX_SAFE_INTEGER, terminal, shift: 1 };
	expect(facts({ document: "shift-report", ...period })).toMatchObject({
		report: { terminalId: terminal, shift: 1, rows: [{ orderId: "order b" }] },
	});
});

test("a self-test sheet is about the printer that prints it", () => {
	const { facts, printer, clock } = desk();
	const { title, dots } = printer.driver;
	const about = { printer: title, dots, at: clock.at };
	const plain = { document: "self-test", mark: "original", facts: about };
	expect(facts({ document: "self-test" }, "original", {})).toEqual(plain);
	// Live cards are made when the sheet is.
	const cards = { texts: { qr: `card of ${clock.at}` }, until: clock.at + 30_000 };
	expect(facts({ document: "self-test" })).toMatchObject({ facts: { ...about, cards } });
});

test("the result of a self-test comes from the print itself, and names store and till", () => {
	const result = {
		at: 5,
		verdict: "All is well",
		checks: [{ title: "Clock", state: "green", mark: "ok" }],
	} as const;
	const { storeId, terminalId } = { storeId: "store 1", terminalId: "till 1" };
	expect(desk().facts({ document: "self-test", result })).toEqual({
		...{ document: "self-test-result", mark: "original" },
		facts: { ...result, storeId, terminalId, version: "1.2.3" },
	});
});

test("what the journal does not have has no facts", () => {
	expect(desk().facts({ document: "payment", operationId: "operation x" })).toBeUndefined();
});

import { expect, test } from "vitest";
import type { FaultCode } from "../src/model/fault.ts";
import { kopecks } from "../src/model/money.ts";
import type { Item } from "../src/model/operation.ts";
import type { PrintVerdict } from "../src/model/print.ts";
import { refundOf, settled } from "./journal/intents.ts";
import { begun, temporaryFolder } from "./journal/kit.ts";
import { desk, paid } from "./paper/desk-kit.ts";
import { onPaper, well, wordsOn } from "./paper-kit.ts";

const minute = 60_000;

test("a slip is printed with what the journal knows of it, and told", async () => {
	const { paper, scripted, queue, printId, prints } = paid();
	paper.open();
	await paper.close();
	const words = wordsOn(scripted[0]?.blocks[0]);
	for (const fact of ["859,00", "order a", "operation a", "transaction 1", "СБП"])
		expect(words).toContain(fact);
	expect(queue.find(printId)).toMatchObject({ ...onPaper, printer: "receipt", mark: "original" });
	const body = { printId, document: "payment", operationId: "operation a", mark: "original", ...onPaper };
	expect(prints()).toMatchObject([{ body: { ...body, printer: "receipt" } }]);
});

test.each<Exclude<PrintVerdict, { state: "printed" }>>([
	{ state: "not-printed", fault: "printer-broken", detail: "the sensor says so" },
	{ state: "unknown", fault: "print-unconfirmed" },
])("the printer's word is written down and told with the cashier's message: %o", async (verdict) => {
	const { paper, scripted, queue, printId, prints } = paid({ names: ["receipt"] });
	for (const { script } of scripted) script.fate = () => verdict;
	paper.open();
	await new Promise(setImmediate);
	expect(queue.find(printId)).toMatchObject(verdict);
	const body = { printId, state: verdict.state, reason: verdict.fault, cashier: { title: verdict.fault } };
	expect(prints()).toMatchObject([{ body }]);
});

test("each printer has its own queue, in the order of the prints, whoever asked for them", async () => {
	const { paper, scripted, queue, printId } = paid();
	const subject = { document: "self-test" } as const;
	queue.ask({ key: "1", bodyHash: "", subject, printer: "bar" });
	queue.ask({ key: "2", bodyHash: "", subject, printer: "receipt" });
	paper.open();
	await paper.close();
	expect(scripted.map(({ blocks }) => blocks.length)).toEqual([1, 1]);
	paper.open();
	expect(queue.next("receipt")?.id).toBe(printId + 2);
});

test("a print that may be on paper from the last run is told to be unknown, and is not printed again", async () => {
	const folder = temporaryFolder();
	const before = paid({ folder });
	before.queue.begin(before.printId);
	before.journal.close();
	const { paper, scripted, queue, prints } = desk({ folder });
	paper.open();
	await paper.close();
	expect(queue.find(before.printId)).toMatchObject({ state: "unknown", fault: "print-interrupted" });
	expect(scripted.flatMap(({ blocks }) => blocks)).toEqual([]);
	expect(prints()).toMatchObject([{ body: { printId: before.printId, reason: "print-interrupted" } }]);
});

test("a print for a printer that is no longer in the settings is told as not printed", async () => {
	const { paper, queue, printId } = paid({ names: ["bar"] });
	paper.open();
	await paper.close();
	expect(queue.find(printId)).toMatchObject({ state: "not-printed", fault: "printer-not-configured" });
});

test("a print that waited too long is not printed by itself, after a restart or a long hold", async () => {
	const { paper, scripted, queue, clock, printId } = paid({ mostAgeMinutes: 60 });
	queue.hold("receipt");
	paper.open();
	clock.at += 60 * minute + 1;
	queue.release("receipt");
	paper.wake("receipt");
	await paper.close();
	expect(queue.find(printId)).toMatchObject({ state: "not-printed", fault: "print-too-old" });
	expect(scripted[0]?.blocks).toEqual([]);
});

test("a print that waited just long enough is printed", async () => {
	const { paper, queue, clock, printId } = paid({ mostAgeMinutes: 60 });
	clock.at += 60 * minute;
	paper.open();
	await paper.close();
	expect(queue.find(printId)).toMatchObject({ state: "printed" });
});

test("while a printer is held its prints wait, and say so; released, it prints them", async () => {
	const { paper, scripted, queue, printId } = paid();
	queue.hold("receipt");
	paper.open();
	const print = queue.find(printId);
	expect(print && paper.viewOf(print)).toMatchObject({ state: "queued", held: true });
	expect(scripted[0]?.blocks).toEqual([]);
	queue.release("receipt");
	paper.wake("receipt");
	await paper.close();
	expect(queue.find(printId)).toMatchObject({ state: "printed" });
});

test("a printer that stands still in the middle is told, until the print has its verdict", async () => {
	const { paper, scripted, queue, printId, prints } = paid();
	const [receipt] = scripted;
	const reloaded = Promise.withResolvers<void>();
	if (receipt) {
		receipt.script.fate = async ({ begun, waits }) => {
			begun();
			waits?.("printer-paper-out");
			await reloaded.promise;
			return onPaper;
		};
	}
	const waits: FaultCode = "printer-paper-out";
	paper.open();
	expect(prints()).toMatchObject([
		{ body: { printId, state: "printing", waits, cashier: { title: "print-waits" } } },
	]);
	const print = queue.find(printId);
	expect(print && paper.viewOf(print)).toMatchObject({ state: "printing", waits });
	reloaded.resolve();
	await paper.close();
	const after = queue.find(printId);
	expect(after && paper.viewOf(after)).not.toHaveProperty("waits");
});

test("every change of a printer is an event, its state at the start is not", () => {
	const { paper, scripted, journal } = desk();
	const [receipt] = scripted;
	paper.open();
	receipt?.status$.next({ state: "readable", conditions: { ...well, paper: "out" } });
	receipt?.status$.next({ state: "away", detail: "no route" });
	const printer = "receipt";
	expect(journal.events.since(0, 9)).toMatchObject([
		{ type: "printer", body: { printer, state: "stopped", paper: "out", fault: "printer-paper-out" } },
		{ type: "printer", body: { printer, state: "away", fault: "printer-unreachable", detail: "no route" } },
	]);
});

const amount = kopecks(12_300);
const tea: Item = {
	name: "Чай",
	article: "7",
	price: amount,
	quantity: 1,
	totalAmount: amount,
	tax: "vat20",
};

test("a refund has a block of its own: what is returned, both transactions, and what is left", async () => {
	const { journal, paper, scripted, slipOf } = desk();
	begun(journal, "a");
	journal.finish("operation a", settled, { eventBody: {} });
	const { operation, ...intent } = refundOf("transaction 1", "r", amount);
	journal.begin({ ...intent, operation: { ...operation, wish: { ...operation.wish, items: [tea] } } });
	const back = { kind: "settled", transactionId: "transaction 1", refTransactionId: "refund 1" } as const;
	slipOf(back, "operation r");
	paper.open();
	await paper.close();
	const words = wordsOn(scripted[0]?.blocks[0]);
	for (const fact of ["ВОЗВРАТ", "123,00", "Чай", "transaction 1", "refund 1", "736,00"]) {
		expect(words).toContain(fact);
	}
});

test("a journal that fails under a print fails the till", async () => {
	const { journal, paper, failures } = paid();
	const { isHeld } = journal.prints;
	Object.assign(journal.prints, {
		isHeld: () => {
			throw new RangeError("the disk");
		},
	});
	paper.open();
	await paper.close();
	Object.assign(journal.prints, { isHeld });
	expect(failures.map(String)).toContain("RangeError: the disk");
});

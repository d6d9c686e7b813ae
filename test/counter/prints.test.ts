import { expect, test } from "vitest";
import type { PrintMethods } from "../../src/pos/print-methods.ts";
import { receiptOf } from "../journal/intents.ts";
import { temporaryFolder } from "../journal/kit.ts";
import { cannotBegin, scriptedPrinter, wordsOn } from "../paper-kit.ts";
import { paidSale, standAtCounter } from "./counter-kit.ts";

type Counter = ReturnType<typeof standAtCounter>;
type Document = Parameters<PrintMethods["print.document"]>[0];

/** A wish for paper; its body is told by its key. Resolves when the printers have done what they can. */
async function document({ methods }: Counter, wish: Document, hash = `body of ${wish.key}`) {
	const asked = await methods["print.document"](wish, hash);
	await new Promise(setImmediate);
	return asked;
}

async function again({ methods }: Counter, key: string, printId: number, printer?: string) {
	const asked = await methods["print.again"]({ key, printId, ...(printer && { printer }) }, `body of ${key}`);
	await new Promise(setImmediate);
	return asked;
}

const unknown = { state: "unknown", fault: "print-unconfirmed" } as const;
const selfTest = (key: string) => ({ key, document: "self-test" }) as const;

/** A counter whose first printer leaves every print in doubt. */
async function inDoubt() {
	const counter = standAtCounter();
	const [receipt] = counter.printers;
	if (receipt) {
		receipt.script.fate = ({ begun }) => {
			begun();
			return unknown;
		};
	}
	const { printId } = await document(counter, selfTest("k"));
	return { ...counter, printId };
}

test("a document is queued, printed on the first printer, and looked up by its number", async () => {
	const counter = standAtCounter();
	const asked = await document(counter, selfTest("k"));
	expect(asked).toEqual({ printId: 1, state: "queued", mark: "original" });
	const view = { printId: 1, document: "self-test", state: "printed", printer: "receipt", mark: "original" };
	expect(await counter.methods["print.get"]({ printId: 1 })).toMatchObject(view);
	expect(counter.printers[0]?.blocks).toHaveLength(1);
});

test("the same key with the same wish gets the first answer and prints once, over a restart too", async () => {
	const folder = temporaryFolder();
	const before = standAtCounter({ folder });
	const first = await document(before, selfTest("k"));
	expect(await document(before, selfTest("k"))).toEqual(first);
	before.journal.close();
	const counter = standAtCounter({ folder });
	expect(await document(counter, selfTest("k"))).toEqual(first);
	expect(await again(counter, "k 2", 1)).toMatchObject({ printId: 2 });
	expect(await again(counter, "k 2", 1)).toMatchObject({ printId: 2 });
	expect([...before.printers, ...counter.printers].map(({ blocks }) => blocks.length)).toEqual([1, 1]);
});

test("the same key with another wish is a conflict, whatever kind of wish had it first", async () => {
	const counter = standAtCounter();
	await document(counter, selfTest("k"));
	await expect(document(counter, selfTest("k"), "another")).rejects.toThrow(
		"key-conflict: the key belongs to print 1, another wish",
	);
	await expect(counter.methods["print.again"]({ key: "k", printId: 1 }, "h")).rejects.toThrow("key-conflict");
	await paidSale(counter, "a");
	await expect(document(counter, selfTest("key a"))).rejects.toThrow("key-conflict");
	counter.scan("scan b");
	await expect(counter.start("k", "scan b", "b")).rejects.toThrow("key-conflict");
	expect(counter.printers[0]?.blocks).toHaveLength(1);
});

test("what is on paper comes again as a copy", async () => {
	const counter = standAtCounter();
	const { printId } = await document(counter, selfTest("k"));
	expect(await again(counter, "k 2", printId)).toMatchObject({ printId: 2, mark: "copy" });
	const words = wordsOn(counter.printers[0]?.blocks[1]);
	expect(words.match(/КОПИЯ/g)).toHaveLength(2);
	expect(await counter.methods["print.get"]({ printId: 2 })).toMatchObject({ mark: "copy", repeats: 1 });
});

test("what may be on paper comes again and says so", async () => {
	const counter = await inDoubt();
	expect(await again(counter, "k 2", counter.printId)).toMatchObject({ mark: "repeat" });
	expect(wordsOn(counter.printers[0]?.blocks[1])).toContain("ПОВТОРНАЯ ПЕЧАТЬ");
});

test("what is not on paper comes again as the original, on the printer that is asked for", async () => {
	const counter = standAtCounter({ printers: [scriptedPrinter("receipt"), scriptedPrinter("bar")] });
	const [receipt, bar] = counter.printers;
	if (receipt) receipt.script.fate = cannotBegin("printer-cover-open");
	const { printId } = await document(counter, selfTest("k"));
	expect(await counter.methods["print.get"]({ printId })).toMatchObject({ reason: "printer-cover-open" });
	expect(await again(counter, "k 2", printId, "bar")).toMatchObject({ mark: "original" });
	expect(bar?.blocks).toHaveLength(1);
	expect(wordsOn(bar?.blocks[0])).not.toMatch(/КОПИЯ|ПОВТОРНАЯ/);
});

test("a print of a printer that is gone comes again on the first one", async () => {
	const folder = temporaryFolder();
	const before = standAtCounter({ folder, printers: [scriptedPrinter("old")] });
	await document(before, selfTest("k"));
	before.journal.close();
	const counter = standAtCounter({ folder });
	await again(counter, "k 2", 1);
	expect(await counter.methods["print.get"]({ printId: 2 })).toMatchObject({
		printer: "receipt",
		mark: "copy",
	});
});

test("what is still on its way cannot be asked for again", async () => {
	const counter = standAtCounter();
	await counter.methods["print.hold"]({ printer: "receipt" });
	const { printId } = await document(counter, selfTest("k"));
	await expect(again(counter, "k 2", printId)).rejects.toThrow("print-unfinished");
	await expect(again(counter, "k 3", printId + 1)).rejects.toThrow("print-not-found");
});

test("the slip of a payment that had no printer can be printed later; a second time it is a copy", async () => {
	const counter = standAtCounter();
	const { operationId } = await paidSale(counter, "a");
	const slip = { document: "payment", operationId } as const;
	expect(await document(counter, { key: "k", ...slip })).toMatchObject({ mark: "original" });
	expect(await document(counter, { key: "k 2", ...slip })).toMatchObject({ mark: "copy" });
	const found = await counter.methods["operation.get"]({ operationId });
	expect(found.print).toMatchObject({
		printId: 2,
		state: "printed",
		mark: "copy",
		evidence: "paper-barrier",
	});
});

test("a fiscal receipt is printed from the wish of its operation", async () => {
	const counter = standAtCounter();
	counter.journal.begin(receiptOf("transaction a", "f"));
	await document(counter, { key: "k", document: "fiscal-receipt", operationId: "operation f" });
	expect(wordsOn(counter.printers[0]?.blocks[0])).toContain("Мария");
});

test("a document that the journal does not have is refused, and nothing is printed", async () => {
	const counter = standAtCounter();
	const { operationId } = await paidSale(counter, "a", { kind: "refused", fault: "payment-timed-out" });
	const wish = (kind: "payment" | "refund" | "fiscal-receipt", id: string) =>
		document(counter, { key: kind, document: kind, operationId: id });
	await expect(wish("payment", operationId)).rejects.toThrow("document-not-available");
	await expect(wish("refund", operationId)).rejects.toThrow("document-not-available");
	await expect(wish("fiscal-receipt", operationId)).rejects.toThrow("document-not-available");
	await expect(wish("payment", "nowhere")).rejects.toThrow("operation-not-found");
	expect(counter.journal.prints.list({ most: 9 })).toEqual([]);
});

test("a shift is that since midnight where the till stands, or between the moments that are asked for", async () => {
	const counter = standAtCounter();
	const now = counter.clock.now();
	const shift = { document: "shift-report" } as const;
	const reportOf = async (wish: Document) => {
		const { printId } = await document(counter, wish);
		return counter.methods["print.get"]({ printId });
	};
	const midnight = new Date(new Date(now).setHours(0, 0, 0, 0)).toISOString();
	const to = new Date(now).toISOString();
	expect(await reportOf({ key: "1", ...shift })).toMatchObject({ from: midnight, to, mark: "original" });
	const asked = { key: "2", ...shift, from: 1_000, to: 2_000 };
	expect(await reportOf(asked)).toMatchObject({
		...{ from: "1970-01-01T00:00:01.000Z", to: "1970-01-01T00:00:02.000Z", state: "printed" },
	});
	await expect(reportOf({ ...asked, key: "3", to: 1_000 })).rejects.toThrow("request-invalid: to:");
	await expect(reportOf({ ...asked, key: "4", to: 1_001 + 7 * 86_400_000 })).rejects.toThrow("by 7 days");
});

test("the cashier's answer to an unknown print is taken once, told, and decides what comes next", async () => {
	const counter = await inDoubt();
	const { methods, printId, journal } = counter;
	const resolve = (onPaper: boolean) => methods["print.resolve"]({ printId, onPaper });
	const answered = { printId, state: "unknown", resolved: "on-paper" };
	expect(await resolve(true)).toMatchObject(answered);
	expect(await resolve(true)).toMatchObject(answered);
	await expect(resolve(false)).rejects.toThrow("print-not-open");
	const told = journal.events.since(0, 9).filter(({ body }) => body.resolved !== undefined);
	expect(told).toMatchObject([{ type: "print", body: answered }]);
	expect(await again(counter, "k 2", printId)).toMatchObject({ mark: "copy" });
});

test("what is known needs no answer", async () => {
	const counter = standAtCounter();
	const { printId } = await document(counter, selfTest("k"));
	await expect(counter.methods["print.resolve"]({ printId, onPaper: true })).rejects.toThrow(
		"print-not-open",
	);
});

test("what has not begun is taken back, twice as once, and never printed", async () => {
	const counter = standAtCounter();
	const { methods, journal } = counter;
	await methods["print.hold"]({ printer: "receipt" });
	const { printId } = await document(counter, selfTest("k"));
	const taken = {
		printId,
		state: "cancelled",
		reason: "print-cancelled",
		cashier: { title: "print-cancelled" },
	};
	expect(await methods["print.cancel"]({ printId })).toMatchObject(taken);
	expect(await methods["print.cancel"]({ printId })).toMatchObject(taken);
	await methods["print.release"]({ printer: "receipt" });
	await new Promise(setImmediate);
	expect(counter.printers[0]?.blocks).toEqual([]);
	expect(journal.events.since(0, 9).filter(({ type }) => type === "print")).toMatchObject([{ body: taken }]);
	expect(await again(counter, "k 2", printId)).toMatchObject({ mark: "original" });
});

test("what is done cannot be taken back", async () => {
	const counter = standAtCounter();
	const { printId } = await document(counter, selfTest("k"));
	await expect(counter.methods["print.cancel"]({ printId })).rejects.toThrow("print-not-open");
});

test("prints are listed, the newest first", async () => {
	const counter = standAtCounter();
	for (const key of ["1", "2", "3"]) await document(counter, selfTest(key));
	const { prints } = await counter.methods["print.list"]({ most: 2, states: ["printed"] });
	expect(prints.map(({ printId }) => printId)).toEqual([3, 2]);
});

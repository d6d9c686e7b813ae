import { expect, test } from "vitest";
import { loadDocuments } from "../src/documents.ts";
import type { Block } from "../src/model/block.ts";
import { kopecks } from "../src/model/money.ts";
import type { FinalOutcome, Item } from "../src/model/operation.ts";
import type { PrintVerdict } from "../src/model/print.ts";
import { openPaper } from "../src/paper.ts";
import type { PrintQueue } from "../src/print/queue.ts";
import type { Rooms } from "../src/rooms.ts";
import { refundOf, settled } from "./journal/intents.ts";
import { begun, opened } from "./journal/kit.ts";

const printed: PrintVerdict = { state: "printed", evidence: "paper-barrier" };
const paidBack = {
	kind: "settled",
	transactionId: "transaction 1",
	refTransactionId: "refund 1",
} as const satisfies FinalOutcome;
const print = { eventBody: {}, print: { printer: "receipt" } };

/** A journal whose payment "a" has a slip to print, and a printer that says of each block what it is told to. */
function deskWith(verdict: PrintVerdict = printed, { hasPrinter = true } = {}) {
	const journal = opened();
	begun(journal, "a");
	const blocks: Block[] = [];
	const states: unknown[] = [];
	const queue: PrintQueue = {
		print: async (block, begin) => {
			states.push(journal.find({ id: "operation a" })?.print?.state);
			begin();
			states.push(journal.find({ id: "operation a" })?.print?.state);
			blocks.push(block);
			return verdict;
		},
	};
	const settings = { payApi: { paymentTypeTitles: { SBP: "СБП" } } };
	const log = { info: () => undefined };
	const rooms = {
		documents: loadDocuments(),
		...{ journal, settings, log, explain: (about: string) => ({ title: about, text: "" }) },
		printer: hasPrinter ? { name: "receipt", columns: 32, queue } : undefined,
	};
	const finish = (id: string, outcome: FinalOutcome) => {
		const { printId } = journal.finish(id, outcome, print);
		if (printId === undefined) throw new TypeError("no print was queued");
		return printId;
	};
	/** The words on the newest block. */
	const words = () =>
		(blocks.at(-1) ?? []).map((line) => ("text" in line ? line.text : line.kind)).join("\n");
	const event = () => journal.events.since(0, 10).at(-1);
	return { journal, paper: openPaper(rooms as unknown as Rooms), blocks, states, finish, words, event };
}

test("a payment's slip is printed with what the journal knows of it, after the print is written down", async () => {
	const { journal, paper, states, finish, words, event } = deskWith();
	await paper.print(finish("operation a", settled), "operation a");
	expect(states).toEqual(["queued", "printing"]);
	expect(words()).toContain("ОПЛАТА");
	for (const fact of ["859,00", "order a", "operation a", "transaction 1", "СБП (SBP)"]) {
		expect(words()).toContain(fact);
	}
	expect(journal.find({ id: "operation a" })?.print).toMatchObject(printed);
	expect(event()).toMatchObject({ type: "print", body: { operationId: "operation a", ...printed } });
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

/** The refund of one tea of payment "a", and its print. */
function refunded({ journal, finish }: ReturnType<typeof deskWith>, outcome: FinalOutcome): number {
	journal.finish("operation a", settled, { eventBody: {} });
	const { operation, ...intent } = refundOf("transaction 1", "r", amount);
	journal.begin({ ...intent, operation: { ...operation, wish: { ...operation.wish, items: [tea] } } });
	return finish("operation r", outcome);
}

test("a refund has a block of its own: what is returned, and both transactions", async () => {
	const desk = deskWith();
	const printId = refunded(desk, { ...paidBack, slip: { paymentType: "SBP", unlisted: {} } });
	await desk.paper.print(printId, "operation r");
	expect(desk.words()).toContain("ВОЗВРАТ");
	for (const fact of ["123,00", "Чай", "1 шт.", "transaction 1", "refund 1", "СБП (SBP)"]) {
		expect(desk.words()).toContain(fact);
	}
	expect(desk.words()).not.toContain("ОПЛАТА");
});

test("a refund of which the bank sent no slip is printed with what the till knows", async () => {
	const desk = deskWith();
	await desk.paper.print(refunded(desk, paidBack), "operation r");
	expect(desk.journal.find({ id: "operation r" })?.print).toMatchObject(printed);
	for (const fact of ["123,00", "Чай", "transaction 1", "refund 1"]) expect(desk.words()).toContain(fact);
});

test.each<Exclude<PrintVerdict, { state: "printed" }>>([
	{ state: "not-printed", fault: "printer-paper-out", detail: "the sensor says so" },
	{ state: "unknown", fault: "print-unconfirmed" },
])("the printer's word is written down and told with the cashier's message: %o", async (verdict) => {
	const { journal, paper, finish, event } = deskWith(verdict);
	await paper.print(finish("operation a", settled), "operation a");
	expect(journal.find({ id: "operation a" })?.print).toMatchObject(verdict);
	const body = { state: verdict.state, reason: verdict.fault, cashier: { title: verdict.fault } };
	expect(event()).toMatchObject({ type: "print", body });
});

test("a slip that waited for a printer which is no longer configured is told as not printed", async () => {
	const { journal, paper, blocks, finish } = deskWith(printed, { hasPrinter: false });
	await paper.print(finish("operation a", settled), "operation a");
	expect(journal.find({ id: "operation a" })?.print).toMatchObject({
		state: "not-printed",
		fault: "printer-not-configured",
	});
	expect(blocks).toEqual([]);
});

test("a print of which the verdict is known is judged without paper, once", () => {
	const { journal, paper, blocks, finish, event } = deskWith();
	const printId = finish("operation a", settled);
	const verdict: PrintVerdict = { state: "unknown", fault: "print-interrupted" };
	paper.judge(printId, "operation a", verdict);
	expect(journal.find({ id: "operation a" })?.print).toMatchObject(verdict);
	expect(event()).toMatchObject({ body: { operationId: "operation a", reason: "print-interrupted" } });
	expect(() => paper.judge(printId, "operation a", printed)).toThrow(`print ${printId} is not open`);
	expect(blocks).toEqual([]);
});

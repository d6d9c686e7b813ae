import { NEVER, of, Subject } from "rxjs";
import { expect, test, vi } from "vitest";
import { FaultError } from "../src/model/fault.ts";
import type { Rooms } from "../src/rooms.ts";
import type { ScannerNews } from "../src/scan/scans.ts";
import { Till } from "../src/till.ts";
import { receiptOf, refundOf, settled } from "./journal/intents.ts";
import { begun, opened, temporaryFolder } from "./journal/kit.ts";
import { printersOf, scriptedPrinter } from "./paper-kit.ts";
import { type Answer, goingOn, roomsWith, written } from "./till-kit.ts";

const away: ScannerNews = {
	type: "away",
	scanner: "front",
	gone: { reason: "unplugged", detail: "no such device" },
	retryInMs: 100,
};

test("a scanner that goes away is an event with the cashier's message", () => {
	const rooms = roomsWith(of(away), (about) => ({ title: about, text: "" }));
	new Till(rooms).open();
	expect(rooms.journal.events.since(0, 10)).toMatchObject([
		{ type: "device", body: { scanner: "front", state: "away", cashier: { title: "scanner-away" } } },
	]);
});

test("a code that is kept out is an event with the cashier's message and becomes no scan", async () => {
	const keptOut = { type: "kept-out", scanner: "front", fault: "scan-while-paying" } as const;
	const rooms = roomsWith(of(keptOut), (about) => ({ title: about, text: "" }));
	new Till(rooms).open();
	const cashier = { title: "scan-while-paying", text: "" };
	const body = { kind: "kept-out", scanner: "front", canPay: false, fault: "scan-while-paying", cashier };
	expect(rooms.journal.events.since(0, 10)).toMatchObject([{ type: "scan", body }]);
});

test("a scan is offered to the program that accepts scans, after the event that all hear", async () => {
	const news$ = new Subject<ScannerNews>();
	const rooms = roomsWith(news$, (about) => ({ title: about, text: "" }));
	const till = new Till(rooms);
	const heard: string[] = [];
	rooms.journal.events.live$.subscribe(({ type }) => heard.push(type));
	const notify = (method: string) => void heard.push(method);
	await till.methods["scans.accept"]({}, { notify, gone: new AbortController().signal });
	await new Promise(setImmediate);
	till.open();
	const facts = { id: "s", scanner: "front", symbology: "qr", at: 0 } as const;
	news$.next({ type: "scan", scan: { ...facts, kind: "foreign", bytes: Buffer.from("a") } });
	await vi.waitFor(() => expect(heard).toEqual(["scan", "scan.offer"]));
	await till.close();
});

test("a scanner that comes back is told whether it is wanted", async () => {
	const news$ = new Subject<ScannerNews>();
	const told: string[] = [];
	const tellScanner = async (scanner: string, deed: string) => told.push(`${scanner}: ${deed}`) > 0;
	const rooms = roomsWith(news$, (about) => ({ title: about, text: "" }));
	const till = new Till({ ...rooms, tellScanner });
	till.open();
	news$.next({ type: "back", scanner: "front" });
	expect(told).toEqual(["front: enable"]);
	await till.close();
});

test("a failure to hear the scanners fails the till, with a line in the log, and nothing is thrown elsewhere", async () => {
	const till = new Till(
		roomsWith(of(away), () => {
			throw new RangeError("no words");
		}),
	);
	till.open();
	await expect(till.failed).rejects.toThrow("no words");
	expect(written).toContain("the till has failed; the journal resumes at the next start");
});

test("a journal whose disk has failed fails the till", async () => {
	const rooms = roomsWith(NEVER, (about) => ({ title: about, text: "" }));
	const failed = Promise.reject(new FaultError("journal-failed", "the disk"));
	const till = new Till({ ...rooms, journal: { ...rooms.journal, failed } });
	till.open();
	await expect(till.failed).rejects.toThrow("journal-failed: the disk");
});

test("a till that is closed lets its scanners go and does not fail", async () => {
	const till = new Till(roomsWith(NEVER, (about) => ({ title: about, text: "" })));
	till.open();
	await till.close();
	expect(await Promise.race([till.failed, Promise.resolve("well")])).toBe("well");
});

/** The till of the next run, on the journal of a run that ended after its payment and before its paper. */
function nextRun(lastRun: (journal: Rooms["journal"], printId: number) => void) {
	const folder = temporaryFolder();
	const before = opened(folder);
	begun(before, "a");
	const { printId } = before.finish("operation a", settled, { eventBody: {}, print: { printer: "receipt" } });
	if (printId === undefined) throw new TypeError("no print was queued");
	lastRun(before, printId);
	before.close();
	const journal = opened(folder);
	const { blocks, printer } = scriptedPrinter();
	const rooms = roomsWith(NEVER, (about) => ({ title: about, text: "" }), journal);
	const till = new Till({ ...rooms, printers: printersOf(printer) });
	const told = journal.events.lastSeq();
	till.open();
	return {
		blocks,
		till,
		printOf: () => journal.find({ id: "operation a" })?.print,
		events: () => journal.events.since(told, 10),
	};
}

test("a slip that was still waiting when the last run ended is printed, once", async () => {
	const { blocks, till, printOf, events } = nextRun(() => undefined);
	await till.close();
	expect(printOf()).toMatchObject({ state: "printed", evidence: "paper-barrier" });
	expect(blocks).toHaveLength(1);
	expect(JSON.stringify(blocks)).toContain("transaction 1");
	expect(events()).toMatchObject([{ type: "print", body: { operationId: "operation a", state: "printed" } }]);
});

test("a slip that may be on paper from the last run is told to be unknown, and is not printed again", async () => {
	const { blocks, till, printOf, events } = nextRun((journal, printId) => journal.prints.begin(printId));
	await till.close();
	expect(printOf()).toMatchObject({ state: "unknown", fault: "print-interrupted" });
	expect(blocks).toEqual([]);
	const body = { operationId: "operation a", state: "unknown", reason: "print-interrupted" };
	expect(events()).toMatchObject([{ type: "print", body }]);
});

const answered = (json: object): ReturnType<Answer> => ({ kind: "answer", status: 200, json });
const paidBack = {
	...{ transactionId: "transaction 1", refTransactionId: "refund 1", refStatus: "accepted" },
	...{ status: "refunded", slip: { paymentType: "SBP", totalAmount: 100 } },
};
const said = ({ requestId }: { requestId?: string }) => answered({ requestId, ...paidBack });

test("a refund whose answer the last run did not hear is asked for again, with its requestId and its card's brand", async () => {
	const lastRun = (journal: Rooms["journal"]) => void journal.begin(refundOf("transaction 1", "r"));
	const { asked, blocks, events } = await goingOn(lastRun, (_, body) => said(body), "print");
	expect(asked).toMatchObject([
		{
			call: "refund",
			requestId: "request r",
			transactionId: "transaction 1",
			refundAmount: 100,
			token: "token of example",
		},
	]);
	const refund = {
		kind: "refund",
		operationId: "operation r",
		state: "settled",
		refTransactionId: "refund 1",
	};
	expect(events).toMatchObject([
		{ type: "operation", body: { ...refund, moneyMoved: "yes", cashier: { title: "refund-settled" } } },
		{ type: "print", body: { operationId: "operation r", state: "printed" } },
	]);
	expect(JSON.stringify(blocks)).toContain("ВОЗВРАТ");
});

test("a refund that the server has named to the last run is followed, and never asked for again", async () => {
	const lastRun = (journal: Rooms["journal"]) => {
		journal.begin(refundOf("transaction 1", "r"));
		journal.diary("operation r").learned({ refTransactionId: "refund 1" });
		journal.tell("operation r", { kind: "unknown", fault: "refund-unknown" }, {});
	};
	const { asked, journal } = await goingOn(lastRun, (_, body) => said(body), "print");
	expect(asked).toMatchObject([{ call: "status", refTransactionId: "refund 1" }]);
	expect(journal.find({ id: "operation r" })).toMatchObject({
		state: "settled",
		print: { state: "printed" },
	});
});

test("a refund that the server refuses is told with its amount and parts, and nothing is printed", async () => {
	const lastRun = (journal: Rooms["journal"]) => {
		journal.begin(refundOf("of another till", "r"));
		journal.diary("operation r").learned({ refTransactionId: "refund 1" });
	};
	const rejected = { transactionId: "of another till", status: "accepted", refStatus: "rejected" };
	const { blocks, events } = await goingOn(lastRun, (_, { requestId }: { requestId?: string }) =>
		answered({ requestId, ...rejected, refTransactionId: "refund 1", errorCode: "EXTERNAL_PROVIDER_ERROR" }),
	);
	const parts = [{ position: 0, quantity: 1, totalAmount: 100 }];
	expect(events).toMatchObject([
		{
			body: { orderId: "order of a refund", amount: 100, parts, state: "refused", fault: "refund-declined" },
		},
	]);
	expect(blocks).toEqual([]);
});

test("a fiscal receipt that the last run did not hand over is sent again, and told without paper or money", async () => {
	const lastRun = (journal: Rooms["journal"]) => void journal.begin(receiptOf("transaction 1", "f"));
	const { asked, blocks, events, journal } = await goingOn(lastRun, () => answered({}));
	expect(asked).toMatchObject([
		{
			call: "receipt",
			requestId: "request f",
			transactionId: "transaction 1",
			invoice: { orderId: "order f" },
		},
	]);
	const body = { kind: "receipt", operationId: "operation f", orderId: "order f", moneyMoved: "no" };
	expect(events).toMatchObject([
		{ body: { ...body, state: "settled", cashier: { title: "receipt-settled" } } },
	]);
	expect(blocks).toEqual([]);
	expect(journal.open()).toEqual([]);
});

test("a refund and a receipt that were left open both go on, the refund with a token of the brand that paid", async () => {
	const lastRun = (journal: Rooms["journal"]) => {
		journal.begin(refundOf("of another till", "r"));
		journal.begin(receiptOf("transaction 1", "f"));
	};
	const answer: Answer = (call, body) =>
		call === "receipt" ? answered({}) : answered({ ...body, ...paidBack, transactionId: "of another till" });
	const { asked, journal } = await goingOn(lastRun, answer, "print");
	// The receipt needs no token, so it is ahead.
	expect(asked).toMatchObject([{ call: "receipt" }, { call: "refund", token: "token of example" }]);
	expect(journal.open()).toEqual([]);
});

import { NEVER, type Observable, of } from "rxjs";
import { expect, test } from "vitest";
import type { Block } from "../src/model/block.ts";
import { FaultError } from "../src/model/fault.ts";
import type { Log } from "../src/model/log.ts";
import type { PrintQueue } from "../src/print/queue.ts";
import type { Rooms } from "../src/rooms.ts";
import type { ScannerNews } from "../src/scan/scans.ts";
import { Till } from "../src/till.ts";
import { settled } from "./journal/intents.ts";
import { begun, opened, temporaryFolder } from "./journal/kit.ts";

const written: string[] = [];
const write = (_: object, words: string) => void written.push(words);
const log: Log = { trace: write, debug: write, info: write, warn: write, error: write };

/** Rooms in which nothing is paid or printed: a real journal, and the scanners' news. */
function roomsWith(news$: Observable<ScannerNews>, explain: Rooms["explain"], journal = opened()): Rooms {
	const settings = { socket: { scanLifetimeMs: 1_000 }, payApi: { paymentTypeTitles: {}, enums: {} } };
	const clock = { now: () => 0, sleep: () => new Promise<void>(() => undefined) };
	return { settings, journal, news$, explain, clock, log, printer: undefined } as unknown as Rooms;
}

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
	const blocks: Block[] = [];
	const queue: PrintQueue = {
		print: async (block, begun) => {
			begun();
			blocks.push(block);
			return { state: "printed", evidence: "paper-barrier" };
		},
	};
	const rooms = roomsWith(NEVER, (about) => ({ title: about, text: "" }), journal);
	const till = new Till({ ...rooms, printer: { name: "receipt", columns: 48, queue } });
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

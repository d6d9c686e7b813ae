import { NEVER, type Observable, of } from "rxjs";
import { expect, test } from "vitest";
import { FaultError } from "../src/model/fault.ts";
import type { Log } from "../src/model/log.ts";
import type { Rooms } from "../src/rooms.ts";
import type { ScannerNews } from "../src/scan/scans.ts";
import { Till } from "../src/till.ts";
import { opened } from "./journal/kit.ts";

const written: string[] = [];
const write = (_: object, words: string) => void written.push(words);
const log: Log = { trace: write, debug: write, info: write, warn: write, error: write };

/** Rooms in which nothing is paid or printed: a real journal, and the scanners' news. */
function roomsWith(news$: Observable<ScannerNews>, explain: Rooms["explain"]): Rooms {
	const journal = opened();
	const settings = { socket: { scanLifetimeMs: 1_000 } };
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

import { expect, test } from "vitest";
import type { PosEvent } from "../../src/model/event.ts";
import { handClock, opened, temporaryFolder } from "./kit.ts";

const day = 86_400_000;
const numbersOf = (events: readonly PosEvent[]) => events.map(({ seq }) => seq);

test("kept and transient events share one rising sequence, and both are found again in it", () => {
	const { events } = opened();
	const told = [
		events.append("operation", { n: 1 }),
		events.announce("scan", { n: 2 }),
		events.append("print", { n: 3 }),
		events.announce("device", { n: 4 }),
	];
	expect(numbersOf(told)).toEqual([1, 2, 3, 4]);
	expect(events.since(0, 100)).toEqual(told);
	expect(events.since(2, 100)).toEqual(told.slice(2));
	expect(events.since(4, 100)).toEqual([]);
	expect(events.lastSeq()).toBe(4);
});

test("events are read in pages: always the oldest, kept and transient ones in their order", () => {
	const { events } = opened();
	for (let n = 0; n < 3; n += 1) {
		events.append("operation", {});
		events.announce("scan", {});
	}
	expect(numbersOf(events.since(0, 2))).toEqual([1, 2]);
	expect(numbersOf(events.since(2, 3))).toEqual([3, 4, 5]);
	expect(numbersOf(events.since(5, 3))).toEqual([6]);
});

test("an event carries the time it was made at", () => {
	const clock = handClock(Date.parse("2026-03-01T10:00:00.123Z"));
	const { events } = opened(temporaryFolder(), clock);
	events.append("operation", {});
	clock.at += 1_000;
	events.announce("scan", {});
	expect(events.since(0, 100).map(({ at }) => at)).toEqual([
		"2026-03-01T10:00:00.123Z",
		"2026-03-01T10:00:01.123Z",
	]);
});

test("only the newest transient events are kept, and every durable one", () => {
	const { events } = opened();
	const kept = events.append("operation", {});
	for (let n = 0; n < 10; n += 1) events.announce("scan", {});
	expect(numbersOf(events.since(0, 100))).toEqual([kept.seq, 8, 9, 10, 11]);
});

test("after a restart kept events are told again and numbers go on above all that were given", () => {
	const folder = temporaryFolder();
	const journal = opened(folder);
	const kept = journal.events.append("operation", { state: "settled" });
	const { seq } = journal.events.announce("scan", {});
	journal.close();
	const again = opened(folder);
	expect(again.events.since(0, 100)).toEqual([kept]);
	expect(again.events.lastSeq()).toBeGreaterThanOrEqual(seq);
	expect(again.events.append("operation", {}).seq).toBeGreaterThan(seq);
});

test("numbers go on past many blocks of reserved ones", () => {
	const folder = temporaryFolder();
	const journal = opened(folder);
	for (let n = 1; n <= 5_000; n += 1) expect(journal.events.announce("scan", {}).seq).toBe(n);
	journal.close();
	expect(opened(folder).events.announce("scan", {}).seq).toBeGreaterThan(5_000);
});

test("kept events are told again for as many days as keys are remembered", () => {
	const clock = handClock();
	const { events } = opened(temporaryFolder(), clock);
	const { seq } = events.append("operation", {});
	clock.at += 30 * day;
	const later = Array.from({ length: 99 }, () => events.append("operation", {}).seq);
	expect(numbersOf(events.since(0, 1_000))).toEqual([seq, ...later]);
	clock.at += 1;
	const latest = events.append("operation", {});
	expect(numbersOf(events.since(0, 1_000))).toEqual([...later, latest.seq]);
});

test("the newest kept events are told again whatever the clock says, so that no outcome is hidden when it is set", () => {
	const clock = handClock(0);
	const { events } = opened(temporaryFolder(), clock);
	const outcome = events.append("operation", { state: "settled" });
	clock.at += 20_000 * day;
	const print = events.append("print", {});
	expect(numbersOf(events.since(0, 100))).toEqual([outcome.seq, print.seq]);
});

test("a clock that jumps ahead hides no kept event, nor does one that comes back from there", () => {
	const clock = handClock();
	const { events } = opened(temporaryFolder(), clock);
	const { seq } = events.append("operation", {});
	clock.at += 1_000 * day;
	expect(numbersOf(events.since(0, 100))).toEqual([seq]);
	const ahead = events.append("operation", {});
	clock.at -= 1_000 * day;
	expect(numbersOf(events.since(0, 100))).toEqual([seq, ahead.seq]);
});

test("a listener hears every event once and in order, even one that is made while it listens", () => {
	const { events } = opened();
	const heard: number[][] = [[], []];
	events.live$.subscribe(({ seq }) => {
		heard[0]?.push(seq);
		if (seq === 1) events.append("print", {});
	});
	events.live$.subscribe(({ seq }) => heard[1]?.push(seq));
	events.announce("scan", {});
	expect(heard).toEqual([
		[1, 2],
		[1, 2],
	]);
});

test("an event is on disk before anyone hears it", () => {
	const { events } = opened();
	let found: PosEvent[] = [];
	events.live$.subscribe(() => {
		found = events.since(0, 100);
	});
	const event = events.append("operation", { state: "settled" });
	expect(found).toEqual([event]);
});

test("the live events complete when the journal closes", () => {
	const journal = opened();
	let completed = false;
	journal.events.live$.subscribe({ complete: () => (completed = true) });
	journal.close();
	expect(completed).toBe(true);
});

import { expect, test } from "vitest";
import { type EventLines, eventLines } from "../../src/pos/event-lines.ts";
import { memoryFeed } from "./counter.ts";

/** The numbers of the events that somebody hears. */
function heard(lines: EventLines, terminal?: string) {
	const got: number[] = [];
	const subscription = lines(terminal).subscribe(({ line }) =>
		got.push(JSON.parse(line.toString()).params.seq),
	);
	return { got, leave: () => subscription.unsubscribe() };
}

test("an event is told at its till, and everywhere when it belongs to none", () => {
	const feed = memoryFeed();
	const lines = eventLines(feed.live$);
	const [first, second, all] = [heard(lines, "till-1"), heard(lines, "till-2"), heard(lines)];
	for (const body of [{ terminalId: "till-1" }, {}, { terminalId: "till-2" }, { terminalId: "till-3" }]) {
		feed.append(body);
	}
	expect(first.got).toEqual([1, 2]);
	expect(second.got).toEqual([2, 3]);
	expect(all.got).toEqual([1, 2, 3, 4]);
});

test("whoever leaves hears no more, and whoever stays does", () => {
	const feed = memoryFeed();
	const lines = eventLines(feed.live$);
	const [one, other] = [heard(lines, "till-1"), heard(lines, "till-1")];
	feed.append({ terminalId: "till-1" });
	one.leave();
	feed.append({ terminalId: "till-1" });
	other.leave();
	feed.append({ terminalId: "till-1" });
	expect(one.got).toEqual([1]);
	expect(other.got).toEqual([1, 2]);
});

test("one that comes while an event is told hears the next", () => {
	const feed = memoryFeed();
	const lines = eventLines(feed.live$);
	const late: number[] = [];
	const first = lines(undefined).subscribe(() => {
		first.unsubscribe();
		lines(undefined).subscribe(({ seq }) => late.push(seq));
	});
	feed.append({});
	feed.append({});
	expect(late).toEqual([2]);
});

test("an event is written out once for all clients", () => {
	const feed = memoryFeed();
	const lines = eventLines(feed.live$);
	const told: Buffer[] = [];
	for (const terminal of [undefined, "till-1", "till-1"])
		lines(terminal).subscribe(({ line }) => told.push(line));
	feed.append({ terminalId: "till-1" });
	expect(told).toHaveLength(3);
	expect(new Set(told).size).toBe(1);
});

import fc from "fast-check";
import { Subject } from "rxjs";
import { expect, test } from "vitest";
import { eventLines } from "../../src/pos/event-lines.ts";
import { follow, type Outlet } from "../../src/pos/subscription.ts";
import { memoryFeed, openCounter, rawClient } from "./counter.ts";

/** An outlet that is full after every `room` lines until it is drained. */
function narrowOutlet(room: number, mostUnreadBytes = 1_000_000) {
	const got: number[] = [];
	const cut: string[] = [];
	const drained$ = new Subject<void>();
	let unread = 0;
	const outlet: Outlet = {
		send: (line) => {
			got.push(JSON.parse(line.toString()).params.seq);
			unread += 1;
		},
		isFull: () => unread >= room,
		drained$,
		cutOff: (why) => cut.push(why),
		mostUnreadBytes,
	};
	const drain = () => {
		unread = 0;
		drained$.next();
	};
	return { outlet, got, cut, drain };
}

const upTo = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, at) => first + at);

test("nothing is missed and nothing comes twice, whenever events come and however slowly the client reads", () => {
	const step = fc.constantFrom("event", "drain");
	fc.assert(
		fc.property(
			fc.nat(200),
			fc.nat(200),
			fc.integer({ min: 1, max: 70 }),
			fc.array(step, { maxLength: 200 }),
			(kept, back, room, steps) => {
				const feed = memoryFeed();
				for (let count = 0; count < kept; count += 1) feed.append({});
				const since = Math.max(0, kept - back);
				const { outlet, got, drain } = narrowOutlet(room);
				follow(feed, eventLines(feed.live$), since, outlet);
				for (const what of steps) what === "event" ? feed.append({}) : drain();
				// As many times as it can take to read all.
				for (let count = 0; count <= kept + steps.length; count += 1) drain();
				expect(got).toEqual(upTo(feed.lastSeq(), since + 1));
			},
		),
	);
});

test("a client that reads nothing while it catches up gets no more than it has room for", () => {
	const feed = memoryFeed();
	for (let count = 0; count < 1_000; count += 1) feed.append({});
	const { outlet, got, cut } = narrowOutlet(3);
	follow(feed, eventLines(feed.live$), 0, outlet);
	feed.append({});
	expect(got).toEqual([1, 2, 3]);
	expect(cut).toEqual([]);
});

test("a client that reads nothing while too much comes is cut off", () => {
	const feed = memoryFeed();
	for (let count = 0; count < 10; count += 1) feed.append({});
	const { outlet, got, cut } = narrowOutlet(3, 10_000);
	const subscription = follow(feed, eventLines(feed.live$), 0, outlet);
	for (let count = 0; count < 8; count += 1) feed.append({ text: "x".repeat(1_000) });
	expect(cut).toEqual([]);
	for (let count = 0; count < 2; count += 1) feed.append({ text: "x".repeat(1_000) });
	expect(cut).toContain("it does not read");
	expect(got).toEqual([1, 2, 3]);
	subscription.unsubscribe();
});

test("an event that was found among the kept ones is not sent again when it comes live, however often", () => {
	const feed = memoryFeed();
	const late$ = new Subject<{ seq: number; line: Buffer }>();
	feed.append({});
	const { outlet, got } = narrowOutlet(100);
	follow(feed, () => late$, 0, outlet);
	late$.next({ seq: 1, line: Buffer.from('{"params":{"seq":1}}') });
	late$.next({ seq: 2, line: Buffer.from('{"params":{"seq":2}}') });
	late$.next({ seq: 2, line: Buffer.from('{"params":{"seq":2}}') });
	expect(got).toEqual([1, 2]);
});

test("one till's program hears what happens there and what belongs to no till, kept or live, and misses nothing else", () => {
	const feed = memoryFeed();
	const tills = ["till-1", "till-2", undefined, "till-1", "till-2"];
	const happen = () => {
		for (const terminalId of tills) feed.append(terminalId === undefined ? {} : { terminalId });
	};
	happen();
	const { outlet, got, drain } = narrowOutlet(2);
	follow(feed, eventLines(feed.live$), 0, outlet, "till-1");
	for (let count = 0; count < 3; count += 1) drain();
	happen();
	expect(got).toEqual([1, 3, 4, 6, 8, 9]);
	const { outlet: all, got: heard } = narrowOutlet(100);
	follow(feed, eventLines(feed.live$), 0, all);
	expect(heard).toEqual(upTo(10));
});

test("numbers may have holes", () => {
	const at = "2026-11-24T12:00:00+03:00";
	const events = [3, 10, 500].map((seq) => ({ seq, type: "print", at, body: {} }) as const);
	const feed = {
		since: (seq: number, most: number) => events.filter((event) => event.seq > seq).slice(0, most),
		live$: new Subject<never>(),
		lastSeq: () => 500,
	};
	const { outlet, got } = narrowOutlet(100);
	follow(feed, eventLines(feed.live$), 4, outlet);
	expect(got).toEqual([10, 500]);
});

test("a journal that cannot be read ends the connection, so that the client comes back", () => {
	const feed = memoryFeed();
	feed.fail(new RangeError("broken"));
	const { outlet, cut } = narrowOutlet(100);
	follow(feed, eventLines(feed.live$), 0, outlet);
	expect(cut).toEqual(["the kept events cannot be read"]);
});

test("a client that does not read its events is cut off, and another one goes on hearing them", async () => {
	const feed = memoryFeed();
	const { path, logged } = await openCounter({}, { mostUnreadBytes: 262_144 }, feed);
	const [deaf, good] = [await rawClient(path), await rawClient(path)];
	for (const client of [deaf, good]) {
		client.ask(1, "events.subscribe", {});
		await client.next();
	}
	deaf.socket.pause();
	let heard = 0;
	while (!logged.join("").includes("client cut off")) {
		feed.append({ text: "x".repeat(10_000) });
		heard += 1;
		expect((await good.next()).params?.seq).toBe(heard);
	}
	deaf.socket.resume();
	await deaf.closed;
});

test("a client that comes back far behind gets everything, though it is more than may stand unread", async () => {
	const feed = memoryFeed();
	for (let count = 0; count < 500; count += 1) feed.append({ text: "x".repeat(2_000) });
	const { path } = await openCounter({}, { mostUnreadBytes: 262_144 }, feed);
	const client = await rawClient(path);
	client.ask(1, "events.subscribe", { since: 0 });
	expect(await client.next()).toMatchObject({ id: 1, result: { seq: 500 } });
	for (let seq = 1; seq <= 500; seq += 1) expect((await client.next()).params?.seq).toBe(seq);
	feed.append({});
	expect((await client.next()).params?.seq).toBe(501);
});

test("without a number only what comes from now on is heard", async () => {
	const feed = memoryFeed();
	feed.append({});
	const { path } = await openCounter({}, {}, feed);
	const client = await rawClient(path);
	client.ask(1, "events.subscribe");
	expect(await client.next()).toMatchObject({ id: 1, result: { seq: 1 } });
	feed.append({ what: "new" });
	expect(await client.next()).toEqual({
		jsonrpc: "2.0",
		method: "event",
		params: { seq: 2, type: "scan", at: "2026-11-24T12:00:00+03:00", body: { what: "new" } },
	});
});

test("a number of another journal is refused instead of keeping the client deaf", async () => {
	const { path } = await openCounter();
	const client = await rawClient(path);
	client.ask(1, "events.subscribe", { since: 5_000 });
	expect(await client.next()).toMatchObject({
		id: 1,
		error: {
			data: { fault: "request-invalid", detail: "since: the newest event is 0, 5000 was never sent" },
		},
	});
});

test("subscribing again takes the place of the first subscription", async () => {
	const feed = memoryFeed();
	const { path } = await openCounter({}, {}, feed);
	const client = await rawClient(path);
	for (const id of [1, 2]) {
		client.ask(id, "events.subscribe", {});
		await client.next();
	}
	feed.append({});
	client.ask(3, "hello", { client: "test" });
	expect(await client.next()).toMatchObject({ method: "event" });
	expect(await client.next()).toMatchObject({ id: 3 });
});

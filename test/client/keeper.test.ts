import { firstValueFrom, map, toArray } from "rxjs";
import { expect, onTestFinished, test } from "vitest";
import { connectPos, type PosClient, type PosOptions } from "../../src/client/pos-client.ts";
import type { Client } from "../../src/pos/client.ts";
import { memoryFeed, openCounter } from "../pos/counter.ts";

async function returning(path: string, options: PosOptions = {}): Promise<PosClient> {
	const client = await connectPos(path, { reconnect: true, ...options });
	onTestFinished(() => client.close());
	return client;
}

/** Resolves when the client is so. */
const inState = (client: PosClient, wanted: string) =>
	new Promise<void>((resolve) => {
		const watching = client.state$.subscribe(({ state }) => {
			if (state === wanted) resolve();
		});
		onTestFinished(() => watching.unsubscribe());
	});

const scanned = { kind: "foreign", scanner: "front" };

test("a client that comes back subscribes after its last event and misses none, told once and in order", async () => {
	const feed = memoryFeed();
	const first = await openCounter({}, {}, feed);
	const client = await returning(first.path);
	const heard: number[] = [];
	client.events$.subscribe(({ seq }) => heard.push(seq));
	feed.append(scanned);
	await client.call("events.subscribe", { since: 0 });
	feed.append(scanned);
	await client.call("hello", { client: "test" });
	const away = inState(client, "away");
	await first.server.close();
	await away;
	feed.append(scanned);
	feed.append(scanned);
	await openCounter({}, { path: first.path }, feed);
	await client.call("hello", { client: "test" });
	feed.append(scanned);
	await client.nextEvent(({ seq }) => seq === 5);
	expect(heard).toEqual([1, 2, 3, 4, 5]);
});

test("a subscription from now on goes on from where it began, also when nothing has come yet", async () => {
	const feed = memoryFeed();
	feed.append(scanned);
	const first = await openCounter({}, {}, feed);
	const client = await returning(first.path);
	await client.call("events.subscribe", {});
	await first.server.close();
	feed.append(scanned);
	await openCounter({}, { path: first.path }, feed);
	expect((await client.nextEvent(() => true)).seq).toBe(2);
});

test("on a new journal all is news", async () => {
	const [old, fresh] = [memoryFeed(), memoryFeed()];
	for (let count = 0; count < 5; count += 1) old.append(scanned);
	const first = await openCounter({}, {}, old);
	const client = await returning(first.path);
	await client.call("events.subscribe", {});
	await first.server.close();
	fresh.append(scanned);
	await openCounter({}, { path: first.path }, fresh);
	expect((await client.nextEvent(() => true)).seq).toBe(1);
});

test("a client that took scans takes them again when it is back", async () => {
	const first = await openCounter();
	const client = await returning(first.path);
	await client.call("scans.accept");
	await first.server.close();
	const { promise, resolve } = Promise.withResolvers<Client>();
	const accept = async (_: object, again: Client) => {
		resolve(again);
		return { leaseMs: 1 };
	};
	await openCounter({ "scans.accept": accept }, { path: first.path });
	const offer = firstValueFrom(client.offers$);
	(await promise).notify("scan.offer", { ...scanned, at: "2026-11-24T12:00:00Z", offer: 1, leaseMs: 1 });
	expect(await offer).toMatchObject(scanned);
});

test("a call that is open when the connection ends is given up, and one while it is away waits", async () => {
	const first = await openCounter({ "scans.accept": () => new Promise(() => undefined) });
	const client = await returning(first.path);
	const open = expect(client.call("scans.accept")).rejects.toMatchObject({ name: "NoAnswer", why: "ended" });
	await client.call("hello", { client: "test" });
	const away = inState(client, "away");
	await first.server.close();
	await Promise.all([open, away]);
	const later = client.call("scanner.pause");
	await openCounter({}, { path: first.path });
	expect(await later).toEqual({ paused: ["front"] });
});

test("a call while it is away is waited for no longer than the deadline, and then was never sent", async () => {
	const first = await openCounter();
	const client = await returning(first.path, { callMs: 30 });
	const away = inState(client, "away");
	await first.server.close();
	await away;
	await expect(client.call("scans.accept")).rejects.toThrow("kassad was away for 30 ms: nothing was sent");
});

test("closed while it is away it ends, and tells its states in order", async () => {
	const first = await openCounter();
	const client = await returning(first.path);
	const states = firstValueFrom(
		client.state$.pipe(
			map(({ state }) => state),
			toArray(),
		),
	);
	const away = inState(client, "away");
	await first.server.close();
	await away;
	const waiting = expect(client.call("scans.accept")).rejects.toThrow();
	await client.close();
	await waiting;
	expect(await states).toEqual(["connected", "away", "closed"]);
	await client.close();
});

test("without reconnect it ends with the connection", async () => {
	const first = await openCounter();
	const client = await connectPos(first.path);
	await first.server.close();
	expect((await client.closed).message).toContain("kassad has closed the connection");
});

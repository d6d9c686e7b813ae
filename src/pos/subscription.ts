import { map, type Observable, type Subscription, share } from "rxjs";
import type { PosEvent } from "../model/event.ts";
import { eventLine } from "./rpc.ts";

/** The events that are kept, and those that come. */
export type EventFeed = {
	/** The oldest events after `seq`, in order, at most about `most` of them; empty when there are none. */
	since(seq: number, most: number): readonly PosEvent[];
	/** In order; an event is found by `since` no later than it comes here. */
	readonly live$: Observable<PosEvent>;
	/** The newest event's number, 0 before the first. */
	lastSeq(): number;
};

/** An event that is ready to be sent: written out once for all clients. */
export type EventLine = { readonly seq: number; readonly line: Buffer };

/** Where one client's events go. */
export type Outlet = {
	send(line: Buffer): void;
	/** Whether the client should read first. */
	isFull(): boolean;
	/** The client has read what was sent. */
	readonly drained$: Observable<unknown>;
	/** Ends the connection: the client is told by that to come back with the last number it has. */
	cutOff(why: string, error?: unknown): void;
	readonly mostUnreadBytes: number;
};

const pageSize = 64;

/** The live events of a feed, ready to be sent. */
export function eventLines(feed: EventFeed): Observable<EventLine> {
	return feed.live$.pipe(
		map((event) => ({ seq: event.seq, line: eventLine(event) })),
		share(),
	);
}

/**
 * Sends every event after `since` once and in order: first the kept ones, as fast as the client reads, then
 * the live ones. What comes while it catches up is taken from the kept ones later; only its size is counted.
 */
export function follow(
	feed: EventFeed,
	live$: Observable<EventLine>,
	since: number,
	to: Outlet,
): Subscription {
	let sent = since;
	let caughtUp = false;
	let missedBytes = 0;

	const catchUp = () => {
		missedBytes = 0;
		for (let page = feed.since(sent, pageSize); page.length > 0; page = feed.since(sent, pageSize)) {
			for (const event of page) {
				to.send(eventLine(event));
				sent = event.seq;
				if (to.isFull()) return;
			}
		}
		caughtUp = true;
	};
	const tryToCatchUp = () => {
		try {
			if (!caughtUp) catchUp();
		} catch (error) {
			to.cutOff("the kept events cannot be read", error);
		}
	};
	const take = ({ seq, line }: EventLine) => {
		if (seq <= sent) return;
		if (caughtUp) {
			to.send(line);
			sent = seq;
			return;
		}
		missedBytes += line.length;
		if (missedBytes > to.mostUnreadBytes) to.cutOff("it does not read");
	};

	const subscription = live$.subscribe(take);
	subscription.add(to.drained$.subscribe(tryToCatchUp));
	tryToCatchUp();
	return subscription;
}

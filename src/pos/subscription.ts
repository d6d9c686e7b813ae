import type { Observable, Subscription } from "rxjs";
import type { PosEvent } from "../model/event.ts";
import { FaultError } from "../model/fault.ts";
import { check } from "./check.ts";
import type { EventLine, EventLines } from "./event-lines.ts";
import { eventLine } from "./rpc.ts";
import { subscribeParams } from "./schema.ts";

/** The events that are kept, and those that come. */
export type EventFeed = {
	/** The oldest events after `seq`, in order; empty when there are none. More than `most` are not needed. */
	since(seq: number, most: number): readonly PosEvent[];
	/** In order; an event is found by `since` no later than it comes here. */
	readonly live$: Observable<PosEvent>;
	/** The newest event's number, 0 before the first. */
	lastSeq(): number;
};

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

/** What `events.subscribe` asks for: the newest number, and the one after which the client wants to hear. */
export function startOf(feed: EventFeed, params: unknown): { seq: number; since: number; terminal?: string } {
	const seq = feed.lastSeq();
	const { since = seq, ...till } = check(subscribeParams, params);
	if (since <= seq) return { seq, since, ...till };
	// Its number is of another journal; waiting for it would keep the client deaf.
	throw new FaultError("request-invalid", `since: the newest event is ${seq}, ${since} was never sent`);
}

/**
 * Sends every event after `since` once and in order: first the kept ones, as fast as the client reads, then
 * the live ones. What comes while it catches up is taken from the kept ones later; only its size is counted.
 * @param terminal leaves out what belongs to another till than this.
 */
export function follow(
	feed: EventFeed,
	live: EventLines,
	since: number,
	to: Outlet,
	terminal?: string,
): Subscription {
	const kept = keptAfter(feed, since);
	let sent = since;
	let caughtUp = false;
	let missedBytes = 0;

	const catchUp = () => {
		missedBytes = 0;
		while (!caughtUp) {
			const { value: event } = kept.next();
			if (event === undefined) {
				caughtUp = true;
				return;
			}
			if (concerns(event.body, terminal)) to.send(eventLine(event));
			sent = event.seq;
			if (to.isFull()) return;
		}
	};
	const take = (event: EventLine) => {
		if (caughtUp && event.seq > sent) {
			to.send(event.line);
			sent = event.seq;
		} else if (!caughtUp) {
			missedBytes += event.line.length;
			if (missedBytes > to.mostUnreadBytes) to.cutOff("it does not read");
		}
	};

	const subscription = live(terminal).subscribe(take);
	subscription.add(to.drained$.subscribe(() => cutOffOnFailure(catchUp, to)));
	cutOffOnFailure(catchUp, to);
	return subscription;
}

function concerns({ terminalId }: { readonly terminalId?: unknown }, terminal: string | undefined): boolean {
	return terminal === undefined || terminalId === undefined || terminalId === terminal;
}

/** Ends at the moment when no newer event is kept. */
function* keptAfter(feed: EventFeed, since: number): Generator<PosEvent, undefined> {
	let last = since;
	for (let page = feed.since(last, pageSize); page.length > 0; page = feed.since(last, pageSize)) {
		for (const event of page) {
			last = event.seq;
			yield event;
		}
	}
	return undefined;
}

function cutOffOnFailure(work: () => void, outlet: Outlet): void {
	try {
		work();
	} catch (error) {
		outlet.cutOff("the kept events cannot be read", error);
	}
}

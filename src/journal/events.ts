import type { Observable } from "rxjs";
import type { Clock } from "../model/clock.ts";
import type { PosEvent } from "../model/event.ts";
import type { Database } from "./database.ts";
import { keptEvents } from "./kept-events.ts";
import { openNumbers } from "./numbers.ts";
import { openTeller } from "./teller.ts";

export type EventBody = PosEvent["body"];

/** Writes an event down inside the transaction of what it tells; it is told when that is on disk. */
type Append = (type: PosEvent["type"], body: EventBody) => PosEvent;

/** What the POS hears: kept events from the disk and recent transient ones, in one rising sequence. */
export type Events = {
	/** An event that is on disk before anyone hears it. @throws {FaultError} `journal-failed` */
	append(type: PosEvent["type"], body: EventBody): PosEvent;
	/** An event that is only in memory. @throws {FaultError} `journal-failed`, rarely: when numbers run out. */
	announce(type: PosEvent["type"], body: EventBody): PosEvent;
	/** The oldest events after number `seq`, at most `most`, of those still kept. @throws {FaultError} `journal-failed` */
	since(seq: number, most: number): PosEvent[];
	/** Events as they happen, in order of their numbers; completes when the journal closes. */
	readonly live$: Observable<PosEvent>;
	lastSeq(): number;
};

/** The events as the other parts of the journal see them. */
export type EventBook = Events & {
	/**
	 * Does a deed as one transaction, its events with it. `deed` completes the sentence "could not ...".
	 * @param done is called when it is committed, before its events are told.
	 */
	record<T>(deed: string, work: (append: Append) => T, done?: () => void): T;
	/** Has numbers at hand for long, at the price of one small commit. */
	reserve(): void;
	close(): void;
};

type EventSettings = { readonly keepDays: number; readonly mostRecentEvents: number };

export function openEvents(database: Database, settings: EventSettings, clock: Clock): EventBook {
	const numbers = openNumbers(database);
	const kept = keptEvents(database, settings.keepDays, clock);
	const recent: PosEvent[] = [];
	const { tell, live$, close } = openTeller();

	const next = (type: PosEvent["type"], body: EventBody): PosEvent => {
		return { seq: numbers.next(), type, at: new Date(clock.now()).toISOString(), body };
	};
	const record: EventBook["record"] = (deed, work, done) => {
		numbers.ready();
		const fresh: PosEvent[] = [];
		const append: Append = (type, body) => {
			const event = next(type, body);
			kept.write(event);
			fresh.push(event);
			return event;
		};
		const result = database.defer(deed, () => work(append));
		done?.();
		tell(fresh);
		return result;
	};
	const announce: Events["announce"] = (type, body) => {
		numbers.ready();
		const event = next(type, body);
		recent.push(event);
		if (recent.length > settings.mostRecentEvents) recent.shift();
		tell([event]);
		return event;
	};
	const since = (seq: number, most: number) =>
		[...kept.since(seq, most), ...recent.filter((event) => event.seq > seq)]
			.sort((a, b) => a.seq - b.seq)
			.slice(0, most);

	const { last: lastSeq, reserve } = numbers;
	const append: Append = (type, body) => record("write down an event", (add) => add(type, body));
	return { record, append, announce, since, live$, lastSeq, reserve, close };
}

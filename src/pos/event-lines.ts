import { Observable, type Subscriber } from "rxjs";
import type { PosEvent } from "../model/event.ts";
import { eventLine } from "./rpc.ts";

/** An event that is ready to be sent: written out once for all clients. */
export type EventLine = { readonly seq: number; readonly line: Buffer };

/** The live events, ready to be sent: those of one till and those that belong to none, or without a till all. */
export type EventLines = (terminal: string | undefined) => Observable<EventLine>;

/**
 * Has each event told to those whom it concerns, and to nobody else: of many tills each has its own programs, and to
 * ask all of them about the events of all took longer than to tell one.
 */
export function eventLines(live$: Observable<PosEvent>): EventLines {
	/** By till; undefined for those who want to hear everything. */
	const hearers = new Map<unknown, Set<Subscriber<EventLine>>>();
	live$.subscribe((event) => {
		const { terminalId } = event.body;
		const concerned =
			terminalId === undefined ? hearers.values() : [hearers.get(terminalId), hearers.get(undefined)];
		const listening: Subscriber<EventLine>[] = [];
		for (const some of concerned) if (some !== undefined) listening.push(...some);
		if (listening.length === 0) return;
		const told = { seq: event.seq, line: eventLine(event) };
		for (const hearer of listening) hearer.next(told);
	});
	return (terminal) =>
		new Observable((hearer) => {
			const beside = hearers.get(terminal) ?? new Set();
			hearers.set(terminal, beside.add(hearer));
			return () => {
				beside.delete(hearer);
				if (beside.size === 0) hearers.delete(terminal);
			};
		});
}

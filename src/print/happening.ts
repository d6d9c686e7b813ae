import { asapScheduler, firstValueFrom, from, map, merge, Observable, observeOn } from "rxjs";
import type { Clock } from "../model/clock.ts";
import type { FaultCode } from "../model/fault.ts";

/** What comes first after a block has left. */
export type Happening<T> =
	| { readonly what: "answer"; readonly answer: T }
	| { readonly what: "stop"; readonly fault: FaultCode }
	| { readonly what: "late" };

/**
 * Resolves with the first of: the answer, a stop of the printer, and the end of `ms`. An answer that comes together
 * with a stop comes first: many a roll ends right behind a block.
 */
export function whatHappens<T>(
	answer: Observable<T> | Promise<T>,
	stop$: Observable<FaultCode>,
	ms: number,
	clock: Clock,
): Promise<Happening<T>> {
	const answered$ = from(answer).pipe(map((answer): Happening<T> => ({ what: "answer", answer })));
	const stopped$ = stop$.pipe(
		observeOn(asapScheduler),
		map((fault): Happening<T> => ({ what: "stop", fault })),
	);
	const late$ = after(ms, clock).pipe(map((): Happening<T> => ({ what: "late" })));
	return firstValueFrom(merge(answered$, stopped$, late$));
}

/** Emits once, after `ms`. */
function after(ms: number, clock: Clock): Observable<void> {
	return new Observable((watcher) => {
		const over = new AbortController();
		const tell = () => watcher.next();
		clock.sleep(ms, over.signal).then(tell, () => undefined);
		return () => over.abort();
	});
}

import { filter, firstValueFrom, from, fromEvent, merge, type Observable, Subject, takeUntil } from "rxjs";
import type { PosEvent } from "../model/event.ts";

/** More than any loop brings; what is older nobody waits for. */
const mostHeard = 2_000;

/** Hears the till's events from its beginning to its end, so that none is missed between a wish and the wait for it. */
export class Ear {
	readonly #heard: PosEvent[] = [];
	readonly #live$ = new Subject<PosEvent>();
	readonly #subscription;

	constructor(events$: Observable<PosEvent>) {
		this.#subscription = events$.subscribe((event) => {
			this.#heard.push(event);
			if (this.#heard.length > mostHeard) this.#heard.shift();
			this.#live$.next(event);
		});
	}

	/** Everything from now on. */
	get live$(): Observable<PosEvent> {
		return this.#live$;
	}

	/** The first event that fits, whether it was heard already or comes; undefined when the signal aborts before. */
	next(fits: (event: PosEvent) => boolean, signal: AbortSignal): Promise<PosEvent | undefined> {
		const all$ = merge(from([...this.#heard]), this.#live$);
		const given$ = all$.pipe(filter(fits), takeUntil(fromEvent(signal, "abort")));
		return firstValueFrom(given$, { defaultValue: undefined });
	}

	close(): void {
		this.#subscription.unsubscribe();
		this.#live$.complete();
	}
}

import { type Observable, Subject } from "rxjs";
import type { PosEvent } from "../model/event.ts";

type Teller = {
	/** Tells one event to every listener before the next, even when a listener's answer makes new events. */
	tell(events: readonly PosEvent[]): void;
	readonly live$: Observable<PosEvent>;
	close(): void;
};

export function openTeller(): Teller {
	const events$ = new Subject<PosEvent>();
	const waiting: PosEvent[] = [];
	let telling = false;
	return {
		tell: (events) => {
			waiting.push(...events);
			if (telling) return;
			telling = true;
			for (let event = waiting.shift(); event !== undefined; event = waiting.shift()) events$.next(event);
			telling = false;
		},
		live$: events$.asObservable(),
		close: () => events$.complete(),
	};
}

import type { Observable } from "rxjs";
import type { PosEvent } from "../../src/model/event.ts";

/** Events that nobody has asked for yet, and askers whose event has not come yet. */
export class Mailbox {
	readonly #events$: Observable<PosEvent>;
	readonly #untaken: PosEvent[] = [];
	readonly #askers = new Set<{ fits(event: PosEvent): boolean; give(event: PosEvent): void }>();

	constructor(events$: Observable<PosEvent>) {
		this.#events$ = events$;
		this.#events$.subscribe((event) => {
			const asker = [...this.#askers].find(({ fits }) => fits(event));
			if (asker === undefined) this.#untaken.push(event);
			else asker.give(event);
		});
	}

	take(fits: (event: PosEvent) => boolean, ms: number): Promise<PosEvent> {
		const index = this.#untaken.findIndex(fits);
		const [waiting] = index < 0 ? [] : this.#untaken.splice(index, 1);
		if (waiting !== undefined) return Promise.resolve(waiting);
		return new Promise((resolve, reject) => {
			const done = () => {
				clearTimeout(timer);
				this.#askers.delete(asker);
			};
			const fail = (why: string) => {
				done();
				reject(new Error(why));
			};
			const timer = setTimeout(() => fail(`no such event within ${ms} ms`), ms);
			const asker = {
				fits,
				give: (event: PosEvent) => {
					done();
					resolve(event);
				},
			};
			this.#askers.add(asker);
			this.#events$.subscribe({ complete: () => fail("the connection ended before such an event") });
		});
	}
}

import type { Clock } from "../model/clock.ts";
import type { PosEvent } from "../model/event.ts";
import { NoAnswer } from "./pos-error.ts";
import { within } from "./within.ts";

/** So many events that nobody asked for are kept; then the oldest give way. */
const mostKept = 4_096;

type Fits = (event: PosEvent) => boolean;
type Asker = { readonly fits: Fits; give(event: PosEvent): void; fail(why: unknown): void };

/** Events that nobody has asked for yet, and askers whose event has not come yet. */
export class Mailbox {
	readonly #clock: Clock;
	readonly #untaken: PosEvent[] = [];
	readonly #askers = new Set<Asker>();
	#isClosed = false;

	constructor(clock: Clock) {
		this.#clock = clock;
	}

	put(event: PosEvent): void {
		for (const asker of this.#askers) {
			if (this.#isTaken(event, asker)) return;
		}
		this.#untaken.push(event);
		if (this.#untaken.length > mostKept) this.#untaken.shift();
	}

	/** An asker that stumbles over an event is told so, and stands in nobody's way. */
	#isTaken(event: PosEvent, asker: Asker): boolean {
		try {
			if (!asker.fits(event)) return false;
			this.#askers.delete(asker);
			asker.give(event);
			return true;
		} catch (error) {
			this.#askers.delete(asker);
			asker.fail(error);
			return false;
		}
	}

	/** The first event, past or coming, that fits and that nobody was given. @throws {NoAnswer} after `ms`. */
	async take(fits: Fits, ms: number): Promise<PosEvent> {
		const index = this.#untaken.findIndex(fits);
		const [waiting] = index < 0 ? [] : this.#untaken.splice(index, 1);
		if (waiting !== undefined) return waiting;
		if (this.#isClosed) throw tooLate();
		const { promise, resolve, reject } = Promise.withResolvers<PosEvent>();
		const asker: Asker = { fits, give: resolve, fail: reject };
		this.#askers.add(asker);
		const late = () => {
			this.#askers.delete(asker);
			return new NoAnswer("late", `no such event within ${ms} ms`);
		};
		return within(ms, this.#clock, promise, late);
	}

	/** Nothing comes any more. */
	close(): void {
		this.#isClosed = true;
		for (const asker of this.#askers) asker.fail(tooLate());
		this.#askers.clear();
	}
}

const tooLate = () => new NoAnswer("ended", "the connection ended before such an event");

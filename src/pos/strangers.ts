import type { Clock } from "../model/clock.ts";

/** Ends a connection of which nobody knows whose it is. */
type End = (why: string) => void;

/**
 * Connections that have not said yet whose they are. They are few and do not stay: when one too many comes, the one that
 * has waited longest goes, so that whoever holds many open keeps out nobody who speaks at once.
 */
export class Strangers {
	readonly #most: number;
	readonly #authMs: number;
	readonly #clock: Clock;
	/** In the order in which they came. */
	readonly #waiting = new Map<End, () => void>();

	constructor(settings: { readonly mostStrangers: number; readonly authMs: number }, clock: Clock) {
		this.#most = settings.mostStrangers;
		this.#authMs = settings.authMs;
		this.#clock = clock;
	}

	/** @returns what is to be called when it is no stranger any longer, or has gone. */
	add(end: End): () => void {
		const leaving = new AbortController();
		const leave = () => {
			this.#waiting.delete(end);
			leaving.abort();
		};
		this.#makeRoom();
		this.#waiting.set(end, leave);
		this.#clock.sleep(this.#authMs, leaving.signal).then(
			() => this.#send(end, leave, `no token within ${this.#authMs} ms`),
			() => undefined,
		);
		return leave;
	}

	#makeRoom(): void {
		const [oldest] = this.#waiting;
		if (oldest === undefined || this.#waiting.size < this.#most) return;
		this.#send(...oldest, `more than ${this.#most} connections have said no token`);
	}

	#send(end: End, leave: () => void, why: string): void {
		leave();
		end(why);
	}
}

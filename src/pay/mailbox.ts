import type { Facts } from "./wire.ts";

/**
 * Holds what the server has posted until somebody reads it. What comes meanwhile is dropped: only endings are put in,
 * and whatever is said after one, as by postbacks that have overtaken each other, must not take its place.
 */
export class Mailbox {
	#arrived = new AbortController();
	#facts: Facts | undefined;

	/** Aborts when something is put in; after `take` there is a new one. */
	get arrived(): AbortSignal {
		return this.#arrived.signal;
	}

	put(facts: Facts): void {
		this.#facts ??= facts;
		this.#arrived.abort("arrived");
	}

	take(): Facts | undefined {
		const facts = this.#facts;
		if (facts === undefined) return undefined;
		this.#facts = undefined;
		this.#arrived = new AbortController();
		return facts;
	}
}

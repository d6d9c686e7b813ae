import type { Clock } from "../model/clock.ts";
import type { Log } from "../model/log.ts";

/**
 * Warns of what strangers do without letting them fill the log: of each kind one line per interval, which tells how
 * many came since the last one.
 */
export class Tally<Kind extends string> {
	readonly #counts = new Map<Kind, { readonly at: number; readonly unsaid: number }>();
	readonly #log: Log;
	readonly #clock: Clock;
	readonly #everyMs: number;

	constructor(log: Log, clock: Clock, everyMs: number) {
		this.#log = log;
		this.#clock = clock;
		this.#everyMs = everyMs;
	}

	/** @param facts of this one; those of the unsaid ones are forgotten. */
	count(what: Kind, facts: object = {}): void {
		const now = this.#clock.now();
		const { at = Number.NEGATIVE_INFINITY, unsaid = 0 } = this.#counts.get(what) ?? {};
		// A clock that was set back must not silence for ever.
		if (at <= now && now < at + this.#everyMs) {
			this.#counts.set(what, { at, unsaid: unsaid + 1 });
			return;
		}
		this.#log.warn({ ...facts, ...(unsaid > 0 && { unsaid }) }, what);
		this.#counts.set(what, { at: now, unsaid: 0 });
	}

	/** Says what is still unsaid. */
	close(): void {
		for (const [what, { unsaid }] of this.#counts) {
			if (unsaid > 0) this.#log.warn({ unsaid }, what);
		}
		this.#counts.clear();
	}
}

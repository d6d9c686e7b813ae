import type { Clock } from "../model/clock.ts";

/** So finely a heartbeat looks: it comes early by at most this part of its time. */
const looksPerBeat = 4;
/** One look more than three beats, so that nobody is cut off before his time. */
const mostLooksDeaf = 3 * looksPerBeat + 1;

/** What a heartbeat does. */
type Deeds = {
	beat(): void;
	cutOff(): void;
	/** Whether the client could be heard now if it said something. */
	hears(): boolean;
};

/**
 * Says something when nothing else has been said for a while, and cuts off a client that says nothing for three times
 * as long: neither side then waits for one that has gone without a word. It counts how often it has looked rather than
 * asking the clock: a message costs one assignment, and a clock that is set, or a machine that slept, cuts off nobody.
 */
export class Heartbeat {
	readonly #deeds: Deeds;
	readonly #end = new AbortController();
	#looksQuiet = 0;
	#looksDeaf = 0;

	/** @param everyMs is never exceeded by a silence of this side. */
	constructor(everyMs: number, clock: Clock, deeds: Deeds) {
		this.#deeds = deeds;
		void this.#run(everyMs / looksPerBeat, clock);
	}

	/** Something was said to the client. */
	said(): void {
		this.#looksQuiet = 0;
	}

	/** The client has said something. */
	heard(): void {
		this.#looksDeaf = 0;
	}

	stop(): void {
		this.#end.abort("stopped");
	}

	async #run(lookMs: number, clock: Clock): Promise<void> {
		const slept = () => clock.sleep(lookMs, this.#end.signal).then(isTrue, isFalse);
		while (await slept()) this.#look();
	}

	#look(): void {
		this.#looksQuiet += 1;
		this.#looksDeaf = this.#deeds.hears() ? this.#looksDeaf + 1 : 0;
		if (this.#looksDeaf >= mostLooksDeaf) this.#deeds.cutOff();
		else if (this.#looksQuiet >= looksPerBeat) this.#deeds.beat();
	}
}

const isTrue = () => true;
const isFalse = () => false;

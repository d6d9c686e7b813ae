import { automaticStatus, type Condition, good, isToldOf, realTimeStatus } from "./status.ts";

type SensorFacts = { readonly reservedBits: number; readonly coverHidesPaper: boolean };

/** The condition as the printer's own sensors see it, and what it tells of that unasked. */
export class Sensors {
	readonly #facts: SensorFacts;
	readonly #reply: (bytes: Uint8Array) => void;
	#condition = good;
	/** GS a n; 0 for silence. */
	#mask = 0;

	constructor(facts: SensorFacts, reply: (bytes: Uint8Array) => void) {
		this.#facts = facts;
		this.#reply = reply;
	}

	get condition(): Condition {
		return this.#condition;
	}

	/** With the cover open some sensors see no paper. */
	get seen(): Condition {
		const isHidden = this.#condition.coverOpen && this.#facts.coverHidesPaper;
		return isHidden ? { ...this.#condition, paper: "out" } : this.#condition;
	}

	change(condition: Condition): void {
		const before = this.#report();
		this.#condition = condition;
		const after = this.#report();
		if (isToldOf(this.#mask, before, after)) this.#reply(after);
	}

	/** GS a: the condition is told now, and from now on whenever it changes. */
	tell(mask: number): void {
		this.#mask = mask;
		if (mask !== 0) this.#reply(this.#report());
	}

	silence(): void {
		this.#mask = 0;
	}

	/** The answer to DLE EOT n. */
	answer(of: 1 | 2 | 3 | 4): void {
		this.#reply(realTimeStatus(of, this.seen));
	}

	#report(): Uint8Array {
		return automaticStatus(this.seen, this.#facts.reservedBits);
	}
}

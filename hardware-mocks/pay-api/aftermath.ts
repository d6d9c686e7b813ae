import type { Bank } from "./bank.ts";
import type { Postbacks } from "./postbacks.ts";

/** What follows when something has happened in the books: decisions by the clock, and postbacks. */
export class Aftermath {
	readonly #bank: Bank;
	readonly #postbacks: Postbacks | undefined;
	#timer: NodeJS.Timeout | undefined;
	#isClosed = false;

	constructor(bank: Bank, postbacks: Postbacks | undefined) {
		this.#bank = bank;
		this.#postbacks = postbacks;
	}

	/** To be called after each change. @returns what an answer has to wait for, if anything. */
	settle(): Promise<unknown> | undefined {
		clearTimeout(this.#timer);
		if (this.#isClosed) return undefined;
		const next = this.#bank.tick();
		// A timer may go off a millisecond early; then the next one follows at once.
		if (next !== undefined) this.#timer = setTimeout(() => this.settle(), Math.max(1, next - Date.now()));
		return this.#postbacks?.look(this.#bank.transactions);
	}

	close(): void {
		this.#isClosed = true;
		clearTimeout(this.#timer);
	}
}

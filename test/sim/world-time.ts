/** Time that passes only when nothing is left to do: what a till waits for in a year happens in a second. */
export class WorldTime {
	#now = 0;
	#count = 0;
	/** Sorted: the next one first; what is due at the same moment happens in the order of its planning. */
	readonly #planned: { readonly at: number; readonly order: number; readonly deed: () => void }[] = [];

	/** Ms since the beginning of the world. */
	get now(): number {
		return this.#now;
	}

	/** Plans a deed. @returns takes it back. */
	after(ms: number, deed: () => void): () => void {
		const planned = { at: this.#now + Math.max(0, ms), order: this.#count, deed };
		this.#count += 1;
		const before = this.#planned.findLastIndex(({ at }) => at <= planned.at);
		this.#planned.splice(before + 1, 0, planned);
		return () => {
			const at = this.#planned.indexOf(planned);
			if (at >= 0) this.#planned.splice(at, 1);
		};
	}

	/** Resolves after some ms of this world. */
	pass(ms: number): Promise<void> {
		return new Promise((resolve) => this.after(ms, resolve));
	}

	/** Lets time pass until `done`, or for so many ms. @returns whether it is done. */
	async until(done: () => boolean, mostMs: number): Promise<boolean> {
		const end = this.#now + mostMs;
		await settled();
		while (!done()) {
			const next = this.#planned[0];
			if (next === undefined || next.at > end) return false;
			this.#planned.shift();
			this.#now = next.at;
			next.deed();
			await settled();
		}
		return true;
	}
}

/** Resolves when every promise that could go on has gone on: they all do before the loop turns. */
function settled(): Promise<void> {
	return new Promise((resolve) => setImmediate(resolve));
}

/** Those that take scans, in the order in which they came, each with the till whose scans it takes, if not all. */
export class Takers<T> {
	readonly #tills = new Map<T, string | undefined>();

	/** @returns whether it is new; of one that was there, the last till counts. */
	add(taker: T, till?: string): boolean {
		const isNew = !this.#tills.has(taker);
		this.#tills.set(taker, till);
		return isNew;
	}

	remove(taker: T): void {
		this.#tills.delete(taker);
	}

	/** First those who take this till's scans alone. What is no till's is for those who take all. */
	of(till: string | undefined): T[] {
		const own: T[] = [];
		const all: T[] = [];
		this.#tills.forEach((taken, taker) => {
			if (taken === undefined) all.push(taker);
			else if (taken === till) own.push(taker);
		});
		return [...own, ...all];
	}
}

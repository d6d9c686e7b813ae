/** Waits for a turn; undefined: it is there. */
export type Turn = () => Promise<void> | undefined;

/** For a program that does one thing at a time. */
export const atOnce: Turn = () => undefined;

/** So many for whom somebody waits at the till come first; then one comes that can wait. */
const mostInARow = 8;

/**
 * The turns of one of many who ask: however much it wants, one of its pieces at a time stands in the line, so that each
 * of the others comes before its next one.
 */
export function oneByOne(turn: Turn): Turn {
	let last: Promise<void> | undefined;
	return () => {
		const next = last === undefined ? turn() : last.then(turn);
		last = next;
		const forget = () => {
			if (last === next) last = undefined;
		};
		void next?.then(forget);
		return next;
	};
}

/**
 * Gives each piece of work that takes long a turn of the event loop of its own.
 *
 * Node.js works off all that has arrived before it looks again. When many tills are at work at once that is twenty pieces
 * of a millisecond each, and that a sync has ended after the first is heard after the last: the request that waited
 * for it leaves so much later. With one piece in each turn it leaves between two of them ("The Node.js Event Loop": an
 * immediate that an immediate has set waits until the loop has looked again). The first piece is done at once, so that a
 * till alone waits for nothing.
 */
export class Turns {
	/** For a key that was pressed, in the order of the presses. */
	readonly pressed: Turn = () => this.#place(this.#presses);
	/** For what has arrived by itself, in its order: it lets key presses go first, but not for ever. */
	readonly arrived: Turn = () => this.#place(this.#arrivals);
	readonly #presses: (() => void)[] = [];
	readonly #arrivals: (() => void)[] = [];
	#pressesInARow = 0;
	#isTaken = false;

	#place(line: (() => void)[]): Promise<void> | undefined {
		if (this.#isTaken) return new Promise((resolve) => line.push(resolve));
		this.#isTaken = true;
		setImmediate(this.#next);
		return undefined;
	}

	readonly #next = (): void => {
		const next = this.#takeNext();
		this.#isTaken = next !== undefined;
		if (next === undefined) return;
		setImmediate(this.#next);
		next();
	};

	#takeNext(): (() => void) | undefined {
		const isPress =
			this.#presses.length > 0 && (this.#pressesInARow < mostInARow || this.#arrivals.length === 0);
		this.#pressesInARow = isPress ? this.#pressesInARow + 1 : 0;
		return (isPress ? this.#presses : this.#arrivals).shift();
	}
}

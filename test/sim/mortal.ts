/** Thrown through the program at the moment of its death; nothing that catches it can touch the world any more. */
export class Death extends Error {}

/**
 * One run of the program, seen by the world: it may end whenever the program touches disk, wire, printer or
 * clock. Between two touches nothing that it does can be seen from outside, so a death at any `await` is the
 * same as one at the next touch. After its death no touch does anything: calls throw, promises never settle.
 */
export class Mortal {
	readonly #isLast: (touch: string) => boolean;
	readonly #died = Promise.withResolvers<string>();
	#dead = false;

	/** @param isLast whether this touch is the run's last moment. */
	constructor(isLast: (touch: string) => boolean) {
		this.#isLast = isLast;
	}

	get dead(): boolean {
		return this.#dead;
	}

	/** Resolves with the last touch, or why the run ended. */
	get died(): Promise<string> {
		return this.#died.promise;
	}

	end(why: string): void {
		this.#dead = true;
		this.#died.resolve(why);
	}

	/** Does something that takes no time, unless the run dies before or after it. */
	do<T>(what: string, deed: () => T): T {
		this.#touch(`before ${what}`);
		const result = deed();
		this.#touch(`after ${what}`);
		return result;
	}

	/** Does something that takes time, unless the run dies before or after it. */
	async wait<T>(what: string, deed: () => Promise<T>): Promise<T> {
		if (!this.#survives(`before ${what}`)) return never();
		const result = await deed().then(
			(value) => () => value,
			(error: unknown) => () => {
				throw error;
			},
		);
		return this.#survives(`after ${what}`) ? result() : never();
	}

	/** Looks something up. */
	look<T>(deed: () => T): T {
		if (this.#dead) throw new Death();
		return deed();
	}

	#touch(touch: string): void {
		if (!this.#survives(touch)) throw new Death(touch);
	}

	#survives(touch: string): boolean {
		if (!this.#dead && this.#isLast(touch)) this.end(touch);
		return !this.#dead;
	}
}

export function never(): Promise<never> {
	return new Promise(() => undefined);
}

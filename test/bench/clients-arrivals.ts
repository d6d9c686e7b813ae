import { random } from "../sim/random.ts";

/** One customer of a till: when the card is to be shown and the key pressed, ms after the start. */
export type Arrival = { readonly showAt: number; readonly pressAt: number };

/**
 * The customers of one till, whether or not it is ready for them: one every `everyMs` on the average, at least half of
 * that after the one before, drawn by the seed. Many tills together are as irregular as a shop is.
 * @param everyMs also how far apart the first ones of different tills may be.
 */
export function arrivals(seed: number, most: number, everyMs: number): Arrival[] {
	const { next } = random(seed);
	let at = next() * everyMs;
	return Array.from({ length: most }, () => {
		const arrival = { showAt: at, pressAt: at + everyMs / 3 };
		at += everyMs * (0.5 + next());
		return arrival;
	});
}

/** Chance that a seed decides: the same seed gives the same numbers, on every machine. */
export type Random = {
	/** From 0 to below 1. */
	next(): number;
	/** A whole number from `least` to `most`. */
	between(least: number, most: number): number;
	/** Whether something happens that happens so often, 0 to 1. */
	chance(often: number): boolean;
	pick<const T>(choices: readonly [T, ...T[]]): T;
	/** A GUID as `crypto.randomUUID` makes them. */
	guid(): string;
};

/** The generator mulberry32: small, and good enough to choose mishaps by. */
export function random(seed: number): Random {
	let state = seed >>> 0;
	const next = () => {
		state = (state + 0x6d_2b_79_f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
	const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
	const hex = (digits: number) => Array.from({ length: digits }, () => between(0, 15).toString(16)).join("");
	return {
		next,
		between,
		chance: (often) => next() < often,
		pick: ([first, ...others]) => [first, ...others][between(0, others.length)] ?? first,
		guid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`,
	};
}

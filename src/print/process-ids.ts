const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const length = 4;
const all = digits.length ** length;

/** A new id at most so often on average, in ms: all come again after 17 days only, and none after a restart. */
const tickMs = 100;

/**
 * Process ids of one printer: four letters or digits each (GS ( H takes 20h to 7Eh), none of which comes again soon, so
 * that the late echo of an older block proves nothing of a newer one. They follow the clock, and so go on after a
 * restart where they would be without it.
 * @param now wall-clock time, ms since 1970.
 */
export function processIds(now: () => number): () => string {
	let last = Number.NEGATIVE_INFINITY;
	return () => {
		last = Math.max(last + 1, Math.floor(now() / tickMs));
		return written(last % all);
	};
}

function written(number: number): string {
	const places = Array.from({ length }, (_, index) => Math.floor(number / digits.length ** index));
	return places
		.map((place) => digits[place % digits.length])
		.reverse()
		.join("");
}

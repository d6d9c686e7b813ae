import type { Clock } from "../model/clock.ts";

/** The result of `work`, or what `late` makes when it takes longer than `ms`. */
export async function within<T>(ms: number, clock: Clock, work: Promise<T>, late: () => Error): Promise<T> {
	const enough = new AbortController();
	const end = clock.sleep(ms, enough.signal).then(
		() => Promise.reject(late()),
		() => work,
	);
	try {
		return await Promise.race([work, end]);
	} finally {
		enough.abort();
	}
}

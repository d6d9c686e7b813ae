import type { Clock } from "../model/clock.ts";

/**
 * What was promised, if it comes within `ms`. Rejects with what `late` makes when it does not, and with the signal's
 * reason when that aborts first; what is promised then comes to nothing.
 */
export async function within<T>(
	ms: number,
	promised: Promise<T>,
	late: () => unknown,
	clock: Clock,
	signal: AbortSignal,
): Promise<T> {
	const done = new AbortController();
	const deadline = clock.sleep(ms, AbortSignal.any([done.signal, signal])).then(() => {
		throw late();
	});
	try {
		return await Promise.race([promised, deadline]);
	} finally {
		done.abort("done");
	}
}

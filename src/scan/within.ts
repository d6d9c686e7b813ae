import type { Clock } from "../model/clock.ts";
import { whenAborted } from "../model/when-aborted.ts";

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
	const deafen = whenAborted([signal], ({ reason }) => done.abort(reason));
	const deadline = clock.sleep(ms, done.signal).then(() => {
		throw late();
	});
	try {
		return await Promise.race([promised, deadline]);
	} finally {
		deafen();
		done.abort("done");
	}
}

import type { Clock } from "../model/clock.ts";

/** What `work` comes to, or undefined when it takes longer than `ms`; its later end is nobody's business. */
export async function within<T>(ms: number, clock: Clock, work: Promise<T>): Promise<T | undefined> {
	const done = new AbortController();
	const late = clock.sleep(ms, done.signal).then(
		() => undefined,
		() => undefined,
	);
	try {
		return await Promise.race([work, late]);
	} finally {
		done.abort("done");
	}
}

import type { Clock } from "../model/clock.ts";
import { whenAborted } from "../model/when-aborted.ts";

/**
 * Does something within its deadlines in ms, or until one of the caller's own signals aborts. It is watched over from
 * the end of this turn, when undici has handed a request over: to begin with that takes about as long as all the rest
 * that a request needs to get to the wire.
 * @param deed gets what ends it, and what ends it only while it has not begun.
 */
export async function withDeadlines<T>(
	{ startMs, answerMs }: { readonly startMs: number; readonly answerMs: number },
	clock: Clock,
	ends: readonly AbortSignal[],
	deed: (limit: AbortSignal, startBy: AbortSignal) => Promise<T>,
): Promise<T> {
	const [limit, startBy, over] = [new AbortController(), new AbortController(), new AbortController()];
	const start: Deadline = { ms: startMs, late: () => startBy.abort(`no connection within ${startMs} ms`) };
	const answer: Deadline = { ms: answerMs, late: () => limit.abort(`no whole answer within ${answerMs} ms`) };
	const ended = ends.find(({ aborted }) => aborted);
	if (ended !== undefined) limit.abort(ended.reason);
	const done = deed(limit.signal, startBy.signal);
	let deafen: (() => void) | undefined;
	const watching = setImmediate(() => {
		deafen = whenAborted(ends, ({ reason }) => limit.abort(reason));
		const order = startMs <= answerMs ? ([start, answer] as const) : ([answer, start] as const);
		oneAfterTheOther(order, clock, over.signal).catch(() => undefined);
	});
	return done.finally(() => {
		clearImmediate(watching);
		deafen?.();
		over.abort("done");
	});
}

type Deadline = { readonly ms: number; readonly late: () => void };

/** One timer at a time: nearly always the deed is over before the first. */
async function oneAfterTheOther(
	[first, second]: readonly [Deadline, Deadline],
	clock: Clock,
	over: AbortSignal,
): Promise<void> {
	await clock.sleep(first.ms, over);
	first.late();
	await clock.sleep(second.ms - first.ms, over);
	second.late();
}

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
	const endAfter = (ms: number, late: AbortController, words: string) => {
		clock.sleep(ms, over.signal).then(
			() => late.abort(words),
			() => undefined,
		);
	};
	const ended = ends.find(({ aborted }) => aborted);
	if (ended !== undefined) limit.abort(ended.reason);
	const done = deed(limit.signal, startBy.signal);
	let deafen: (() => void) | undefined;
	const watching = setImmediate(() => {
		deafen = whenAborted(ends, ({ reason }) => limit.abort(reason));
		endAfter(startMs, startBy, `no connection within ${startMs} ms`);
		endAfter(answerMs, limit, `no whole answer within ${answerMs} ms`);
	});
	return done.finally(() => {
		clearImmediate(watching);
		deafen?.();
		over.abort("done");
	});
}

import type { Clock } from "../model/clock.ts";

/**
 * Does something within its deadlines in ms, or until the caller's own signal aborts.
 * @param deed gets what ends it, and what ends it only while it has not begun.
 */
export async function withDeadlines<T>(
	{ startMs, answerMs }: { readonly startMs: number; readonly answerMs: number },
	clock: Clock,
	signal: AbortSignal | undefined,
	deed: (limit: AbortSignal, startBy: AbortSignal) => Promise<T>,
): Promise<T> {
	const over = new AbortController();
	const after = (ms: number, words: string) => {
		const late = new AbortController();
		clock.sleep(ms, over.signal).then(
			() => late.abort(words),
			() => undefined,
		);
		return late.signal;
	};
	const startBy = after(startMs, `no connection within ${startMs} ms`);
	const answerBy = after(answerMs, `no whole answer within ${answerMs} ms`);
	const limit = signal === undefined ? answerBy : AbortSignal.any([answerBy, signal]);
	return deed(limit, startBy).finally(() => over.abort("done"));
}

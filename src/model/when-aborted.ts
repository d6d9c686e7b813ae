/**
 * Does something for each of these signals when it aborts, at once for one that has. It takes back by hand what a
 * listener's own option `signal`, or `AbortSignal.any`, takes back by itself: Node.js keeps those in weak references
 * and finalization registries, and to these V8's scavenges must hold. All that a payment is would live to see the old
 * space (https://v8.dev/blog/trash-talk; `kWeakHandler` in Node.js, lib/internal/event_target.js).
 * @returns takes it back. To be called when what it was for is over: a signal may live as long as the process.
 */
export function whenAborted(
	signals: readonly AbortSignal[],
	deed: (signal: AbortSignal) => void,
): () => void {
	const heard = signals.map((signal) => hear(signal, () => deed(signal)));
	return () => {
		for (const takeBack of heard) takeBack();
	};
}

function hear(signal: AbortSignal, deed: () => void): () => void {
	if (signal.aborted) {
		deed();
		return () => undefined;
	}
	signal.addEventListener("abort", deed, { once: true });
	return () => signal.removeEventListener("abort", deed);
}

/** Does something under a signal that aborts with the first of several, for its reason, as long as it is done. */
export async function underAny<T>(
	signals: readonly AbortSignal[],
	deed: (any: AbortSignal) => Promise<T>,
): Promise<T> {
	const any = new AbortController();
	const takeBack = whenAborted(signals, ({ reason }) => any.abort(reason));
	try {
		return await deed(any.signal);
	} finally {
		takeBack();
	}
}

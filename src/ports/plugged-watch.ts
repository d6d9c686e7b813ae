import { isDeepStrictEqual } from "node:util";
import { Observable } from "rxjs";
import type { Clock } from "../model/clock.ts";
import type { Plugged } from "./plugged.ts";

/**
 * What is plugged in: at once, and again whenever it has changed. It is looked at every `everyMs`; a look that fails
 * counts as no change. Each subscription looks for itself. Never completes or errors.
 */
export function plugged$(
	list: () => Promise<readonly Plugged[]>,
	everyMs: number,
	clock: Clock,
): Observable<readonly Plugged[]> {
	return new Observable((watcher) => {
		const end = new AbortController();
		const watch = async () => {
			let known: readonly Plugged[] | undefined;
			while (!end.signal.aborted) {
				const now = await list().catch(() => known);
				if (!end.signal.aborted && now !== undefined && !isDeepStrictEqual(now, known)) watcher.next(now);
				known = now;
				await clock.sleep(everyMs, end.signal);
			}
		};
		watch().catch((error: unknown) => {
			// The pause rejects when it is cut short by the end.
			if (!end.signal.aborted) watcher.error(error);
		});
		return () => end.abort();
	});
}

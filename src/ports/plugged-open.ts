import { type Observable, Subject } from "rxjs";
import type { Clock } from "../model/clock.ts";
import type { Port } from "../model/device.ts";
import { PortError } from "./gone.ts";
import type { Plugged } from "./plugged.ts";
import type { DeviceName } from "./plugged-name.ts";
import { resolve, type Wanted } from "./plugged-resolve.ts";

/**
 * Opens the device that a name means now: it may have another path each time it is plugged in.
 * @throws {FaultError} `scanner-away` when no device has that name, or what `open` throws.
 */
export async function openNamed(
	name: DeviceName,
	wanted: Wanted,
	list: () => Promise<readonly Plugged[]>,
	open: (path: string) => Promise<Port>,
): Promise<Port> {
	const found = resolve(name, name.by === "path" ? [] : await list(), wanted);
	if ("why" in found) throw new PortError("scanner-away", { reason: "unplugged", detail: found.why });
	return open(found.path);
}

/** For how long after a change pauses are short, and how short, in ms. */
const settling = { forMs: 3_000, pauseMs: 200 } as const;

/**
 * A clock whose pauses end when something has changed, and are short for a while after: a device that has just been
 * plugged in gets its rights and its links a moment after its file, and must not wait for the end of a long back-off.
 * `monotonic` is a time in ms that nobody sets.
 */
export function wakefulClock(
	clock: Clock,
	changes$: Observable<unknown>,
	monotonic: () => number = () => performance.now(),
): { readonly clock: Clock; close(): void } {
	const woken$ = new Subject<void>();
	let shortUntil = Number.NEGATIVE_INFINITY;
	const watch = changes$.subscribe(() => {
		shortUntil = monotonic() + settling.forMs;
		woken$.next();
	});
	const sleep = async (ms: number, signal?: AbortSignal) => {
		const wake = new AbortController();
		const waking = woken$.subscribe(() => wake.abort());
		const pause = monotonic() < shortUntil ? Math.min(ms, settling.pauseMs) : ms;
		try {
			await clock.sleep(pause, signal === undefined ? wake.signal : AbortSignal.any([signal, wake.signal]));
		} catch (error) {
			if (signal?.aborted === true || !wake.signal.aborted) throw error;
		} finally {
			waking.unsubscribe();
		}
	};
	return { clock: { now: clock.now, sleep }, close: () => watch.unsubscribe() };
}

import { Observable } from "rxjs";
import type { Clock } from "../model/clock.ts";
import type { Gone, Port, Presence } from "../model/device.ts";
import type { ReopenSettings } from "../model/settings/devices.ts";
import { goneBy } from "./gone.ts";

/**
 * Keeps a device open for as long as someone is subscribed: opens it, waits until it is gone, and opens it again
 * after a pause. The pause grows with every failure in a row and is the first one again after a success.
 * Every subscription opens a channel of its own and closes it when it ends. Never completes or errors.
 */
export function keepOpen(
	open: () => Promise<Port>,
	backOff: ReopenSettings,
	clock: Clock,
): Observable<Presence> {
	return new Observable((watcher) => {
		const end = new AbortController();
		const tell = (presence: Presence) => watcher.next(presence);
		keep(open, backOff, clock, tell, end.signal).catch((error: unknown) => {
			// The pause between two tries rejects when it is cut short by the end.
			if (!end.signal.aborted) watcher.error(error);
		});
		return () => end.abort();
	});
}

async function keep(
	open: () => Promise<Port>,
	{ firstWaitMs, factor, mostWaitMs }: ReopenSettings,
	clock: Clock,
	tell: (presence: Presence) => void,
	end: AbortSignal,
): Promise<void> {
	let retryInMs = firstWaitMs;
	while (!end.aborted) {
		const { wasOpen, gone } = await openOnce(open, tell, end);
		if (end.aborted) return;
		if (wasOpen) retryInMs = firstWaitMs;
		tell({ state: "away", gone, retryInMs });
		await clock.sleep(retryInMs, end);
		retryInMs = Math.min(Math.round(retryInMs * factor), mostWaitMs);
	}
}

/** Opens the device and resolves when it is gone, at once if it could not be opened. */
async function openOnce(
	open: () => Promise<Port>,
	tell: (presence: Presence) => void,
	end: AbortSignal,
): Promise<{ wasOpen: boolean; gone: Gone }> {
	let port: Port;
	try {
		port = await open();
	} catch (error) {
		return { wasOpen: false, gone: goneBy(error) };
	}
	const close = () => void port.close();
	end.addEventListener("abort", close, { once: true });
	if (end.aborted) close();
	else tell({ state: "open", port });
	const gone = await port.gone;
	end.removeEventListener("abort", close);
	return { wasOpen: true, gone };
}

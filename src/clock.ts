import type { Clock } from "./model/clock.ts";

/** The machine's own clock, over the global timers so that fake timers reach it. */
export const systemClock: Clock = {
	now: () => Date.now(),
	sleep: (ms, signal) =>
		new Promise((resolve, reject) => {
			if (signal?.aborted) {
				reject(signal.reason);
				return;
			}
			const stop = () => {
				clearTimeout(timer);
				reject(signal?.reason);
			};
			const timer = setTimeout(() => {
				signal?.removeEventListener("abort", stop);
				resolve();
			}, ms);
			signal?.addEventListener("abort", stop, { once: true });
		}),
};

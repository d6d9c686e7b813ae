import type { Clock } from "../../src/model/clock.ts";

/** The computer's time. Its waits keep no process alive. */
export const realClock: Clock = {
	now: () => Date.now(),
	sleep: (ms, signal) =>
		new Promise((resolve, reject) => {
			signal?.throwIfAborted();
			const stop = () => {
				clearTimeout(timer);
				reject(signal?.reason);
			};
			const timer = setTimeout(() => {
				signal?.removeEventListener("abort", stop);
				resolve();
			}, ms);
			timer.unref();
			signal?.addEventListener("abort", stop, { once: true });
		}),
};

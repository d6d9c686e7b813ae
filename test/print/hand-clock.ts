import type { Clock } from "../../src/model/clock.ts";

/** A clock on which a deadline passes when the test says so, and never by itself. */
type HandClock = Clock & {
	/** From now on every wait of exactly `ms` is over, those under way too. */
	pass(ms: number): void;
};

export function handClock(): HandClock {
	const passed = new Set<number>();
	const waits = new Set<{ ms: number; end: () => void }>();
	return {
		now: () => 0,
		sleep: (ms, signal) =>
			new Promise((resolve, reject) => {
				const wait = { ms, end: () => resolve(void waits.delete(wait)) };
				waits.add(wait);
				if (passed.has(ms)) wait.end();
				signal?.addEventListener("abort", () => {
					waits.delete(wait);
					reject(signal.reason);
				});
			}),
		pass: (ms) => {
			passed.add(ms);
			for (const wait of waits) if (wait.ms === ms) wait.end();
		},
	};
}

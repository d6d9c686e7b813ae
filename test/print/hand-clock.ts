import type { Clock } from "../../src/model/clock.ts";

/** A clock on which a deadline passes when the test says so, and never by itself. */
type HandClock = Clock & {
	/** From now on every wait of exactly `ms` is over, those under way too. */
	pass(ms: number): void;
	/** The waits of exactly `ms` that are under way are over. */
	lapse(ms: number): void;
	/** Resolves when somebody waits for exactly `ms`, at once if somebody does. */
	waiting(ms: number): Promise<void>;
};

export function handClock(): HandClock {
	const passed = new Set<number>();
	const waits = new Set<{ ms: number; end: () => void }>();
	const watchers = new Set<{ ms: number; tell: () => void }>();
	const lapse = (ms: number) => {
		for (const wait of [...waits]) if (wait.ms === ms) wait.end();
	};
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
				for (const watcher of [...watchers]) if (watcher.ms === ms) watcher.tell();
			}),
		pass: (ms) => {
			passed.add(ms);
			lapse(ms);
		},
		lapse,
		waiting: (ms) =>
			new Promise((resolve) => {
				const watcher = {
					ms,
					tell: () => {
						watchers.delete(watcher);
						resolve();
					},
				};
				if ([...waits].some((wait) => wait.ms === ms)) resolve();
				else watchers.add(watcher);
			}),
	};
}

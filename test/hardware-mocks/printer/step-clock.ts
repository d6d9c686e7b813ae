import type { Clock } from "../../../src/model/clock.ts";

/** A clock that goes on only when told to; waits end in the order of their times. */
export type StepClock = Clock & {
	/** Lets so many ms pass, and all that follows from them happen. */
	pass(ms: number): Promise<void>;
};

export function stepClock(): StepClock {
	let now = 0;
	const waits = new Set<{ until: number; end: () => void }>();
	const settle = () => new Promise((resolve) => setImmediate(resolve));
	return {
		now: () => now,
		sleep: (ms, signal) =>
			new Promise((resolve, reject) => {
				const wait = { until: now + ms, end: resolve };
				waits.add(wait);
				signal?.addEventListener("abort", () => {
					waits.delete(wait);
					reject(signal.reason);
				});
			}),
		pass: async (ms) => {
			const end = now + ms;
			for (;;) {
				const [next] = [...waits].filter(({ until }) => until <= end).sort((a, b) => a.until - b.until);
				now = next?.until ?? end;
				if (next === undefined) return;
				waits.delete(next);
				next.end();
				await settle();
			}
		},
	};
}

/** Time as the rooms see it; tests drive it by hand. */
export type Clock = {
	/** Wall-clock time, ms since 1970. */
	now(): number;
	/** Resolves after `ms`, or rejects with the signal's reason when it aborts first. */
	sleep(ms: number, signal?: AbortSignal): Promise<void>;
};

import type { OnDisk } from "../model/on-disk.ts";

/** One sync for all that was written while the one before was under way. */
export type GroupSync = {
	/** Something was written that has to be on disk: brings it there, beside everything else. */
	wrote(): void;
	readonly onDisk: OnDisk;
};

/**
 * @param sync brings to the disk all that was written before it is called. It is called again only when the last one
 * has ended, and never after one that failed: the next one may succeed without having written what that one lost
 * ("Can Applications Recover from fsync Failures?", Rebello and others, USENIX ATC 2020).
 */
export function groupSync(sync: () => Promise<void>): GroupSync {
	let running: Promise<void> | undefined;
	/** Begins when the running one has ended. */
	let following: Promise<void> | undefined;

	const begin = (): Promise<void> => {
		following = undefined;
		const begun = sync().then(() => {
			if (running === begun) running = undefined;
		});
		running = begun;
		return begun;
	};
	return {
		wrote: () => {
			if (running === undefined) begin().catch(unheard);
			else if (following === undefined) {
				following = running.then(begin);
				following.catch(unheard);
			}
		},
		onDisk: () => following ?? running,
	};
}

/** Who waits hears of a failure by waiting; nobody need wait. */
const unheard = () => undefined;

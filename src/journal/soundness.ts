import { inWords, isDiskFailure, journalFailure } from "./failure.ts";

/**
 * Whether the disk still holds what the journal believes. When a commit or a sync has failed, its bytes may survive in
 * the write-ahead log or not; and a system that failed to sync once may call the same pages clean afterwards. Only a
 * new start, which reads the disk itself, knows what stands.
 */
export type Soundness = {
	/** Rejects once, with the first failure that left the disk in doubt. Nobody has to listen. */
	readonly failed: Promise<never>;
	isSound(): boolean;
	/** @throws {FaultError} `journal-failed` from the first doubt on. `deed` completes the sentence "could not ...". */
	demand(deed: string): void;
	/** Does a deed that writes; a failure of the disk itself leaves it in doubt. */
	write<T>(deed: string, work: () => T): T;
	/** Commits, syncs or rolls back; when that fails, for whatever reason, the disk is in doubt. */
	settle(deed: string, work: () => void): void;
	/** The same for what ends later. @throws {FaultError} `journal-failed` */
	settled(deed: string, work: Promise<void>): Promise<void>;
};

export function openSoundness(): Soundness {
	const { promise: failed, reject } = Promise.withResolvers<never>();
	failed.catch(() => undefined);
	let sound = true;
	const demand = (deed: string) => {
		if (!sound) throw journalFailure(deed, "the journal has failed", "kassad must be restarted.");
	};
	const doubt = (failure: unknown) => {
		sound = false;
		reject(failure);
	};
	const watch = <T>(deed: string, work: () => T, leavesDoubt: (error: unknown) => boolean): T => {
		try {
			return work();
		} catch (error) {
			const failure = inWords(deed, error);
			if (leavesDoubt(error)) doubt(failure);
			throw failure;
		}
	};
	return {
		failed,
		isSound: () => sound,
		demand,
		write: (deed, work) => {
			demand(deed);
			return watch(deed, work, isDiskFailure);
		},
		settle: (deed, work) => watch(deed, work, () => true),
		settled: (deed, work) =>
			work.catch((error: unknown) => {
				const failure = inWords(deed, error);
				doubt(failure);
				throw failure;
			}),
	};
}

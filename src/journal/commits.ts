import type { DatabaseSync } from "node:sqlite";
import type { OnDisk } from "../model/on-disk.ts";
import { groupSync } from "./group-sync.ts";
import type { LogDisk } from "./log-disk.ts";
import { openSoundness, type Soundness } from "./soundness.ts";

/** Deeds that change a database, each of them one transaction. */
export type Commits = {
	/**
	 * Does a deed as one transaction with one sync: all of it is on disk when this returns. When it throws, nothing
	 * of it is there, unless `failed` has rejected. `deed` completes the sentence "could not ...".
	 * @throws {FaultError} `journal-failed`, or what `work` throws.
	 */
	transact<T>(deed: string, work: () => T): T;
	/** As `transact`, but it is on disk when `onDisk` says so, and nobody may be told of it before that. */
	defer<T>(deed: string, work: () => T): T;
	/**
	 * As `transact`, without a sync of its own: when this returns the deed survives the end of this process, and it is on
	 * disk with the next of the other deeds, never after a later one. For what nobody is told before that.
	 */
	jot<T>(deed: string, work: () => T): T;
	/** Of all that was deferred before the call. */
	readonly onDisk: OnDisk;
	/** Rejects once, with the failure after which only a new start knows what is on disk. */
	readonly failed: Promise<never>;
};

/**
 * @param file does not sync by itself: a commit is no more than a write to its log.
 * @param disk of that log.
 */
export function openCommits(
	file: DatabaseSync,
	disk: LogDisk,
): Commits & Pick<Soundness, "demand" | "write"> {
	const { failed, demand, write, settle, settled } = openSoundness();
	const { wrote, onDisk } = groupSync(() => settled("bring the journal to the disk", disk.soon()));
	const commit = committing(file, settle);
	const jot: Commits["jot"] = (deed, work) => write(deed, () => commit(deed, work));
	const andThen = <T>(result: T, then: () => void): T => {
		then();
		return result;
	};
	return {
		failed,
		demand,
		write,
		transact: (deed, work) => andThen(jot(deed, work), () => settle(deed, disk.now)),
		defer: (deed, work) => andThen(jot(deed, work), wrote),
		jot,
		onDisk,
	};
}

function committing(file: DatabaseSync, settle: Soundness["settle"]) {
	const [begin, commit, rollback] = [
		file.prepare("BEGIN IMMEDIATE"),
		file.prepare("COMMIT"),
		file.prepare("ROLLBACK"),
	];
	return <T>(deed: string, work: () => T): T => {
		begin.run();
		try {
			const result = work();
			settle(deed, () => commit.run());
			return result;
		} catch (error) {
			// A full disk makes SQLite roll back by itself ("Response To Errors Within A Transaction").
			if (file.isTransaction) settle(deed, () => rollback.run());
			throw error;
		}
	};
}

import type { DatabaseSync } from "node:sqlite";
import { FaultError } from "../model/fault.ts";
import type { OnDisk } from "../model/on-disk.ts";
import { groupSync } from "./group-sync.ts";
import { type Jottings, openJottings } from "./jottings.ts";
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
	 * Does a deed with the next of the others, as one transaction, or by itself at the end of this turn, without a sync
	 * of its own: it is on disk with the next that has one, never after a later one. For what nobody is told before
	 * that, and what cannot fail but by the disk: a deed that throws leaves the journal in doubt.
	 * @throws {FaultError} `journal-failed`
	 */
	jot(deed: string, work: () => void): void;
	/** Of all that was deferred before the call. */
	readonly onDisk: OnDisk;
	/** Rejects once, with the failure after which only a new start knows what is on disk. */
	readonly failed: Promise<never>;
};

/** Takes part in every transaction. */
export type Companion = {
	/** What was done in it is not there any more. */
	rolledBack(): void;
	/** Inside the transaction, before it is committed. */
	finish(): void;
};

type OpenCommits = Commits &
	Pick<Soundness, "demand" | "write"> & {
		/** Does what has been jotted down and not been done yet. @throws {FaultError} `journal-failed` */
		catchUp(): void;
		/** The file is about to be closed. */
		close(): void;
		accompany(companion: Companion): void;
	};

/**
 * @param file does not sync by itself: a commit is no more than a write to its log.
 * @param disk of that log.
 */
export function openCommits(file: DatabaseSync, disk: LogDisk): OpenCommits {
	const soundness = openSoundness();
	const { failed, demand, write, settle, settled } = soundness;
	const { wrote, onDisk } = groupSync(() => settled("bring the journal to the disk", disk.soon()));
	const jottings = openJottings(() => unlessItFails(catchUp));
	let companion = alone;
	const accompanied: Companion = {
		rolledBack: () => companion.rolledBack(),
		finish: () => companion.finish(),
	};
	const commit = committing({ file, soundness, jottings, companion: accompanied });
	const catchUp = () => {
		if (!jottings.isEmpty) write("write down what was noted", () => commit("write it down", () => undefined));
	};
	const andThen = <T>(result: T, then: () => void): T => {
		then();
		return result;
	};
	const committed: Commits["transact"] = (deed, work) => write(deed, () => commit(deed, work));
	return {
		failed,
		demand,
		write,
		catchUp,
		transact: (deed, work) => andThen(committed(deed, work), () => settle(deed, disk.now)),
		defer: (deed, work) => andThen(committed(deed, work), wrote),
		jot: (deed, work) => {
			demand(deed);
			jottings.add(deed, work);
		},
		onDisk,
		accompany: (one) => {
			companion = one;
		},
		close: () => {
			unlessItFails(catchUp);
			jottings.take();
		},
	};
}

/** Who is to be told is told by `failed`. */
function unlessItFails(work: () => void): void {
	try {
		work();
	} catch (error) {
		if (!(error instanceof FaultError)) throw error;
	}
}

const alone: Companion = { rolledBack: () => undefined, finish: () => undefined };

type Parts = {
	readonly file: DatabaseSync;
	readonly soundness: Soundness;
	readonly jottings: Jottings;
	readonly companion: Companion;
};

/** A deed as one transaction, with what was jotted down before it. */
function committing(parts: Parts) {
	const { soundness, jottings } = parts;
	const transaction = openTransaction(parts);
	return <T>(deed: string, work: () => T): T => {
		const noted = jottings.take();
		if (noted.length === 0) return transaction(deed, work);
		const doNoted = () => {
			for (const one of noted) soundness.settle(one.deed, one.work);
		};
		try {
			return transaction(deed, () => {
				doNoted();
				return work();
			});
		} catch (error) {
			// A deed that throws takes nothing along with it.
			if (soundness.isSound()) soundness.settle(deed, () => transaction(deed, doNoted));
			throw error;
		}
	};
}

function openTransaction({ file, soundness, companion }: Parts) {
	const [begin, commit, rollback] = [
		file.prepare("BEGIN IMMEDIATE"),
		file.prepare("COMMIT"),
		file.prepare("ROLLBACK"),
	];
	return <T>(deed: string, work: () => T): T => {
		begin.run();
		try {
			const result = work();
			companion.finish();
			soundness.settle(deed, () => commit.run());
			return result;
		} catch (error) {
			// A full disk makes SQLite roll back by itself ("Response To Errors Within A Transaction").
			if (file.isTransaction) soundness.settle(deed, () => rollback.run());
			companion.rolledBack();
			throw error;
		}
	};
}

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
	/** How far it has come in this one. */
	mark(): number;
	/** What was done since that mark is not there any more. */
	rolledBack(mark: number): void;
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
	const { failed, demand, write, settle, settled } = openSoundness();
	const { wrote, onDisk } = groupSync(() => settled("bring the journal to the disk", disk.soon()));
	const jottings = openJottings(settle, () => unlessItFails(catchUp));
	let companion = alone;
	const accompanied: Companion = {
		mark: () => companion.mark(),
		rolledBack: (mark) => companion.rolledBack(mark),
		finish: () => companion.finish(),
	};
	const commit = committing({ file, settle, jottings, companion: accompanied });
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
			jottings.forget();
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

const alone: Companion = { mark: () => 0, rolledBack: () => undefined, finish: () => undefined };

type Parts = {
	readonly file: DatabaseSync;
	readonly settle: Soundness["settle"];
	readonly jottings: Jottings;
	readonly companion: Companion;
};

function committing(parts: Parts) {
	const { file, settle, jottings, companion } = parts;
	const [begin, commit, rollback] = [
		file.prepare("BEGIN IMMEDIATE"),
		file.prepare("COMMIT"),
		file.prepare("ROLLBACK"),
	];
	const end = () => {
		companion.finish();
		commit.run();
	};
	const afterJottings = besideJottings(parts, end);
	return <T>(deed: string, work: () => T): T => {
		const before = companion.mark();
		begin.run();
		try {
			const result = jottings.isEmpty ? work() : afterJottings(deed, work);
			companion.finish();
			settle(deed, () => commit.run());
			return result;
		} catch (error) {
			// A full disk makes SQLite roll back by itself ("Response To Errors Within A Transaction").
			if (file.isTransaction) settle(deed, () => rollback.run());
			companion.rolledBack(before);
			throw error;
		}
	};
}

/** A deed that throws takes back itself alone; then `end` commits what was jotted down before it. */
function besideJottings({ file, settle, jottings, companion }: Parts, end: () => void) {
	const [savepoint, back] = [file.prepare("SAVEPOINT deed"), file.prepare("ROLLBACK TO deed")];
	return <T>(deed: string, work: () => T): T => {
		jottings.doAll();
		savepoint.run();
		const before = companion.mark();
		try {
			return work();
		} catch (error) {
			settle(deed, () => {
				// SQLite has rolled back by itself: what was jotted down is lost.
				if (!file.isTransaction) throw error;
				back.run();
				companion.rolledBack(before);
				end();
			});
			throw error;
		}
	};
}

import type { KeyObject } from "node:crypto";
import { join } from "node:path";
import type { Clock } from "../model/clock.ts";
import type { OnDisk } from "../model/on-disk.ts";
import type { Diary } from "../model/operation.ts";
import { openAttempts } from "./attempts.ts";
import { type Chain, lendChain, openChain } from "./chain.ts";
import { type Database, openDatabase } from "./database.ts";
import { type EventBook, type Events, openEvents } from "./events.ts";
import { ensureFolder } from "./files.ts";
import { FoldThread } from "./fold-thread.ts";
import { InProgress } from "./in-progress.ts";
import { demandKey, keyCheckOf } from "./key-check.ts";
import { keyOf } from "./key-file.ts";
import { openKeys } from "./keys.ts";
import { type Ledger, openLedger } from "./ledger.ts";
import { lockJournal } from "./lock.ts";
import { logDisk } from "./log-disk.ts";
import { migrate } from "./migration.ts";
import { type OpenOperations, unfinishedOperations } from "./open-operations.ts";
import { type Operations, openOperations } from "./operations.ts";
import { openPrints, type Prints } from "./prints.ts";
import { openQuestions, type Questions } from "./questions.ts";
import { openRecords, type Records } from "./records.ts";
import { openRefunds, type Refunds } from "./refunds.ts";
import { keepRetention } from "./retention.ts";
import { createTables, hasNoTables } from "./schema.ts";
import { type Seal, sealWith } from "./seal.ts";
import { openSessions, type Sessions } from "./sessions.ts";
import { openShiftReports, type ShiftReports } from "./shift-reports.ts";
import { openShifts, type Shifts } from "./shifts.ts";
import { openSlips } from "./slips.ts";
import { Tidying } from "./tidying.ts";

/**
 * What the till meant to do and what came of it, on disk before anyone is told: power may fail at any moment. What the
 * till itself is told it may act upon at once; what leaves the process waits for `onDisk`, but a print begins on
 * disk. (`Diary` says what of it may be lost with the power.)
 */
export type Journal = Operations &
	Questions &
	Records &
	Refunds &
	OpenOperations &
	ShiftReports &
	Pick<InProgress, "isPaying"> &
	Pick<Sessions, "usedSession"> & {
		/** Where the requests of one operation are written down. */
		diary(operationId: string): Diary;
		readonly ledger: Ledger;
		readonly shifts: Shifts;
		readonly prints: Prints;
		readonly events: Events;
		/** What holds every row to all that was written before it. */
		readonly chain: Chain;
		/** Of all that any call has written. */
		readonly onDisk: OnDisk;
		/**
		 * Rejects once, with the FaultError `journal-failed` after which nobody knows what is on disk: a commit or a
		 * write that the disk failed. From then on every call throws; the process must end, and a new start reads
		 * what stands, which may be more than was told. Closing still helps: it takes what failed off the disk, if the
		 * disk lets it. Nobody has to listen.
		 */
		readonly failed: Promise<never>;
		/** Safe to call twice. */
		close(): void;
	};

export type JournalSettings = {
	/** Folder of the database, its key and its lock; made when it is not there. */
	readonly folder: string;
	/** Days for which a finished operation's key gets its first answer, and an event is told again. */
	readonly keepDays: number;
	/** Days after which a finished operation is erased with all that belongs to it; null keeps everything. */
	readonly eraseAfterDays: number | null;
	/** How many transient events are remembered. */
	readonly mostRecentEvents: number;
};

/**
 * Opens the journal, or begins a new one.
 * @param diskOf the disk of its log.
 * @throws {FaultError} `journal-failed` when it cannot be used: what happened, why, and what to do. What was in
 * the folder is then as it was.
 */
export function openJournal(settings: JournalSettings, clock: Clock, diskOf = logDisk): Journal {
	const { folder } = settings;
	using opening = new DisposableStack();
	ensureFolder(folder);
	opening.adopt(lockJournal(folder), (lock) => lock.release());
	const path = join(folder, "journal.db");
	const thread = opening.adopt(new FoldThread(path), (opened) => opened.close());
	const database = opening.adopt(openDatabase(path, diskOf), (opened) => opened.close());
	const key = keyOf(join(folder, "journal.key"), hasNoTables(database));
	lendChain(database, key, clock);
	const seal = openSeal(key, database);
	migrate(database);
	const chain = openChain(database, key);
	const events = opening.adopt(openEvents(database, settings, clock), (opened) => opened.close());
	const sessions = openSessions(database, seal, clock);
	const parts = { database, events, sessions, thread, clock };
	const tidying = opening.adopt(new Tidying(parts), (opened) => opened.stop());
	opening.adopt(keepRetention(database, settings.eraseAfterDays, clock), (kept) => kept.stop());
	const journal = compose({ database, seal, chain, events, sessions, keepDays: settings.keepDays, clock });
	const held = opening.move();
	return {
		...journal,
		finish: (...outcome) => {
			const finished = journal.finish(...outcome);
			tidying.soon();
			return finished;
		},
		close: () => held.dispose(),
	};
}

type Foundation = {
	readonly database: Database;
	readonly seal: Seal;
	readonly chain: Chain;
	readonly events: EventBook;
	readonly sessions: Sessions;
	readonly keepDays: number;
	readonly clock: Clock;
};

function compose(foundation: Foundation): Omit<Journal, "close"> {
	const { database, seal, events, sessions, clock } = foundation;
	const attempts = openAttempts(database, clock);
	const slips = openSlips(database);
	const keys = openKeys(database, foundation.keepDays, clock);
	const prints = openPrints({ database, events, keys, clock });
	const refunds = openRefunds(database);
	const records = openRecords({ database, slips, prints, keys });
	const unfinished = unfinishedOperations(database, seal);
	const inProgress = new InProgress(database);
	const ledger = openLedger(database);
	const { refundsOf } = refunds;
	const { usedSession } = sessions;
	return {
		...openOperations({ ...foundation, attempts, slips, prints, records, keys, refunds, inProgress }),
		...openQuestions(database, attempts, clock),
		...records,
		...unfinished,
		...openShiftReports(ledger),
		refundsOf,
		isPaying: inProgress.isPaying,
		usedSession,
		diary: attempts.diary,
		ledger,
		shifts: openShifts(database, keys, clock),
		prints,
		events,
		chain: foundation.chain,
		onDisk: database.onDisk,
		failed: database.failed,
	};
}

/** The seal of this very journal, whose tables are made when they are not there. */
function openSeal(key: KeyObject, database: Database): Seal {
	const seal = sealWith(key);
	if (hasNoTables(database)) {
		const keyCheck = keyCheckOf(seal);
		database.transact("make the tables of the journal", () => createTables(database, keyCheck));
	}
	demandKey(database, seal);
	return seal;
}

import type { Clock } from "../model/clock.ts";
import type { Database } from "./database.ts";

export type Erasing = {
	/**
	 * Erases a few of the oldest operations, prints and events, in one transaction of some ms.
	 * @returns whether there may be more. @throws {FaultError} `journal-failed`
	 */
	some(): boolean;
	/** Looks at everything again from the oldest on. */
	again(): void;
};

const dayMs = 86_400_000;
/**
 * On so many days something must have begun before a day counts as past: what is erased does not come back, and a clock
 * that was wrong for a week has been noticed.
 */
const daysOfProof = 7;
/** Each has some ten rows besides. */
const operationsAtOnce = 5;
const othersAtOnce = 50;

/** @param afterDays how old what is finished must be to be erased. */
export function openErasing(database: Database, afterDays: number, clock: Clock): Erasing {
	const startedBefore = database.prepare("SELECT max(started_at) AS at FROM operations WHERE started_at < ?");
	/** The newest moment, wall-clock ms, at which that must have ended which is erased. */
	const limit = (): number | undefined => {
		let [at, days]: [number | undefined, number] = [Number.MAX_SAFE_INTEGER, 0];
		for (; at !== undefined && days < daysOfProof; days += 1) {
			const before = Math.floor(at / dayMs) * dayMs;
			at = (startedBefore.get(days === 0 ? at : before)?.at ?? undefined) as number | undefined;
		}
		return at === undefined ? undefined : Math.min(clock.now(), at) - afterDays * dayMs;
	};
	const operations = eraseOperations(database);
	const [prints, events] = [erasePrints(database), eraseEvents(database)];
	return {
		some: () => {
			const before = database.read("look what is to be erased", limit);
			if (before === undefined) return false;
			const work = () => [operations(before), prints.next(before), events.next(before)];
			return database.transact("erase what is old", work).some(Boolean);
		},
		again: () => {
			prints.again();
			events.again();
		},
	};
}

/**
 * The print with the last number stays, and its operation with it: its number must not be given again. The operation
 * with the last number is never old, since days are reckoned by the newest.
 */
function eraseOperations(database: Database): (before: number) => boolean {
	const oldest = database.prepare(
		`SELECT number, id FROM operations
		WHERE started_at < :before AND finished_at < :before AND NOT EXISTS (
			SELECT 1 FROM prints WHERE operation = operations.id
				AND (judged_at IS NULL OR judged_at >= :before OR id = (SELECT max(id) FROM prints))
		)
		ORDER BY started_at LIMIT ${operationsAtOnce}`,
	);
	const parts = ["attempts", "slips", "prints"].map((name) =>
		database.prepare(`DELETE FROM ${name} WHERE operation = ?`),
	);
	const self = database.prepare("DELETE FROM operations WHERE number = ?");
	return (before) => {
		const found = oldest.all({ before }) as { readonly number: number; readonly id: string }[];
		for (const { number, id } of found) {
			for (const part of parts) part.run(id);
			self.run(number);
		}
		return found.length > 0;
	};
}

/** Erases along the numbers of a table, since nothing else tells there what is old. */
type Round = { next(before: number): boolean; again(): void };

/** Prints of no operation: reports and self-tests. One that has been printed again goes after those. */
function erasePrints(database: Database): Round {
	return openRound(
		database,
		`SELECT id AS number, queued_at AS at FROM prints WHERE id > ? ORDER BY id LIMIT ${othersAtOnce}`,
		`DELETE FROM prints WHERE id BETWEEN :from AND :to AND operation IS NULL AND judged_at < :before
			AND id <> (SELECT max(id) FROM prints)
			AND NOT EXISTS (SELECT 1 FROM prints AS later WHERE later.repeats = prints.id)`,
	);
}

function eraseEvents(database: Database): Round {
	return openRound(
		database,
		`SELECT seq AS number, at FROM events WHERE seq > ? ORDER BY seq LIMIT ${othersAtOnce}`,
		"DELETE FROM events WHERE seq BETWEEN :from AND :to AND at < :before",
	);
}

function openRound(database: Database, following: string, erase: string): Round {
	const [next, remove] = [database.prepare(following), database.prepare(erase)];
	let after = 0;
	return {
		next: (before) => {
			const found = next.all(after) as { readonly number: number; readonly at: number }[];
			const [first, last] = [found[0], found.at(-1)];
			// The rest is younger: numbers rise with time, but for what a clock told wrong.
			if (first === undefined || last === undefined || found.every(({ at }) => at >= before)) return false;
			remove.run({ from: first.number, to: last.number, before });
			after = last.number;
			return true;
		},
		again: () => {
			after = 0;
		},
	};
}

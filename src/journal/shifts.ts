import type { Clock } from "../model/clock.ts";
import { FaultError } from "../model/fault.ts";
import type { Period, Shift, ShiftName } from "../model/shift-report.ts";
import type { Database } from "./database.ts";
import type { Keys } from "./keys.ts";
import { present } from "./present.ts";

/** A wish to open or to close the shift of a till. */
export type ShiftWish = { readonly key: string; readonly bodyHash: string; readonly terminal: string };

/** What was done when a key came for the first time; compare the body's hash. */
export type FirstShift = {
	readonly bodyHash: string;
	readonly deed: "open" | "close";
	readonly shift: Shift;
};

/** Which shifts to look at; the newest first. */
type Wanted = {
	readonly terminal?: string | undefined;
	readonly before?: number | undefined;
	readonly most: number;
};

/** Looking shifts up; each call can throw a FaultError `journal-failed`. */
export type ShiftReader = {
	find(number: number): Shift | undefined;
	/** The one that goes on; a till has at most one. */
	current(terminal: string): Shift | undefined;
	/** The one that was closed last. */
	last(terminal: string): Shift | undefined;
	/** @param wanted `before` is a number that comes no more. */
	list(wanted: Wanted): Shift[];
};

/** The shifts of the tills; what a call returns is written down. */
export type Shifts = ShiftReader & {
	/** What was done with a key. @throws {FaultError} `journal-failed` */
	answerFor(key: string): FirstShift | undefined;
	/**
	 * A new shift, or what the key did before.
	 * @throws {FaultError} `shift-already-open`; `key-conflict` when the key belongs to an operation or a print;
	 * `journal-failed`.
	 */
	open(wish: ShiftWish): FirstShift;
	/** Ends the shift of a till, or tells what the key did before. @throws {FaultError} `shift-not-open`, as `open` */
	close(wish: ShiftWish): FirstShift;
};

const columns = "number, terminal, opened_at AS openedAt, closed_at AS closedAt";
const asShift = (row: object | undefined) => row && (present(row) as Shift);

export function openShiftReader(database: Pick<Database, "prepare" | "read">): ShiftReader {
	const one = (where: string) =>
		database.prepare(`SELECT ${columns} FROM shifts WHERE ${where} ORDER BY number DESC LIMIT 1`);
	const byNumber = one("number = ?");
	const open = one("terminal = ? AND closed_at IS NULL");
	const closed = one("terminal = ? AND closed_at IS NOT NULL");
	const newest = database.prepare(
		`SELECT ${columns} FROM shifts WHERE (:terminal IS NULL OR terminal = :terminal)
			AND (:before IS NULL OR number < :before) ORDER BY number DESC LIMIT :most`,
	);
	return {
		find: (number) => asShift(database.read("look up a shift", () => byNumber.get(number))),
		current: (terminal) => asShift(database.read("look for an open shift", () => open.get(terminal))),
		last: (terminal) => asShift(database.read("look for the last shift", () => closed.get(terminal))),
		list: ({ terminal = null, before = null, most }) =>
			database.read("list the shifts", () =>
				newest.all({ terminal, before, most }).map((row) => present(row) as Shift),
			),
	};
}

/**
 * The shift that is meant.
 * @param terminal of which till; for a number any when left out, else `own`.
 * @throws {FaultError} `shift-not-found`, `journal-failed`
 */
export function namedShift(
	shifts: ShiftReader,
	name: ShiftName,
	terminal: string | undefined,
	own: string,
): Shift {
	const till = terminal ?? own;
	const named = typeof name === "number" ? shifts.find(name) : shifts[name](till);
	if (named !== undefined && (terminal === undefined || named.terminal === terminal)) return named;
	const words = typeof name === "number" ? `no shift ${name}` : `no ${name} shift of till ${till}`;
	throw new FaultError("shift-not-found", named ? `shift ${name} is of till ${named.terminal}` : words);
}

/** What was begun in a shift; up to `now`, wall-clock ms, while it goes on. */
export function periodOfShift({ number, terminal, openedAt, closedAt }: Shift, now: number): Period {
	return { from: openedAt, to: Math.max(closedAt ?? now, openedAt) + 1, terminal, shift: number };
}

export function openShifts(database: Database, keys: Keys, clock: Clock): Shifts {
	const reader = openShiftReader(database);
	const { known, once } = keyedDeeds(database, keys, reader);
	const insert = database.prepare(
		"INSERT INTO shifts (terminal, opened_at, key, body_hash) VALUES (:terminal, :at, :key, :bodyHash)",
	);
	const end = database.prepare(
		"UPDATE shifts SET closed_at = :at, close_key = :key, close_body_hash = :bodyHash WHERE number = :number",
	);
	return {
		...reader,
		answerFor: (key) => database.read("look up the key of a shift", () => known(key)),
		open: (wish) =>
			once("open", wish, () => {
				const { key, bodyHash, terminal } = wish;
				const current = reader.current(terminal);
				if (current) throw new FaultError("shift-already-open", `shift ${current.number} goes on`);
				const openedAt = clock.now();
				const { lastInsertRowid } = insert.run({ terminal, at: openedAt, key, bodyHash });
				return { number: Number(lastInsertRowid), terminal, openedAt };
			}),
		close: (wish) =>
			once("close", wish, () => {
				const { key, bodyHash, terminal } = wish;
				const current = reader.current(terminal);
				if (!current) throw new FaultError("shift-not-open", `till ${terminal} has no shift that goes on`);
				// The till's clock may have been set back.
				const closedAt = Math.max(clock.now(), current.openedAt);
				end.run({ at: closedAt, key, bodyHash, number: current.number });
				return { ...current, closedAt };
			}),
	};
}

/** Remembers what was done by which key. */
function keyedDeeds(database: Database, keys: Keys, { find }: ShiftReader) {
	const known = (key: string): FirstShift | undefined => {
		const bearer = keys.shift(key);
		const shift = bearer && find(bearer.id);
		if (bearer === undefined || shift === undefined) return undefined;
		const { bodyHash, deed } = bearer;
		const { closedAt: _, ...asOpened } = shift;
		return { bodyHash, deed, shift: deed === "open" ? asOpened : shift };
	};
	/** Does a deed that no key has asked for before. */
	const once = (deed: FirstShift["deed"], { key, bodyHash, terminal }: ShiftWish, work: () => Shift) =>
		database.defer(`${deed} the shift of till ${terminal}`, (): FirstShift => {
			const first = known(key);
			if (first !== undefined) return first;
			keys.refuseOthers(key, "shift");
			return { bodyHash, deed, shift: work() };
		});
	return { known, once };
}

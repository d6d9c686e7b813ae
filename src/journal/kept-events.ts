import type { Clock } from "../model/clock.ts";
import type { PosEvent } from "../model/event.ts";
import type { Database } from "./database.ts";

/** The events on disk. */
type KeptEvents = {
	/** Inside the transaction of what the event tells. */
	write(event: PosEvent): void;
	/**
	 * The oldest after number `seq`, at most `most`; none is older than `keepDays`, but for the newest hundred. The
	 * days are reckoned up to the newest event and no further than the clock. A clock that jumps ahead hides nothing
	 * from a POS program that comes back soon, even when an event has followed.
	 * @throws {FaultError} `journal-failed`
	 */
	since(seq: number, most: number): PosEvent[];
};

/** More than come while a POS program restarts. */
const alwaysKept = 100;

export function keptEvents(database: Database, keepDays: number, clock: Clock): KeptEvents {
	const insert = database.prepare("INSERT INTO events VALUES (?, ?, ?, ?)");
	const select = database.prepare(
		`SELECT * FROM events
		WHERE seq > :seq AND (at >= min(:now, (SELECT at FROM events ORDER BY seq DESC LIMIT 1)) - :keptMs
			OR seq >= (SELECT min(seq) FROM (SELECT seq FROM events ORDER BY seq DESC LIMIT :alwaysKept)))
		ORDER BY seq LIMIT :most`,
	);
	const keptMs = keepDays * 86_400_000;
	return {
		write: ({ seq, type, at, body }) => void insert.run(seq, type, Date.parse(at), JSON.stringify(body)),
		since: (seq, most) => {
			const rows = database.read("read the events", () =>
				select.all({ seq, most, keptMs, alwaysKept, now: clock.now() }),
			) as Row[];
			return rows.map((row) => ({
				...row,
				at: new Date(row.at).toISOString(),
				body: JSON.parse(row.body) as PosEvent["body"],
			}));
		},
	};
}

type Row = Pick<PosEvent, "seq" | "type"> & { readonly at: number; readonly body: string };

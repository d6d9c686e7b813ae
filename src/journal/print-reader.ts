import type { FaultCode } from "../model/fault.ts";
import type { Evidence, PrintMark, PrintResolution, PrintState, PrintSubject } from "../model/print.ts";
import type { Database } from "./database.ts";
import { present } from "./present.ts";

/** All that is known of a print. Times are wall-clock ms. */
export type PrintRecord = {
	/** Rises from print to print. */
	readonly id: number;
	readonly subject: PrintSubject;
	/** What it is the paper of, if of an operation. */
	readonly operationId?: string;
	/** The order of that operation, and the terminalId of its till. */
	readonly orderId?: string;
	readonly terminal?: string;
	readonly mark: PrintMark;
	/** The first print of the same document. */
	readonly repeats?: number;
	/** Where it was or will be printed: a substitute, perhaps. */
	readonly printer: string;
	readonly state: PrintState;
	readonly evidence?: Evidence;
	readonly fault?: FaultCode;
	readonly detail?: string;
	readonly queuedAt: number;
	readonly begunAt?: number;
	readonly judgedAt?: number;
	/** What the cashier found when nobody knew. */
	readonly resolved?: PrintResolution;
};

type Wanted = {
	readonly states?: readonly PrintState[] | undefined;
	readonly operationId?: string | undefined;
	readonly printer?: string | undefined;
	readonly most: number;
};

/** Looking prints up; each call can throw a FaultError `journal-failed`. */
export type PrintReader = {
	find(printId: number): PrintRecord | undefined;
	/** The newest first, at most `most`. */
	list(wanted: Wanted): PrintRecord[];
	/** All in this state, the oldest first. */
	inState(state: PrintState): PrintRecord[];
	/** The oldest that waits for this printer. */
	next(printer: string): PrintRecord | undefined;
	/** How many wait for this printer. */
	waiting(printer: string): number;
	/** Whether the last print that began on this printer may have broken off in the middle. */
	mayHaveBrokenOff(printer: string): boolean;
	/** Inside a read. */
	newestOf(operationId: string): PrintRecord | undefined;
};

const columns = `id, subject, operation AS operationId,
	(SELECT order_id FROM operations WHERE operations.id = prints.operation) AS orderId,
	(SELECT nullif(terminal, '') FROM operations WHERE operations.id = prints.operation) AS terminal, mark, repeats, printer, state, evidence, fault, detail,
	queued_at AS queuedAt, begun_at AS begunAt, judged_at AS judgedAt, resolved`;

export function openPrintReader(database: Database): PrintReader {
	const byId = database.prepare(`SELECT ${columns} FROM prints WHERE id = ?`);
	const newest = database.prepare(
		`SELECT ${columns} FROM prints WHERE operation = ? ORDER BY id DESC LIMIT 1`,
	);
	const ofState = database.prepare(`SELECT ${columns} FROM prints WHERE state = ? ORDER BY id`);
	const first = database.prepare(
		`SELECT ${columns} FROM prints WHERE state = 'queued' AND printer = ? ORDER BY id LIMIT 1`,
	);
	const count = database.prepare(
		"SELECT count(*) AS count FROM prints WHERE state = 'queued' AND printer = ?",
	);
	const last = database.prepare(
		`SELECT fault IN ('print-unconfirmed', 'print-interrupted') AS broken FROM prints
		WHERE printer = ? AND begun_at IS NOT NULL ORDER BY begun_at DESC, id DESC LIMIT 1`,
	);
	const all = database.prepare(
		`SELECT ${columns} FROM prints
		WHERE (:operationId IS NULL OR operation = :operationId) AND (:printer IS NULL OR printer = :printer)
			AND (:states IS NULL OR state IN (SELECT value FROM json_each(:states)))
		ORDER BY id DESC LIMIT :most`,
	);
	const record = (row: object | undefined) => row && recordOf(row);
	return {
		find: (printId) => record(database.read("look up a print", () => byId.get(printId))),
		list: ({ states, operationId = null, printer = null, most }) => {
			const wanted = { operationId, printer, most, states: states ? JSON.stringify(states) : null };
			return database.read("list the prints", () => all.all(wanted)).map(recordOf);
		},
		inState: (state) => database.read("read the prints", () => ofState.all(state)).map(recordOf),
		next: (printer) => record(database.read("look for a print that waits", () => first.get(printer))),
		waiting: (printer) =>
			(database.read("count the prints that wait", () => count.get(printer)) as { count: number }).count,
		mayHaveBrokenOff: (printer) => {
			const row = database.read("look for the last print of a printer", () => last.get(printer));
			return (row as { broken: number | null } | undefined)?.broken === 1;
		},
		newestOf: (operationId) => record(newest.get(operationId)),
	};
}

function recordOf(row: object): PrintRecord {
	const facts = present(row) as Omit<PrintRecord, "subject"> & { readonly subject: string };
	return { ...facts, subject: JSON.parse(facts.subject) };
}

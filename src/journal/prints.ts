import type { Clock } from "../model/clock.ts";
import type { PosEvent } from "../model/event.ts";
import type { PrintMark, PrintResolution, PrintSubject, PrintVerdict } from "../model/print.ts";
import type { Database } from "./database.ts";
import type { EventBody, EventBook } from "./events.ts";
import { openHolds, type PrinterHolds } from "./holds.ts";
import type { Keys } from "./keys.ts";
import { present } from "./present.ts";
import { printChanges } from "./print-changes.ts";
import { type EarlierPrint, markAfter } from "./print-marks.ts";
import { openPrintReader, type PrintReader } from "./print-reader.ts";

/** A wish of the POS program to see something on paper. */
export type PrintWish = {
	readonly key: string;
	readonly bodyHash: string;
	readonly subject: PrintSubject;
	readonly printer: string;
	/** The print that is to come again, when it is known by that. */
	readonly again?: number;
};

/** What was answered when a key came for the first time. */
type FirstPrintAnswer = {
	readonly bodyHash: string;
	readonly answer: { readonly printId: number; readonly state: "queued"; readonly mark: PrintMark };
};

export type Prints = Omit<PrintReader, "newestOf"> &
	PrinterHolds & {
		/** The first answer to a key. @throws {FaultError} `journal-failed` */
		answerFor(key: string): FirstPrintAnswer | undefined;
		/**
		 * One more print in the queue, marked by what is known of the earlier ones of the same document; or
		 * the first answer to the key: compare the body's hash.
		 * @throws {FaultError} `print-unfinished` while one of them is on its way; `key-conflict` when the key belongs to
		 * another kind of wish; `journal-failed`.
		 */
		ask(wish: PrintWish): FirstPrintAnswer;
		/** Another printer's turn to try what has not begun. @throws {FaultError} as `begin` does. */
		move(printId: number, printer: string): void;
		/**
		 * On disk when it returns: to be called before the first byte leaves.
		 * @throws {FaultError} `journal-failed`; `print-cancelled`; `internal-failure` when it has begun before.
		 */
		begin(printId: number): void;
		/** The verdict and the event that tells it, in one transaction. @throws {FaultError} `journal-failed` */
		finish(printId: number, verdict: PrintVerdict, eventBody: EventBody): PosEvent;
		/** Takes back what has not begun. @throws {FaultError} `print-not-open`, `journal-failed` */
		cancel(printId: number, eventBody: EventBody): PosEvent;
		/**
		 * The cashier's answer where nobody knew.
		 * @throws {FaultError} `print-not-open` when it is known, or was answered before; `journal-failed`.
		 */
		resolve(printId: number, resolved: PrintResolution, eventBody: EventBody): PosEvent;
	};

/** The prints as the other parts of the journal see them. */
export type PrintBook = Prints &
	Pick<PrintReader, "newestOf"> & {
		/** The slip of an operation for a printer; inside the transaction of what it tells. */
		queue(operationId: string, printer: string): number;
	};

type Parts = {
	readonly database: Database;
	readonly events: EventBook;
	readonly keys: Keys;
	readonly clock: Clock;
};

export function openPrints(parts: Parts): PrintBook {
	const { database, keys } = parts;
	const reader = openPrintReader(database);
	return {
		...reader,
		...openHolds(database, parts.clock),
		...queueing(parts, reader),
		...printChanges(parts),
		answerFor: (key) => {
			const known = database.read("look up the key of a print", () => keys.print(key));
			return known && answerOf(known.bodyHash, known.id, known.mark);
		},
	};
}

const answerOf = (bodyHash: string, printId: number, mark: PrintMark): FirstPrintAnswer => ({
	bodyHash,
	answer: { printId, state: "queued", mark },
});

/** How prints come into the queue. */
function queueing({ database, keys, clock }: Parts, reader: PrintReader): Pick<PrintBook, "ask" | "queue"> {
	const earlier = earlierPrints(database, reader);
	const insertSlip = database.prepare(
		`INSERT INTO prints (document, operation, subject, mark, printer, state, queued_at)
		SELECT kind, id, json_object('document', kind, 'operationId', id), 'original', ?, 'queued', ?
		FROM operations WHERE id = ?`,
	);
	const insert = database.prepare(
		`INSERT INTO prints (document, operation, subject, mark, repeats, key, body_hash, printer, state, queued_at)
		VALUES (:document, :operation, :subject, :mark, :repeats, :key, :bodyHash, :printer, 'queued', :at)`,
	);
	return {
		queue: (operationId, printer) =>
			Number(insertSlip.run(printer, clock.now(), operationId).lastInsertRowid),
		ask: ({ key, bodyHash, subject, printer, again }) =>
			database.defer("queue a print", () => {
				const known = keys.print(key);
				if (known) return answerOf(known.bodyHash, known.id, known.mark);
				keys.refuseOthers(key, "print");
				const before = earlier(subject, again);
				const mark = markAfter(before);
				const facts = { key, bodyHash, printer, mark, repeats: before[0]?.id ?? null, at: clock.now() };
				const { document } = subject;
				const operation = "operationId" in subject ? subject.operationId : null;
				const row = { ...facts, document, operation, subject: JSON.stringify(subject) };
				return answerOf(bodyHash, Number(insert.run(row).lastInsertRowid), mark);
			}),
	};
}

/** Reads the prints of the same document: of an operation all its slips of the kind, else what came from one wish. */
function earlierPrints(database: Database, reader: PrintReader) {
	const ofOperation = database.prepare(
		"SELECT id, state, resolved FROM prints WHERE operation = ? AND document = ? ORDER BY id",
	);
	const ofFirst = database.prepare(
		"SELECT id, state, resolved FROM prints WHERE id = :first OR repeats = :first ORDER BY id",
	);
	return (subject: PrintSubject, again = 0) => {
		const rows =
			"operationId" in subject
				? ofOperation.all(subject.operationId, subject.document)
				: ofFirst.all({ first: reader.find(again)?.repeats ?? again });
		return rows.map(present) as EarlierPrint[];
	};
}

import type { Clock } from "../model/clock.ts";
import type { PosEvent } from "../model/event.ts";
import { type FaultCode, FaultError } from "../model/fault.ts";
import type { Evidence, PrintState, PrintVerdict } from "../model/print.ts";
import type { Database } from "./database.ts";
import type { EventBody, EventBook } from "./events.ts";
import { present } from "./present.ts";

type OpenPrint = { readonly id: number; readonly operationId: string; readonly printer: string };

/** What is known of an operation's newest print. */
export type PrintRecord = {
	readonly id: number;
	readonly printer: string;
	readonly state: PrintState;
	readonly evidence?: Evidence;
	readonly fault?: FaultCode;
	readonly detail?: string;
};

export type Prints = {
	/** On disk when it returns: to be called before the first byte leaves. @throws {FaultError} `journal-failed` */
	begin(printId: number): void;
	/** The verdict and the event that tells it, in one transaction. @throws {FaultError} `journal-failed` */
	finish(printId: number, verdict: PrintVerdict, eventBody: EventBody): PosEvent;
	/**
	 * At start, before any print begins: those still to be printed, and those of which bytes may be on paper
	 * because the last run was cut short. The latter are for `finish` with `print-interrupted`, never for a repeat.
	 */
	open(): { readonly queued: OpenPrint[]; readonly interrupted: OpenPrint[] };
};

/** The prints as the other parts of the journal see them. */
export type PrintBook = Prints & {
	/** One more block for a printer; inside the transaction of what it tells. */
	queue(operationId: string, printer: string): number;
	newestOf(operationId: string): PrintRecord | undefined;
};

export function openPrints(database: Database, events: EventBook, clock: Clock): PrintBook {
	const insert = database.prepare(
		"INSERT INTO prints (operation, printer, state, queued_at) VALUES (?, ?, 'queued', ?)",
	);
	const begin = database.prepare(
		"UPDATE prints SET state = 'printing', begun_at = ? WHERE id = ? AND state = 'queued'",
	);
	const judge = database.prepare(
		`UPDATE prints SET state = :state, evidence = :evidence, fault = :fault, detail = :detail, judged_at = :at
		WHERE id = :id AND state IN ('queued', 'printing')`,
	);
	return {
		...reader(database),
		queue: (operationId, printer) => Number(insert.run(operationId, printer, clock.now()).lastInsertRowid),
		begin: (printId) => {
			const change = database.transact("write down that a print begins", () =>
				begin.run(clock.now(), printId),
			);
			if (change.changes !== 1) throw new FaultError("internal-failure", `print ${printId} is not waiting`);
		},
		finish: (printId, verdict, eventBody) =>
			events.record("write down what came of a print", (append) => {
				const nothing = { evidence: null, fault: null, detail: null };
				const { state, evidence, fault, detail } = { ...nothing, ...verdict };
				const change = judge.run({ state, evidence, fault, detail, id: printId, at: clock.now() });
				if (change.changes !== 1) throw new FaultError("internal-failure", `print ${printId} is not open`);
				return append("print", eventBody);
			}),
	};
}

function reader(database: Database): Pick<PrintBook, "open" | "newestOf"> {
	const inState = database.prepare(
		"SELECT id, operation AS operationId, printer FROM prints WHERE state = ? ORDER BY id",
	);
	const newest = database.prepare(
		"SELECT id, printer, state, evidence, fault, detail FROM prints WHERE operation = ? ORDER BY id DESC LIMIT 1",
	);
	const prints = (state: PrintState) =>
		database.read("read the prints", () => inState.all(state)) as OpenPrint[];
	return {
		open: () => ({ queued: prints("queued"), interrupted: prints("printing") }),
		newestOf: (operationId) => {
			const row = newest.get(operationId);
			return row && (present(row) as PrintRecord);
		},
	};
}

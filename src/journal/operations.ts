import type { Clock } from "../model/clock.ts";
import type { PosEvent } from "../model/event.ts";
import { FaultError } from "../model/fault.ts";
import type { FinalOutcome, Outcome, UnknownOutcome } from "../model/operation.ts";
import { type Attempts, callOf, learnIds } from "./attempts.ts";
import type { Database } from "./database.ts";
import type { EventBody, EventBook } from "./events.ts";
import type { InProgress } from "./in-progress.ts";
import { type Intent, type NewOperation, rowOf } from "./intents.ts";
import type { Keys } from "./keys.ts";
import type { PrintBook } from "./prints.ts";
import type { FirstAnswer, Records } from "./records.ts";
import type { RefundBook } from "./refunds.ts";
import { rowWriter } from "./rows.ts";
import type { Seal } from "./seal.ts";
import type { Sessions } from "./sessions.ts";
import type { Slips } from "./slips.ts";

type Begun<Operation extends NewOperation> =
	| {
			readonly kind: "begun";
			readonly operation: Operation & { readonly maybeSent: boolean; readonly firstAttempt: number };
	  }
	/** The key is known already and nothing was written; compare the body's hash. */
	| { readonly kind: "known"; readonly first: FirstAnswer };

export type Operations = {
	/**
	 * Commits the intent, its key and its first attempt; the request may leave when they are on disk.
	 * @throws {FaultError} for a payment or refund `till-busy` while another of its till is in progress; for a refund
	 * `refund-already-running` while one of the same payment is unfinished, `refund-over-rest` when less is left of
	 * a payment that the journal knows; `key-conflict` when the key belongs to a print or a shift; `journal-failed`.
	 */
	begin<Operation extends NewOperation>(intent: Intent<Operation>): Begun<Operation>;
	/**
	 * Commits outcome, slip, event and, when wanted, a waiting print in one transaction, and wipes the card.
	 * @throws {FaultError} `journal-failed`; `internal-failure` when the operation is not open.
	 */
	finish(
		operationId: string,
		outcome: FinalOutcome,
		also: { readonly eventBody: EventBody; readonly print?: { readonly printer: string } },
	): { readonly event: PosEvent; readonly printId?: number };
	/**
	 * Commits that the cashier is told "unknown"; the operation stays open, and the next one may begin.
	 * @throws {FaultError} as `finish` does.
	 */
	tell(operationId: string, outcome: UnknownOutcome, eventBody: EventBody): PosEvent;
};

type Parts = {
	readonly database: Database;
	readonly seal: Seal;
	readonly attempts: Attempts;
	readonly slips: Slips;
	readonly prints: PrintBook;
	readonly events: EventBook;
	readonly records: Records;
	readonly keys: Keys;
	readonly refunds: RefundBook;
	readonly sessions: Sessions;
	readonly inProgress: Pick<InProgress, "begun" | "judged" | "at">;
	readonly clock: Clock;
};

export function openOperations(parts: Parts): Operations {
	const { database, seal, attempts, slips, prints, records, keys, sessions, inProgress } = parts;
	const insert = rowWriter(database);
	const judge = judgement(parts);

	return {
		begin: <Operation extends NewOperation>(intent: Intent<Operation>) => {
			const begun = database.defer("write down the wish", (): Begun<Operation> => {
				const first = records.answerFor(intent.key);
				if (first !== undefined) return { kind: "known", first };
				keys.refuseOthers(intent.key, "operation");
				const { operation } = intent;
				admit(operation, parts);
				insert(rowOf(intent, seal, sessions));
				const firstAttempt = attempts.note(operation.id, callOf(operation.kind), operation.requestId);
				return { kind: "begun", operation: { ...operation, maybeSent: false, firstAttempt } };
			});
			if (begun.kind === "begun") inProgress.begun(begun.operation);
			return begun;
		},
		finish: (operationId, outcome, { eventBody, print }) =>
			judge("write down the outcome of an operation", operationId, outcome, (append) => {
				attempts.over(operationId);
				if (outcome.slip !== undefined) slips.keep(operationId, outcome.slip);
				const event = append("operation", eventBody);
				return print === undefined ? { event } : { event, printId: prints.queue(operationId, print.printer) };
			}),
		tell: (operationId, outcome, eventBody) =>
			judge("write down that an operation is unknown", operationId, outcome, (append) =>
				append("operation", eventBody),
			),
	};
}

/** Refuses what must not begin beside what is unfinished. A receipt moves no money, so nothing stands in its way. */
function admit(operation: NewOperation, { inProgress, refunds }: Parts): void {
	if (operation.kind === "receipt") return;
	if (operation.kind === "refund") refunds.admit(operation.wish);
	const busy = inProgress.at(operation.terminal);
	if (busy !== undefined) throw new FaultError("till-busy", `operation ${busy} is in progress`);
}

/** Writes an outcome down, and with it what else belongs to the deed; who hears of it finds the till free. */
function judgement({ database, events, inProgress, clock }: Parts) {
	const update = database.prepare(
		`UPDATE operations SET ${learnIds}, outcome = ?3, fault = ?4, wire_code = ?5,
			finished_at = ?6, sealed = CASE WHEN ?6 IS NULL THEN sealed END
		WHERE id = ?7 AND kind <> 'providers' AND finished_at IS NULL`,
	);
	const judge = (id: string, outcome: Outcome) => {
		const { kind, transactionId = null, refTransactionId = null } = outcome;
		const fault = kind === "settled" ? null : outcome.fault;
		const wireCode = kind === "refused" ? (outcome.wireCode ?? null) : null;
		const finishedAt = kind === "unknown" ? null : clock.now();
		const change = update.run(transactionId, refTransactionId, kind, fault, wireCode, finishedAt, id);
		if (change.changes !== 1) throw new FaultError("internal-failure", `operation ${id} is not open`);
	};
	return <T>(deed: string, id: string, outcome: Outcome, also: (append: EventBook["append"]) => T): T => {
		const all = (append: EventBook["append"]) => {
			judge(id, outcome);
			return also(append);
		};
		return events.record(deed, all, () => inProgress.judged(id));
	};
}

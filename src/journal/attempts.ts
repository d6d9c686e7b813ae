import type { Clock } from "../model/clock.ts";
import { FaultError } from "../model/fault.ts";
import type { Diary, JournaledCall, Learned } from "../model/operation.ts";
import type { Database } from "./database.ts";
import type { OperationKind } from "./rows.ts";

/** Every request that was about to leave, and what came of it. */
export type Attempts = {
	/** One more attempt; returns its number. Inside the transaction of what it belongs to. */
	note(operationId: string, call: JournaledCall, requestId: string): number;
	/** The operation has its final outcome: nothing is learned of it any more. */
	over(operationId: string): void;
	diary(operationId: string): Diary;
};

/** The call that carries out a wish; repeats of it have the operation's own requestId. */
export function callOf(kind: OperationKind): JournaledCall {
	return kind === "payment" ? "checkout" : kind;
}

/**
 * SQL: whether the call that carries out an operation's wish may have reached the server. An attempt without a
 * result was under way when the last run ended, so it may have; so may one that was answered when that run ended
 * before the answer's meaning was written down.
 */
export const maybeSent = `EXISTS (
	SELECT 1 FROM attempts
	WHERE operation = operations.id AND call = CASE kind WHEN 'payment' THEN 'checkout' ELSE kind END
		AND result IS NOT 'not-sent'
)`;

/** SQL: whether the server has left one of those calls without an answer. */
export const leftInDoubt = `EXISTS (
	SELECT 1 FROM attempts
	WHERE operation = operations.id AND call = CASE kind WHEN 'payment' THEN 'checkout' ELSE kind END
		AND coalesce(result, 'unanswered') = 'unanswered'
)`;

/**
 * SQL: takes over what the server calls an operation. The transaction of a refund or receipt is that of its wish,
 * whatever the server answers: what is left of a payment is reckoned by it. ?1 and ?2 are the transaction's id and the
 * refund's own; by place, since SQLite looks each name up.
 */
export const learnIds = `transaction_id = iif(kind = 'payment', coalesce(?1, transaction_id), transaction_id),
	ref_transaction_id = coalesce(?2, ref_transaction_id)`;

export function openAttempts(database: Database, clock: Clock): Attempts {
	const insert = database.prepare(
		"INSERT INTO attempts (operation, call, request_id, begun_at) VALUES (?, ?, ?, ?)",
	);
	const end = database.prepare("UPDATE attempts SET result = ?, summary = ?, ended_at = ? WHERE number = ?");
	const demand = knownAttempts(database);
	const take = learning(database);
	const underWay = new UnderWay();
	const note: Attempts["note"] = (operationId, call, requestId) => {
		const attempt = Number(insert.run(operationId, call, requestId, clock.now()).lastInsertRowid);
		underWay.begun(operationId, attempt);
		return attempt;
	};

	return {
		note,
		over: (operationId) => underWay.over(operationId),
		diary: (operationId) => ({
			before: (call, requestId, learned) =>
				database.defer("write down a request before it leaves", () => {
					if (learned !== undefined) take(operationId, learned);
					return note(operationId, call, requestId);
				}),
			after: (attempt, { kind, summary }, learned) => {
				const at = clock.now();
				// Nearly always it is known without a look.
				if (!underWay.ended(operationId, attempt)) demand(attempt, operationId, learned !== undefined);
				database.jot("write down what came of a request", () => {
					if (learned !== undefined) take(operationId, learned);
					end.run(kind, summary, at, attempt);
				});
			},
			learned: (facts) =>
				database.defer("write down what is known of an operation", () => take(operationId, facts)),
		}),
	};
}

/** The attempts of this run that have no result yet, by their operations, which are open. */
class UnderWay {
	readonly #of = new Map<string, Set<number>>();

	begun(operationId: string, attempt: number): void {
		const attempts = this.#of.get(operationId);
		if (attempts === undefined) this.#of.set(operationId, new Set([attempt]));
		else attempts.add(attempt);
	}

	/** @returns whether it was under way. */
	ended(operationId: string, attempt: number): boolean {
		return this.#of.get(operationId)?.delete(attempt) === true;
	}

	over(operationId: string): void {
		this.#of.delete(operationId);
	}
}

/** What is learned of an operation; inside a transaction. */
function learning(database: Database): (operationId: string, facts: Learned) => void {
	const learn = database.prepare(
		`UPDATE operations SET ${learnIds}, cancel_wanted = coalesce(?3, cancel_wanted)
		WHERE id = ?4 AND finished_at IS NULL`,
	);
	return (operationId, facts) => {
		const { transactionId = null, cancelWanted = null, refTransactionId = null } = facts;
		const change = learn.run(transactionId, refTransactionId, cancelWanted, operationId);
		if (change.changes !== 1) throw misuse(`operation ${operationId} is not open`);
	};
}

/** Refuses an attempt that is not of an operation, and one that is over when there is something to learn. */
function knownAttempts(database: Database) {
	const ofOperation = database.prepare(
		`SELECT operations.finished_at IS NULL AS isOpen FROM attempts JOIN operations ON operations.id = operation
		WHERE attempts.number = ? AND operation = ?`,
	);
	return (attempt: number, operationId: string, learns: boolean) => {
		const found = database.read("look up a request", () => ofOperation.get(attempt, operationId));
		if (found === undefined) throw misuse(`attempt ${attempt} is not of operation ${operationId}`);
		if (learns && found.isOpen === 0) throw misuse(`operation ${operationId} is not open`);
	};
}

const misuse = (what: string) => new FaultError("internal-failure", what);

import type { Clock } from "../model/clock.ts";
import { FaultError } from "../model/fault.ts";
import type { Diary, JournaledCall } from "../model/operation.ts";
import type { Database } from "./database.ts";

/** Every request that was about to leave, and what came of it. */
export type Attempts = {
	/** One more attempt; returns its number. Inside the transaction of what it belongs to. */
	note(operationId: string, call: JournaledCall, requestId: string): number;
	diary(operationId: string): Diary;
};

export function openAttempts(database: Database, clock: Clock): Attempts {
	const insert = database.prepare(
		"INSERT INTO attempts (operation, call, request_id, begun_at) VALUES (?, ?, ?, ?)",
	);
	const end = database.prepare(
		"UPDATE attempts SET result = ?, summary = ?, ended_at = ? WHERE number = ? AND operation = ?",
	);
	const learn = database.prepare(
		`UPDATE operations SET transaction_id = coalesce(?, transaction_id), cancel_wanted = coalesce(?, cancel_wanted)
		WHERE id = ? AND finished_at IS NULL`,
	);
	const note: Attempts["note"] = (operationId, call, requestId) =>
		Number(insert.run(operationId, call, requestId, clock.now()).lastInsertRowid);

	return {
		note,
		diary: (operationId) => ({
			before: (call, requestId) =>
				database.transact("write down a request before it leaves", () => note(operationId, call, requestId)),
			after: (attempt, { kind, summary }) => {
				const change = database.transact("write down what came of a request", () =>
					end.run(kind, summary, clock.now(), attempt, operationId),
				);
				if (change.changes !== 1) throw misuse(`attempt ${attempt} is not of operation ${operationId}`);
			},
			learned: ({ transactionId, cancelWanted }) => {
				const change = database.transact("write down what is known of a payment", () =>
					learn.run(transactionId ?? null, cancelWanted ?? null, operationId),
				);
				if (change.changes !== 1) throw misuse(`operation ${operationId} is not open`);
			},
		}),
	};
}

const misuse = (what: string) => new FaultError("internal-failure", what);

import type { Clock } from "../model/clock.ts";
import { type FaultCode, FaultError } from "../model/fault.ts";
import type { Kopecks } from "../model/money.ts";
import { type Attempts, callOf } from "./attempts.ts";
import type { Database } from "./database.ts";
import { rowWriter } from "./rows.ts";

/** A question for the ways to pay, before it leaves. It holds up nobody and is never asked again. */
type Question = {
	readonly id: string;
	/** The terminalId of the till that asks. */
	readonly terminal?: string;
	readonly requestId: string;
	readonly orderId: string;
	readonly amount: Kopecks;
	readonly brand: string;
	readonly cardMasked: string;
	/** Wall-clock ms. */
	readonly startedAt: number;
};

type Answer =
	| { readonly kind: "settled" }
	| { readonly kind: "refused"; readonly fault: FaultCode; readonly wireCode?: string };

export type Questions = {
	/** Commits the question and its first attempt; the request may leave when they are on disk. @throws {FaultError} `journal-failed` */
	ask(question: Question): { readonly firstAttempt: number };
	/**
	 * Commits what came of it; `summary` is for reports.
	 * @throws {FaultError} `journal-failed`; `internal-failure` when no such question is open.
	 */
	answered(id: string, answer: Answer, summary: string): void;
};

/** Nobody waits for the answers to a dead run's questions: those are ended here. */
export function openQuestions(database: Database, attempts: Attempts, clock: Clock): Questions {
	const insert = rowWriter(database);
	const endAll = database.prepare(
		`UPDATE operations SET outcome = 'refused', fault = 'providers-unknown', finished_at = ?
		WHERE kind = 'providers' AND finished_at IS NULL`,
	);
	const end = database.prepare(
		`UPDATE operations SET outcome = :kind, fault = :fault, wire_code = :wireCode, summary = :summary,
			finished_at = :finishedAt
		WHERE id = :id AND kind = 'providers' AND finished_at IS NULL`,
	);
	database.transact("end the questions of the last run", () => endAll.run(clock.now()));
	return {
		ask: (question) =>
			database.defer("write down a question for ways to pay", () => {
				insert({ ...question, kind: "providers" });
				return { firstAttempt: attempts.note(question.id, callOf("providers"), question.requestId) };
			}),
		answered: (id, answer, summary) => {
			const facts = { fault: null, wireCode: null, ...answer, id, summary, finishedAt: clock.now() };
			const change = database.defer("write down the ways to pay", () => end.run(facts));
			if (change.changes !== 1) throw new FaultError("internal-failure", `question ${id} is not open`);
		},
	};
}

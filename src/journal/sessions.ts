import type { StatementSync } from "node:sqlite";
import type { Clock } from "../model/clock.ts";
import { Secret } from "../model/secret.ts";
import { leftInDoubt } from "./attempts.ts";
import type { Database } from "./database.ts";
import type { Seal } from "./seal.ts";

/** The codes that customers have paid with, known again by marks that do not tell them. */
export type Sessions = {
	markOf(cardNumber: Secret, cardSession: Secret): Uint8Array;
	/**
	 * Whether the server has, or may have, a transaction of this card and session; remembered over restarts for a day
	 * at least. When it has refused the payment without one, an honest customer may try again with the same session.
	 * @throws {FaultError} `journal-failed`
	 */
	usedSession(cardNumber: Secret, cardSession: Secret): boolean;
	/**
	 * Wipes the marks of finished payments that began more than a day ago; that of one which was open for so long goes at
	 * the next start. It costs no more than what it wipes. @throws {FaultError} `journal-failed`
	 */
	forget(): void;
};

const dayMs = 86_400_000;

export function openSessions(database: Database, seal: Seal, clock: Clock): Sessions {
	const select = database.prepare(
		`SELECT 1 FROM operations
		WHERE session_mark = ? AND (finished_at IS NULL OR transaction_id IS NOT NULL OR ${leftInDoubt}) LIMIT 1`,
	);
	const markOf: Sessions["markOf"] = (cardNumber, cardSession) =>
		seal.mark(new Secret(JSON.stringify([cardNumber.reveal(), cardSession.reveal()])), "a session of a card");
	return {
		markOf,
		usedSession: (...card) =>
			database.read("look for a used session", () => select.get(markOf(...card))) !== undefined,
		forget: wiping(database, clock),
	};
}

function wiping(database: Database, clock: Clock): Sessions["forget"] {
	const newest = database.prepare(
		"SELECT coalesce(finished_at, started_at) AS at FROM operations ORDER BY number DESC LIMIT 1",
	);
	const oldest = database.prepare(
		`SELECT min(started_at) AS at FROM operations INDEXED BY operations_by_session
		WHERE session_mark IS NOT NULL AND finished_at IS NOT NULL`,
	);
	// Without the first bound all that ever began would be read, with each payment.
	const wipe = database.prepare(
		`UPDATE operations INDEXED BY operations_by_start SET session_mark = NULL
		WHERE started_at >= ? AND started_at < ? AND session_mark IS NOT NULL AND finished_at IS NOT NULL`,
	);
	const at = (statement: StatementSync) =>
		database.read("look for old sessions", () => statement.get()) as { at: number | null } | undefined;
	let from: number | undefined;
	return () => {
		// The day is reckoned up to the newest operation and no further than the clock, as the days of a key are.
		const until = Math.min(clock.now(), at(newest)?.at ?? 0) - dayMs;
		const since = from ?? at(oldest)?.at ?? until;
		if (since < until) database.jot("forget old sessions", () => wipe.run(since, until));
		from = until;
	};
}

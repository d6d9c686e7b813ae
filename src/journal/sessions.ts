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
	/** Wipes the marks of finished payments that began more than a day ago. @throws {FaultError} `journal-failed` */
	forget(): void;
};

const dayMs = 86_400_000;

export function openSessions(database: Database, seal: Seal, clock: Clock): Sessions {
	const select = database.prepare(
		`SELECT 1 FROM operations
		WHERE session_mark = ? AND (finished_at IS NULL OR transaction_id IS NOT NULL OR ${leftInDoubt}) LIMIT 1`,
	);
	// The day is reckoned up to the newest operation and no further than the clock, as the days of a key are.
	const wipe = database.prepare(
		`UPDATE operations SET session_mark = NULL
		WHERE session_mark IS NOT NULL AND finished_at IS NOT NULL AND started_at <
			min(:now, (SELECT coalesce(finished_at, started_at) FROM operations ORDER BY number DESC LIMIT 1)) - :dayMs`,
	);
	const markOf: Sessions["markOf"] = (cardNumber, cardSession) =>
		seal.mark(new Secret(JSON.stringify([cardNumber.reveal(), cardSession.reveal()])), "a session of a card");
	return {
		markOf,
		usedSession: (...card) =>
			database.read("look for a used session", () => select.get(markOf(...card))) !== undefined,
		forget: () => void database.jot("forget old sessions", () => wipe.run({ now: clock.now(), dayMs })),
	};
}

import type { Database } from "./database.ts";
import type { NewOperation } from "./intents.ts";

/**
 * At which tills a payment is in progress, known without a look into the database: every code that is read asks. What
 * has been begun, told and finished is said here as soon as it is committed and before anyone hears of it.
 */
export class PaymentsInProgress {
	/** The terminalId of each by its payment's id; '' is no known till. */
	readonly #terminals: Map<string, string>;

	/** Finds what earlier runs have left. @throws {FaultError} `journal-failed` */
	constructor(database: Database) {
		// The first condition of two on the kind is the index's own: without it SQLite looks at every row.
		const left = database.prepare(
			`SELECT id, terminal FROM operations INDEXED BY operations_one_in_progress
			WHERE outcome IS NULL AND kind IN ('payment', 'refund') AND kind = 'payment'`,
		);
		const rows = database.read("look for payments in progress", () => left.all()) as Row[];
		this.#terminals = new Map(rows.map(({ id, terminal }) => [id, terminal]));
	}

	/** An operation has been begun. */
	begun({ id, kind, terminal = "" }: Pick<NewOperation, "id" | "kind" | "terminal">): void {
		if (kind === "payment") this.#terminals.set(id, terminal);
	}

	/** Something has been told of an operation, or it is finished. */
	judged(id: string): void {
		this.#terminals.delete(id);
	}

	/**
	 * Whether a payment runs of which nothing has been told yet: its customer stands at the till, and another code would
	 * only get in its way. One that is told to be unknown leaves the till to the next customer.
	 * @param terminal the till's terminalId; without it any till's. What belongs to no known till counts for each.
	 */
	readonly isPaying = (terminal?: string): boolean => {
		if (terminal === undefined) return this.#terminals.size > 0;
		for (const of of this.#terminals.values()) if (of === terminal || of === "") return true;
		return false;
	};
}

type Row = { readonly id: string; readonly terminal: string };

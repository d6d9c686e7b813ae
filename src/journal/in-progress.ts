import type { Database } from "./database.ts";
import type { NewOperation } from "./intents.ts";

/**
 * The payments and refunds of which nothing has been told yet, known without a look into the database: every code that
 * is read asks, and every wish. What has been begun, told and finished is said here as soon as it is committed and
 * before anyone hears of it.
 */
export class InProgress {
	/** By id; the terminal '' is no known till. */
	readonly #operations: Map<string, Entry>;

	/** Finds what earlier runs have left. @throws {FaultError} `journal-failed` */
	constructor(database: Database) {
		const left = database.prepare(
			`SELECT id, kind, terminal FROM operations INDEXED BY operations_one_in_progress
			WHERE outcome IS NULL AND kind IN ('payment', 'refund')`,
		);
		const rows = database.read("look for operations in progress", () => left.all()) as Entry[];
		this.#operations = new Map(rows.map((row) => [row.id, row]));
	}

	/** An operation has been begun. A receipt moves no money, so it holds up nobody. */
	begun({ id, kind, terminal = "" }: Pick<NewOperation, "id" | "kind" | "terminal">): void {
		if (kind !== "receipt") this.#operations.set(id, { id, kind, terminal });
	}

	/** Something has been told of an operation, or it is finished. */
	judged(id: string): void {
		this.#operations.delete(id);
	}

	/**
	 * The id of one of them.
	 * @param terminal the till's terminalId; without it any till's. What belongs to no known till counts for each.
	 */
	at(terminal?: string): string | undefined {
		for (const one of this.#operations.values()) if (isAt(one, terminal)) return one.id;
		return undefined;
	}

	/**
	 * Whether a payment runs of which nothing has been told yet: its customer stands at the till, and another code would
	 * only get in its way. One that is told to be unknown leaves the till to the next customer.
	 * @param terminal as of `at`.
	 */
	readonly isPaying = (terminal?: string): boolean => {
		for (const one of this.#operations.values()) {
			if (one.kind === "payment" && isAt(one, terminal)) return true;
		}
		return false;
	};
}

type Entry = { readonly id: string; readonly kind: "payment" | "refund"; readonly terminal: string };

function isAt({ terminal }: Entry, asked: string | undefined): boolean {
	return asked === undefined || terminal === asked || terminal === "";
}

import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { headOf, tailOf } from "./print-desk.ts";

type Row = {
	readonly operation: string;
	readonly state: string;
	readonly mark: string;
	readonly fault: string | null;
	readonly detail: string | null;
};

export type PrintBooks = {
	/** Where journal and paper disagree, a sentence each. */
	readonly wrong: readonly string[];
	/** How many prints there are of each state. */
	readonly states: Readonly<Record<string, number>>;
	/** How many of the unknown ones are on paper, whole. */
	readonly wholeUnknown: number;
};

/**
 * Compares the journal with the paper after a till was killed again and again while it printed.
 * @param times how often a text is on paper.
 */
export function printBooks(folder: string, times: (text: string) => number): PrintBooks {
	const database = new DatabaseSync(join(folder, "journal.db"), { readOnly: true });
	const rows = database
		.prepare("SELECT operation, state, mark, fault, detail FROM prints ORDER BY id")
		.all() as Row[];
	database.close();
	const states: Record<string, number> = {};
	let wholeUnknown = 0;
	const wrong = rows.flatMap(({ operation, state, mark, fault, detail }) => {
		const name = operation.replace("operation ", "");
		const [heads, tails] = [times(headOf(name)), times(tailOf(name))];
		states[state] = (states[state] ?? 0) + 1;
		if (state === "unknown" && tails === 1) wholeUnknown += 1;
		const said = [state, mark, fault, detail].filter((word) => word !== null).join(", ");
		const sentence = `print of ${name} is ${said}; on paper ${heads} beginnings, ${tails} ends`;
		return isRight(state, heads, tails) && mark === "original" ? [] : [sentence];
	});
	return { wrong, states, wholeUnknown };
}

/** Printed is once and whole; unknown is once at most; nothing is left open, and no failure was reported. */
function isRight(state: string, heads: number, tails: number): boolean {
	if (state === "printed") return heads === 1 && tails === 1;
	return state === "unknown" && heads <= 1 && tails <= heads;
}

/** What was done to a row that is chained. */
export type Note = {
	/** A table, or `journal`. */
	readonly part: string;
	/** The number of a row of that table. */
	readonly row: number | bigint;
	readonly deed: "begun" | "taken-over" | "written" | "erased";
};

/** What a transaction has done to chained rows, until it ends. */
export class ChainNotes {
	readonly #notes: Note[] = [];

	get count(): number {
		return this.#notes.length;
	}

	add(note: Note): void {
		this.#notes.push(note);
	}

	/** Forgets all but the first `count`: what the others tell was rolled back. */
	keep(count: number): void {
		this.#notes.splice(count);
	}

	/** The last note of each row, in the order in which the rows were first touched; all are forgotten. */
	take(): Note[] {
		const last = new Map(this.#notes.map((note) => [`${note.part} ${note.row}`, note]));
		this.keep(0);
		return [...last.values()];
	}
}

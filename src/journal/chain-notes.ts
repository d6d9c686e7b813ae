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
	#notes: Note[] = [];

	get isEmpty(): boolean {
		return this.#notes.length === 0;
	}

	add(note: Note): void {
		this.#notes.push(note);
	}

	/** What they tell was rolled back. */
	forget(): void {
		this.#notes = [];
	}

	/** The last note of each row, in the order in which the rows were first touched; all are forgotten. */
	take(): Note[] {
		const last = new Map(this.#notes.map((note) => [`${note.part} ${note.row}`, note]));
		this.forget();
		return [...last.values()];
	}
}

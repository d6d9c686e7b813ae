/**
 * Whether the folding thread may have the database open; both threads see it at once. The main thread must be able to
 * end that without asking its event loop: SQLite folds and deletes the write-ahead log when the last connection closes
 * ("Write-Ahead Logging", 2.1), and that must be the journal's own.
 */
export type FoldTurn = Int32Array<SharedArrayBuffer>;

const [free, taken, wanted, over] = [0, 1, 2, 3];

export function newTurn(): FoldTurn {
	return new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
}

/** For the thread, before it opens the database. @returns whether it may. */
export function takeTurn(turn: FoldTurn): boolean {
	return Atomics.compareExchange(turn, 0, free, taken) === free;
}

/** Whether the main thread waits for the turn to be given back. */
export function isTurnWanted(turn: FoldTurn): boolean {
	return Atomics.load(turn, 0) === wanted;
}

/** For the thread, when the database is closed. */
export function giveTurnBack(turn: FoldTurn): void {
	Atomics.store(turn, 0, free);
	Atomics.notify(turn, 0);
}

/**
 * For the main thread: from here on no turn is taken. Blocks until a turn that was taken has been given back, at most
 * `mostMs`.
 */
export function endTurns(turn: FoldTurn, mostMs: number): void {
	while (Atomics.compareExchange(turn, 0, free, over) !== free) {
		Atomics.compareExchange(turn, 0, taken, wanted);
		if (Atomics.wait(turn, 0, wanted, mostMs) === "timed-out") return;
	}
}

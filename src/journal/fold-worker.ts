/** A thread that copies the write-ahead log into the database, once for each message, and answers whether it could. */
import { fdatasyncSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { pathToFileURL } from "node:url";
import { parentPort, workerData } from "node:worker_threads";
import type { FoldOrder } from "./fold-thread.ts";
import { giveTurnBack, isTurnWanted, takeTurn } from "./fold-turn.ts";

const { path, file, turn } = workerData as FoldOrder;

/**
 * A copy leaves behind what was committed meanwhile. The next one is so much shorter, and after two or three no more is
 * left than this, in pages; the main thread copies that in 1 or 2 ms.
 */
const fewPages = 64;
const mostRounds = 5;

function fold(): void {
	const database = new DatabaseSync(existing(path), { timeout: 0 });
	try {
		const copy = database.prepare("PRAGMA wal_checkpoint(PASSIVE)");
		let before = 0;
		for (let round = 0; round < mostRounds && !isTurnWanted(turn); round += 1) {
			const { log } = copy.get() as { log: number };
			// SQLite syncs the database only when a copy leaves nothing behind: the main thread would wait for all of it.
			fdatasyncSync(file);
			if (log - before < fewPages) return;
			before = log;
		}
	} finally {
		database.close();
	}
}

/** Never a new file ("Uniform Resource Identifiers": mode=rw). */
function existing(file: string): URL {
	const address = pathToFileURL(file);
	address.search = "?mode=rw";
	return address;
}

function folded(): boolean {
	if (!takeTurn(turn)) return false;
	try {
		fold();
		return true;
	} catch {
		// The main thread folds now itself, and tells what ails the disk.
		return false;
	} finally {
		giveTurnBack(turn);
	}
}

parentPort?.on("message", () => parentPort?.postMessage(folded()));

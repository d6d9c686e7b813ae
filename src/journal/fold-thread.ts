import { closeSync, openSync } from "node:fs";
import { Worker } from "node:worker_threads";
import { endTurns, type FoldTurn, newTurn } from "./fold-turn.ts";

/** What the thread is given. It sees no key, and nothing but pages. */
export type FoldOrder = {
	/** Of the database. */
	readonly path: string;
	/** Descriptor of the same file. */
	readonly file: number;
	readonly turn: FoldTurn;
};

const mostStopMs = 2_000;
const foldWorker = new URL("./fold-worker.ts", import.meta.url);

/**
 * A thread with a connection of its own that folds the write-ahead log while the main thread goes on writing. It is not
 * started before it is needed, and keeps no process alive.
 */
export class FoldThread {
	readonly #path: string;
	readonly #script: URL;
	readonly #turn = newTurn();
	#thread: Worker | undefined;
	#isGone = false;
	#answer: (folded: boolean) => void = () => undefined;
	/**
	 * To sync the database with. It stays open as long as the database: to close it takes away the locks of every
	 * connection in this process ("How To Corrupt An SQLite Database File", 2.2).
	 */
	#file: number | undefined;

	/**
	 * @param path of the database; nothing is opened before `fold`.
	 * @param script what the thread runs.
	 */
	constructor(path: string, script = foldWorker) {
		this.#path = path;
		this.#script = script;
	}

	/** Whether it was started, and can fold. */
	get isAtHand(): boolean {
		return this.#thread !== undefined && !this.#isGone;
	}

	/** Whether it can never fold, again or at all. */
	get isGone(): boolean {
		return this.#isGone;
	}

	/**
	 * Copies into the database, and brings to the disk, nearly all that is in the log. One at a time. Resolves to false
	 * when it could not, for whatever reason: then the log is to be folded on the main thread, which finds out the same.
	 * It does for a sync that failed, too: the system tells each descriptor of it once (fsync(2)).
	 */
	fold(): Promise<boolean> {
		const { promise, resolve } = Promise.withResolvers<boolean>();
		this.#answer = resolve;
		if (!this.#isGone) this.#thread ??= this.#started();
		if (this.#isGone) resolve(false);
		else this.#thread?.postMessage("fold");
		return promise;
	}

	/** Ends the thread. Its connection is closed when this returns, unless the disk takes more than 2 s. */
	stop(): void {
		if (!this.#isGone) endTurns(this.#turn, mostStopMs);
		this.#isGone = true;
		void this.#thread?.terminate();
	}

	/** Call it when the database is closed. */
	close(): void {
		if (this.#file !== undefined) closeSync(this.#file);
		this.#file = undefined;
	}

	#started(): Worker | undefined {
		const lose = () => {
			this.#isGone = true;
			this.#answer(false);
		};
		try {
			// Windows syncs only what may be written.
			this.#file ??= openSync(this.#path, "r+");
			const workerData: FoldOrder = { path: this.#path, file: this.#file, turn: this.#turn };
			const thread = new Worker(this.#script, { workerData, execArgv: [], env: {} });
			thread.unref();
			thread.on("message", (folded: boolean) => this.#answer(folded));
			return thread.on("error", lose).on("exit", lose);
		} catch {
			lose();
			return undefined;
		}
	}
}

import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { sizeOf } from "./files.ts";

/** What a look at a whole journal shows. */
export type Examined = {
	/** "" when it is sound. */
	readonly wrong: string;
	/** How many rows are as the chain says. */
	readonly rows: number;
	/** Of the chain; "-" where it was not looked at. */
	readonly head: string;
};

/**
 * Reads the whole journal of a folder: SQLite's own check, then each row against the chain. Undefined where there is
 * none yet. It changes nothing, the daemon may write meanwhile, and nobody waits for it: a large journal takes long,
 * so a thread of its own reads. Rejects with the signal's reason when it aborts first.
 */
export async function examineJournal(folder: string, signal: AbortSignal): Promise<Examined | undefined> {
	if (sizeOf(join(folder, "journal.db")) === undefined) return undefined;
	signal.throwIfAborted();
	const worker = new Worker(new URL("./examine-worker.ts", import.meta.url), {
		workerData: folder,
		execArgv: [],
		env: {},
	});
	const broken = (wrong: string): Examined => ({ wrong, rows: 0, head: "-" });
	try {
		return await new Promise((resolve, reject) => {
			worker.once("message", (found: Examined) => resolve(found));
			worker.once("error", (error) => resolve(broken(String(error))));
			worker.once("exit", () => resolve(broken("the examination broke off")));
			signal.addEventListener("abort", () => reject(signal.reason), { once: true });
		});
	} finally {
		await worker.terminate();
	}
}

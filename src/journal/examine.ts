import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { sizeOf } from "./files.ts";

/**
 * Reads the whole journal of a folder and tells what is wrong with it: "" when it is sound, undefined when there is
 * none yet. It changes nothing, the daemon may write meanwhile, and nobody waits for it: a large journal takes long,
 * so a thread of its own reads.
 * @throws {DOMException} the signal's reason when it aborts first.
 */
export async function examineJournal(folder: string, signal: AbortSignal): Promise<string | undefined> {
	const path = join(folder, "journal.db");
	if (sizeOf(path) === undefined) return undefined;
	signal.throwIfAborted();
	const worker = new Worker(new URL("./examine-worker.ts", import.meta.url), {
		workerData: path,
		execArgv: [],
		env: {},
	});
	try {
		return await new Promise((resolve, reject) => {
			worker.once("message", (words: string) => resolve(words));
			worker.once("error", (error) => resolve(String(error)));
			worker.once("exit", () => resolve("the examination broke off"));
			signal.addEventListener("abort", () => reject(signal.reason), { once: true });
		});
	} finally {
		await worker.terminate();
	}
}

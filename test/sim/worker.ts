import { parentPort, workerData } from "node:worker_threads";
import { letTheDeadRest, simulate } from "./run.ts";

/** A portion of the seeds. */
export type Share = { readonly first: number; readonly seeds: number };

letTheDeadRest();
parentPort?.on("message", async ({ first, seeds }: Share) => {
	parentPort?.postMessage(await simulate(first, seeds, String(workerData)));
});

/**
 * A thread that finds codes in pictures, one after another. It says `ready` once, then answers each job with one
 * message. A picture that breaks it is its owner's business: the thread ends and another is begun.
 */
import { parentPort, workerData } from "node:worker_threads";
import { type EngineName, openEngine } from "./engine.ts";
import type { Answer, Job, WorkerOptions } from "./jobs.ts";
import { openPixels } from "./pixels.ts";
import { PictureRefused } from "./refused.ts";

const { engine: name, mostPixels, mostSymbols } = workerData as WorkerOptions & { engine: EngineName };
// What the decoders print about a picture is of no use to anyone.
const quiet = () => undefined;
Object.assign(console, { log: quiet, info: quiet, warn: quiet, error: quiet });

const [engine, pixels] = await Promise.all([openEngine(name), openPixels()]);
parentPort?.on("message", (job: Job) => {
	void answerOf(job).then((answer) => parentPort?.postMessage(answer));
});
parentPort?.postMessage("ready");

async function answerOf(job: Job): Promise<Answer> {
	try {
		return { reads: engine(await pixels(job, mostPixels), mostSymbols) };
	} catch (error) {
		if (error instanceof PictureRefused) return { why: error.why, detail: error.detail };
		return { why: "unreadable", detail: "the picture breaks its decoder" };
	}
}

import { Worker } from "node:worker_threads";
import type { Picture } from "../../model/read.ts";
import type { Answer, WorkerOptions } from "./jobs.ts";
import { PictureRefused } from "./refused.ts";

/** What a thread may need until it is ready: the wasm is read and compiled. */
const startMs = 20_000;

/** One picture's pixels and its decoder's tables; what lies outside of V8's heap is bounded by the pixels. */
const resourceLimits = { maxOldGenerationSizeMb: 256 } as const;

/** A thread that decodes one picture at a time and does not outlive a fault. */
export class DecoderThread {
	readonly #worker: Worker;
	readonly #ready: Promise<void>;
	readonly #gone = Promise.withResolvers<void>();
	#over = false;
	#answered: ((answer: Answer) => void) | undefined;

	constructor(options: WorkerOptions) {
		this.#worker = new Worker(new URL("./decoder-worker.ts", import.meta.url), {
			workerData: options,
			resourceLimits,
			// Nothing of the program's own start or surroundings is this thread's business.
			execArgv: [],
			env: {},
		});
		this.#worker.unref();
		const { promise, resolve } = Promise.withResolvers<void>();
		this.#ready = promise;
		this.#worker.on("message", (message: "ready" | Answer) => {
			if (message === "ready") resolve();
			else this.#answered?.(message);
		});
		this.#worker.on("error", () => this.#end());
		this.#worker.on("exit", () => this.#end());
		// Who waits for the first answer must not wait for ever when there will be none.
		void this.#gone.promise.then(resolve);
	}

	/** Whether it can take a picture; one that had a fault never can again. */
	get sound(): boolean {
		return !this.#over;
	}

	/**
	 * The codes of one picture. When the deadline passes first, the thread is ended.
	 * @throws {PictureRefused}
	 */
	async decode(picture: Picture, deadlineMs: number): Promise<Extract<Answer, { reads: unknown }>["reads"]> {
		await this.#within(startMs, this.#ready, "failed", "the decoder does not start");
		if (this.#over) throw new PictureRefused("failed", "the decoder cannot be run");
		const { promise, resolve } = Promise.withResolvers<Answer>();
		this.#answered = resolve;
		void this.#gone.promise.then(() => resolve({ why: "failed", detail: "the decoder broke down" }));
		// A copy of its own: a view would take the whole buffer behind it along.
		const bytes = Uint8Array.from(picture.bytes);
		this.#worker.postMessage({ ...picture, bytes }, [bytes.buffer]);
		const answer = await this.#within(deadlineMs, promise, "too-slow", "the picture takes too long");
		if ("reads" in answer) return answer.reads;
		throw new PictureRefused(answer.why, answer.detail);
	}

	async close(): Promise<void> {
		this.#end();
		await this.#worker.terminate();
	}

	#end(): void {
		this.#over = true;
		this.#gone.resolve();
	}

	async #within<T>(ms: number, promise: Promise<T>, why: "failed" | "too-slow", detail: string): Promise<T> {
		const late = Promise.withResolvers<never>();
		const timer = setTimeout(() => {
			late.reject(new PictureRefused(why, detail));
			void this.close();
		}, ms);
		try {
			return await Promise.race([promise, late.promise]);
		} finally {
			clearTimeout(timer);
		}
	}
}

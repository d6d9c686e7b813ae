import type { Clock } from "../model/clock.ts";
import { FaultError } from "../model/fault.ts";
import type { Log } from "../model/log.ts";
import type { Secret } from "../model/secret.ts";
import type { BridgeSettings } from "../model/settings/verifier.ts";
import { BridgeProcess } from "./bridge-process.ts";
import { within } from "./within.ts";

export type BridgeTools = { readonly clock: Clock; readonly log: Log };

/**
 * Keeps the program that wraps the vendor's library running for one brand, and calls it. After each start comes one
 * `init`. When it ends, for whatever reason, it is started again after a pause that grows up to the longest one.
 */
export class Bridge {
	readonly #brand: string;
	readonly #parameters: Secret<object>;
	readonly #settings: BridgeSettings;
	readonly #tools: BridgeTools;
	readonly #closing = new AbortController();
	readonly #kept: Promise<void>;
	#process: BridgeProcess | undefined;
	/** The program once it has answered `init`; undefined while none runs. */
	#ready: Promise<BridgeProcess> | undefined;

	constructor(brand: string, parameters: Secret<object>, settings: BridgeSettings, tools: BridgeTools) {
		this.#brand = brand;
		this.#parameters = parameters;
		this.#settings = settings;
		this.#tools = tools;
		this.#kept = this.#keep();
	}

	/**
	 * Asks the library. A program that is still starting is waited for, one that is down is not.
	 * @throws {FaultError} `password-unchecked` when there is no result; or the signal's reason.
	 */
	async call(method: string, params: object, signal: AbortSignal): Promise<unknown> {
		const { callMs } = this.#settings;
		const down = () => new FaultError("password-unchecked", "the bridge is not ready");
		if (this.#ready === undefined) throw down();
		const ready = await within(callMs, this.#ready, down, this.#tools.clock, signal);
		return ready.call(method, params, callMs, signal);
	}

	/** Ends the program, and resolves when it is gone. */
	async close(): Promise<void> {
		this.#closing.abort();
		await this.#process?.close();
		await this.#kept;
	}

	async #keep(): Promise<void> {
		const { clock, log } = this.#tools;
		const { firstWaitMs, factor, mostWaitMs } = this.#settings.restart;
		const { signal } = this.#closing;
		let retryInMs = firstWaitMs;
		while (!signal.aborted) {
			const { why, servedMs } = await this.#run().catch((error) => ({ why: reasonOf(error), servedMs: 0 }));
			if (signal.aborted) return;
			// One that served for longer than the longest pause was sound: its end begins a new row of failures.
			if (servedMs > mostWaitMs) retryInMs = firstWaitMs;
			const facts = { brand: this.#brand, why, stderrBytes: this.#process?.stderrBytes, retryInMs };
			log.warn(facts, "the verifier's bridge is down: cards of this brand cannot pay");
			await clock.sleep(retryInMs, signal).catch(() => undefined);
			retryInMs = Math.min(Math.round(retryInMs * factor), mostWaitMs);
		}
	}

	/** Runs the program until it ends, and tells why and for how long it served. Rejects when it was never ready. */
	async #run(): Promise<{ why: string; servedMs: number }> {
		const { clock, log } = this.#tools;
		const { initMs } = this.#settings;
		this.#process = undefined;
		const program = new BridgeProcess(this.#settings, clock);
		this.#process = program;
		const init = program.call("init", this.#parameters.reveal(), initMs, this.#closing.signal);
		this.#ready = init.then(() => program);
		try {
			await this.#ready;
			log.info({ brand: this.#brand }, "the verifier's bridge is ready");
			const readyAt = clock.now();
			return { why: await program.over, servedMs: clock.now() - readyAt };
		} finally {
			this.#ready = undefined;
			await program.close();
		}
	}
}

/** Why there is no program to ask, without what a stranger may have put into words. */
function reasonOf(error: unknown): string {
	if (error instanceof FaultError) return error.detail;
	const code = (error as NodeJS.ErrnoException | undefined)?.code ?? "unknown error";
	return `the bridge cannot be run: ${code}`;
}

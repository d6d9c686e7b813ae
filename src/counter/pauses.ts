import type { ScannerDeed } from "../model/device.ts";
import { faultOf } from "../model/fault.ts";
import type { Rooms } from "../rooms.ts";
import type { Quiet } from "../scan/quiet.ts";

type PauseTools = Pick<Rooms, "settings" | "journal" | "log" | "tellScanner">;

/** Who wants scanners paused; told apart by identity. */
type Pauser = { readonly gone: AbortSignal };

/**
 * Scanners that rest, because a POS program wants them to. What a paused scanner reads is kept out, whatever it can be
 * told. One that can be switched off is switched off too, so that it does not beep for nothing; should that fail, the
 * log says so. Each pause and each end of one is an event.
 */
export class Pauses {
	readonly #tools: PauseTools;
	readonly #quiet: Quiet;
	readonly #pausers = new WeakSet<Pauser>();
	/** Scanners that have been switched on since they were there. */
	readonly #on = new Set<string>();

	constructor(tools: PauseTools, quiet: Quiet) {
		this.#tools = tools;
		this.#quiet = quiet;
	}

	/** The names of all that are paused now. */
	all(): string[] {
		const names = this.#tools.settings.scanners.map(({ name }) => name);
		return names.filter((name) => this.#quiet.isPaused(name));
	}

	/** `by` need not ask for the end: when it is gone they go on, unless another one wants them paused too. */
	pause(scanners: readonly string[], by: Pauser): void {
		if (by.gone.aborted) return;
		for (const scanner of this.#quiet.pause(scanners, by)) {
			this.#switchOff(scanner);
			this.#announce(scanner, "paused");
		}
		if (this.#pausers.has(by)) return;
		this.#pausers.add(by);
		by.gone.addEventListener("abort", () => this.#release(by), { once: true });
	}

	/** Whoever has paused them. */
	resume(scanners: readonly string[]): void {
		for (const scanner of this.#quiet.resume(scanners)) {
			this.#switchOn(scanner);
			this.#announce(scanner, "resumed");
		}
	}

	/**
	 * The scanner is there, for the first time or again. It may have forgotten what it was told, or remember what an
	 * earlier run has told it, or have been out of reach when it was to go on.
	 */
	back(scanner: string): void {
		if (this.#quiet.isPaused(scanner)) this.#switchOff(scanner);
		else if (!this.#on.has(scanner)) this.#switchOn(scanner);
	}

	#release(by: Pauser): void {
		try {
			for (const scanner of this.#quiet.release(by)) {
				this.#switchOn(scanner);
				this.#announce(scanner, "resumed");
			}
		} catch (error) {
			// The journal has failed or is closed, and says so itself.
			this.#tools.log.warn({ fault: faultOf(error) }, "nobody was told that the scanners go on");
		}
	}

	#switchOff(scanner: string): void {
		this.#on.delete(scanner);
		void this.#tell(scanner, "disable");
	}

	#switchOn(scanner: string): void {
		void this.#tell(scanner, "enable")?.then((isTold) => {
			if (isTold && !this.#quiet.isPaused(scanner)) this.#on.add(scanner);
		});
	}

	#tell(scanner: string, deed: ScannerDeed): Promise<boolean> | undefined {
		const { tellScanner, log } = this.#tools;
		return tellScanner?.(scanner, deed).catch((error: unknown) => {
			log.warn({ scanner, deed, fault: faultOf(error) }, "the scanner was not told");
			return false;
		});
	}

	#announce(scanner: string, state: "paused" | "resumed"): void {
		this.#tools.log.info({ scanner }, `scanner ${state}`);
		this.#tools.journal.events.announce("device", { scanner, state });
	}
}

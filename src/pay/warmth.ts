import type { Clock } from "../model/clock.ts";
import { underAny } from "../model/when-aborted.ts";

/** How often a connection is used so that it stays open, and the back-off when it does not. */
export type WarmthSettings = {
	readonly everyMs: number;
	readonly firstWaitMs: number;
	readonly factor: number;
	readonly mostWaitMs: number;
	/** The part of a back-off that is random, 0 to 1. */
	readonly jitter: number;
};

/** Keeps a connection open between payments. */
export type Warmth = {
	/** Resolves after the first knock, whatever came of it; the next ones follow until `stop`. */
	start(): Promise<void>;
	/** To be called when a connection has ended, so that a new one is opened. */
	lost(): void;
	stop(): void;
};

/**
 * Knocks at the server every now and then. A connection that is lost is opened again: at once when it had lasted
 * longer than the back-off, otherwise (as after a knock in vain) when the back-off is over, which then grows.
 * @param knock harmless requests; resolves to whether the server answered, never rejects.
 * @param random from 0 to 1, for the random part of a back-off.
 */
export function keepWarm(
	knock: (signal: AbortSignal) => Promise<boolean>,
	settings: WarmthSettings,
	clock: Clock,
	random: () => number,
): Warmth {
	const over = new AbortController();
	let loss = new AbortController();
	let backOffMs = settings.firstWaitMs;

	async function round(knocked: Promise<boolean>): Promise<void> {
		const answered = await knocked;
		const openSince = clock.now();
		if (answered) await underAny([loss.signal, over.signal], (any) => rest(clock, settings.everyMs, any));
		if (answered && clock.now() - openSince > backOffMs) {
			backOffMs = settings.firstWaitMs;
		} else {
			await rest(clock, backOffMs * (1 - settings.jitter * random()), over.signal);
			backOffMs = Math.min(backOffMs * settings.factor, settings.mostWaitMs);
		}
	}

	async function goOn(firstKnock: Promise<boolean>): Promise<void> {
		await round(firstKnock);
		while (!over.signal.aborted) {
			loss = new AbortController();
			await round(knock(over.signal));
		}
	}

	return {
		start: async () => {
			const firstKnock = knock(over.signal);
			void goOn(firstKnock);
			await firstKnock;
		},
		lost: () => loss.abort(),
		stop: () => over.abort(),
	};
}

/** Waits, or until the signal aborts. */
function rest(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
	return clock.sleep(ms, signal).catch(() => undefined);
}

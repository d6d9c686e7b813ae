import type { Clock } from "../model/clock.ts";
import type { Facts } from "./wire.ts";

type Hear = (facts: Facts) => void;

/** What the Pay API's server tells by itself ("postback"), for those that wait for it. */
export type Posted = {
	/**
	 * Hears every postback about a transaction, never before `listen` has returned; also those of the last moments,
	 * because the server may tell before its answer to our own request has come.
	 * @param id a transactionId or a refTransactionId, in capital or small letters.
	 * @returns ends the listening.
	 */
	listen(id: string, hear: Hear): () => void;
};

/** For a till that the server cannot reach: nothing is ever heard. */
export const noPostbacks: Posted = { listen: () => () => undefined };

/**
 * What became of a postback: `heard` by someone who waits; `late`, about a transaction that was waited for before;
 * or `unknown`, about one that this till has not waited for yet, or never will.
 */
export type Fate = "heard" | "late" | "unknown";

/** A till has one payment or refund in progress; the rest is room for old ones that end in the background. */
const mostKept = 64;
const mostRemembered = 1_024;

/** Hands postbacks to those who wait, and keeps for a moment those that nobody waits for. */
export class PostedDesk implements Posted {
	readonly #listeners = new Map<string, Set<Hear>>();
	/** Ids that were listened to, the oldest first. */
	readonly #remembered = new Set<string>();
	#kept: readonly { readonly ids: readonly string[]; readonly facts: Facts; readonly at: number }[] = [];
	readonly #keepMs: number;
	readonly #clock: Clock;

	/** @param keepMs for how long a postback waits for a listener. */
	constructor(keepMs: number, clock: Clock) {
		this.#keepMs = keepMs;
		this.#clock = clock;
	}

	listen(id: string, hear: Hear): () => void {
		const key = id.toLowerCase();
		const listeners = this.#listeners.get(key) ?? new Set();
		// A function of its own: the same `hear` may listen twice, and each ends for itself.
		const listener: Hear = (facts) => hear(facts);
		this.#listeners.set(key, listeners.add(listener));
		this.#remember(key);
		queueMicrotask(() => this.#giveKept(key, () => listeners.has(listener), hear));
		return () => {
			listeners.delete(listener);
			if (listeners.size === 0 && this.#listeners.get(key) === listeners) this.#listeners.delete(key);
		};
	}

	/** Hands a postback over, or keeps it. A refund's postback bears the payment's id too. */
	take(facts: Facts): Fate {
		const ids = idsOf(facts);
		const listeners = ids.flatMap((id) => [...(this.#listeners.get(id) ?? [])]);
		for (const hear of listeners) hear(facts);
		if (listeners.length > 0) return "heard";
		this.#kept = [...this.#fresh(), { ids, facts, at: this.#clock.now() }].slice(-mostKept);
		return ids.some((id) => this.#remembered.has(id)) ? "late" : "unknown";
	}

	#giveKept(id: string, stillListening: () => boolean, hear: Hear): void {
		const isFor = ({ ids }: { readonly ids: readonly string[] }) => ids.includes(id);
		const given = this.#fresh().filter(isFor);
		if (given.length === 0 || !stillListening()) return;
		this.#kept = this.#kept.filter((kept) => !isFor(kept));
		for (const { facts } of given) {
			if (stillListening()) hear(facts);
		}
	}

	#fresh() {
		const now = this.#clock.now();
		return this.#kept.filter(({ at }) => now - at <= this.#keepMs);
	}

	#remember(id: string): void {
		this.#remembered.delete(id);
		this.#remembered.add(id);
		const [oldest] = this.#remembered;
		if (this.#remembered.size > mostRemembered && oldest !== undefined) this.#remembered.delete(oldest);
	}
}

function idsOf({ transactionId, refTransactionId }: Facts): string[] {
	return [transactionId, refTransactionId].flatMap((id) => (id === undefined ? [] : [id.toLowerCase()]));
}

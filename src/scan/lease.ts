import { FaultError } from "../model/fault.ts";
import type { Scan } from "../model/scan.ts";
import type { Shelf } from "./shelf.ts";
import { Takers } from "./takers.ts";

/** Who takes scans. */
export type Taker = {
	/** Aborts when nothing reaches it any more. It tells takers apart, too. */
	readonly gone: AbortSignal;
};

type Lease = {
	/** Whose scan it is; undefined: no till's, so that it is for those who take all. */
	readonly till: string | undefined;
	/** How often it has been offered. */
	offers: number;
	/** Whose it is, or who had it acknowledged, by its signal: a lease outlives many a holder, and must not keep it. */
	holder: AbortSignal | undefined;
	/** Somebody deals with it: it is offered no more. */
	isDone: boolean;
	timer?: ReturnType<typeof setTimeout> | undefined;
};

export type LeaseTools<T> = {
	/** How long the one that has a scan may take to acknowledge it. */
	readonly leaseMs: number;
	/** What is no longer there is offered to nobody. */
	readonly shelf: Pick<Shelf, "look" | "find">;
	/** Tells one taker that a scan is its own. `offer` is 1, or 2 when an earlier offer came to nothing. */
	readonly offer: (to: T, scan: Scan, offer: number) => void;
};

/** The first offer and one more: a scan that nobody has acknowledged by then is nobody's. */
const mostOffers = 2;

/**
 * Each scan is leased to one of those that take scans of its till: to the one that has taken them longest, those
 * before who take all tills' scans. Not acknowledged within
 * `leaseMs`, or when its holder is gone, it is offered once more, to another one if there is one. While nobody takes
 * scans it waits for the first that does. At every moment at most one holds it, and who has acknowledged it keeps it.
 */
export class Leases<T extends Taker> {
	readonly #tools: LeaseTools<T>;
	readonly #takers = new Takers<T>();
	readonly #leases = new Map<string, Lease>();
	/** As many as the shelf holds: the oldest is forgotten. */
	readonly #most: number;

	constructor(tools: LeaseTools<T>, most = 64) {
		this.#tools = tools;
		this.#most = most;
	}

	/**
	 * From now on scans are offered to this taker too, first those that wait. Safe to repeat; the last till counts.
	 * @param till whose scans it takes; without it those of all tills.
	 */
	accept(taker: T, till?: string): void {
		if (taker.gone.aborted) return;
		if (this.#takers.add(taker, till))
			taker.gone.addEventListener("abort", () => this.#leave(taker), { once: true });
		for (const [scanId, lease] of this.#leases) this.#offer(scanId, lease);
	}

	/** A scan that lies on the shelf is there to be had, by those who take scans of its till. */
	put(scanId: string, till?: string): void {
		const lease: Lease = { till, offers: 0, holder: undefined, isDone: false };
		this.#leases.set(scanId, lease);
		const [oldest] = this.#leases.keys();
		if (this.#leases.size > this.#most && oldest !== undefined) {
			clearTimeout(this.#leases.get(oldest)?.timer);
			this.#leases.delete(oldest);
		}
		this.#offer(scanId, lease);
	}

	/**
	 * The one that asks deals with this scan: it holds the scan, or nobody does. Safe to repeat.
	 * @throws {FaultError} `scan-gone`, or `scan-leased-elsewhere` when another one holds it or somebody has it already.
	 */
	acknowledge(scanId: string, by: T): void {
		this.#tools.shelf.look(scanId);
		if (!this.#take(scanId, by)) throw new FaultError("scan-leased-elsewhere");
	}

	/** The one that asks has its content. Means the same when it holds the scan, or nobody does; else nothing. */
	taken(scanId: string, by: T): void {
		this.#take(scanId, by);
	}

	/** Somebody pays with it, whoever holds it. */
	used(scanId: string): void {
		const lease = this.#leases.get(scanId);
		if (lease !== undefined) finish(lease);
	}

	/** Nothing is offered any more. */
	close(): void {
		for (const lease of this.#leases.values()) finish(lease);
	}

	#take(scanId: string, by: T): boolean {
		const lease = this.#leases.get(scanId);
		if (lease === undefined || lease.holder === by.gone) {
			if (lease !== undefined) finish(lease);
			return true;
		}
		if (lease.isDone || lease.holder !== undefined) return false;
		lease.holder = by.gone;
		finish(lease);
		return true;
	}

	#leave(taker: T): void {
		this.#takers.remove(taker);
		for (const [scanId, lease] of this.#leases) {
			if (lease.holder === taker.gone && !lease.isDone) this.#offerAgain(scanId, lease);
		}
	}

	#offerAgain(scanId: string, lease: Lease): void {
		clearTimeout(lease.timer);
		const before = lease.holder;
		lease.holder = undefined;
		this.#offer(scanId, lease, before);
	}

	/** Does nothing when there is nobody to offer it to, or no reason to. */
	#offer(scanId: string, lease: Lease, before?: AbortSignal): void {
		if (lease.isDone || lease.holder !== undefined || lease.offers >= mostOffers) return;
		const takers = this.#takers.of(lease.till);
		const [taker = takers[0]] = takers.filter(({ gone }) => gone !== before);
		const scan = this.#tools.shelf.find(scanId);
		if (scan === undefined || taker === undefined || taker.gone.aborted) return;
		lease.offers += 1;
		lease.holder = taker.gone;
		lease.timer = setTimeout(() => this.#offerAgain(scanId, lease), this.#tools.leaseMs);
		this.#tools.offer(taker, scan, lease.offers);
	}
}

function finish(lease: { isDone: boolean; timer?: ReturnType<typeof setTimeout> | undefined }): void {
	lease.isDone = true;
	clearTimeout(lease.timer);
	lease.timer = undefined;
}

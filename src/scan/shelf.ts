import type { Clock } from "../model/clock.ts";
import { FaultError } from "../model/fault.ts";
import type { PayableScan, Scan } from "../model/scan.ts";

/** Recent scans, in memory only: a card number or a cardSession is never written down for later. */
export type Shelf = {
	put(scan: Scan): void;
	/** Undefined when it is not there or too old. */
	find(scanId: string): Scan | undefined;
	/** @throws {FaultError} `scan-gone` when it is not there or too old. */
	look(scanId: string): Scan;
	/**
	 * The card to pay with.
	 * @throws {FaultError} `scan-gone`, `scan-used`, `card-cannot-pay`, or what is wrong with its password.
	 */
	payable(scanId: string): PayableScan;
	/** Marks a card as used: its session pays once. */
	spend(scanId: string): void;
};

/** A shelf whose scans live for `lifetimeMs` and that holds `most` of them, the newest. */
export function scanShelf(lifetimeMs: number, clock: Clock, most = 64): Shelf {
	const scans = new Map<string, Scan>();
	const spent = new Set<string>();

	const drop = (scanId: string) => {
		scans.delete(scanId);
		spent.delete(scanId);
	};
	const find = (scanId: string) => {
		const scan = scans.get(scanId);
		if (scan !== undefined && clock.now() - scan.at <= lifetimeMs) return scan;
		drop(scanId);
		return undefined;
	};
	const look = (scanId: string) => {
		const scan = find(scanId);
		if (scan !== undefined) return scan;
		throw new FaultError("scan-gone", `no scan ${scanId}, or it is older than ${lifetimeMs} ms`);
	};
	return {
		put: (scan) => {
			scans.set(scan.id, scan);
			const [oldest] = scans.keys();
			if (scans.size > most && oldest !== undefined) drop(oldest);
		},
		find,
		look,
		payable: (scanId) => {
			const scan = look(scanId);
			if (scan.kind !== "payable") throw new FaultError("card-cannot-pay", `the scan is ${scan.kind}`);
			if (spent.has(scanId)) throw new FaultError("scan-used");
			if (!scan.verdict.good) throw new FaultError(scan.verdict.fault);
			return scan;
		},
		spend: (scanId) => spent.add(scanId),
	};
}

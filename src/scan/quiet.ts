import type { FaultCode } from "../model/fault.ts";

/** A code that was kept out: it became no scan, its password was not looked at, and it may be shown again. */
export type KeptOut = { readonly type: "kept-out"; readonly scanner: string; readonly fault: FaultCode };

/** Who has a scanner paused: told apart by identity alone. */
type Pauser = object;

/** Which scanners are not listened to, and why. In memory only: a restart listens to all of them. */
export type Quiet = {
	/** Why a code that this scanner reads now is kept out: `scanner-paused`, `scan-while-paying`, or undefined. */
	keptOut(scanner: string): FaultCode | undefined;
	isPaused(scanner: string): boolean;
	/** Tells which of these scanners were not paused before. */
	pause(scanners: readonly string[], by: Pauser): string[];
	/** Whoever had them paused. Tells which of these scanners were. */
	resume(scanners: readonly string[]): string[];
	/** Takes back all that one has paused. Tells which scanners nobody has paused any more. */
	release(by: Pauser): string[];
};

/** @param isPaying whether at the till of this scanner a payment runs of which nothing has been told yet. */
export function openQuiet(isPaying: (scanner: string) => boolean): Quiet {
	const pausers = new Map<string, Set<Pauser>>();
	const isPaused = (scanner: string) => pausers.has(scanner);
	return {
		keptOut: (scanner) => {
			if (isPaused(scanner)) return "scanner-paused";
			return isPaying(scanner) ? "scan-while-paying" : undefined;
		},
		isPaused,
		pause: (scanners, by) => {
			const fresh = scanners.filter((scanner) => !isPaused(scanner));
			for (const scanner of scanners) {
				pausers.set(scanner, (pausers.get(scanner) ?? new Set()).add(by));
			}
			return fresh;
		},
		resume: (scanners) => scanners.filter((scanner) => pausers.delete(scanner)),
		release: (by) =>
			[...pausers].flatMap(([scanner, all]) => {
				const isLast = all.delete(by) && all.size === 0;
				return isLast && pausers.delete(scanner) ? [scanner] : [];
			}),
	};
}

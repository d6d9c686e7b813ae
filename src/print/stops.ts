import { filter, firstValueFrom, from, map, merge, NEVER, type Observable } from "rxjs";
import type { FaultCode } from "../model/fault.ts";
import type { Conversation } from "./conversation.ts";
import { within } from "./deadline.ts";
import type { Patience } from "./pieces.ts";
import type { Press, PrintHooks } from "./press.ts";
import { stopIn } from "./watch.ts";

/** A printer that stops and goes on more often than this in one block needs somebody to look at it. */
const mostStops = 8;

/** How a stop ended: the printer goes on, what it had to prove is proven all the same, or nobody helped in time. */
type StopEnd = "goes-on" | "proof" | "stays";

/** The stops of a printer in the middle of a block. */
export type Stops = {
	/** Why the printer does not print, whenever that is known; at once if it is known already. */
	readonly stop$: Observable<FaultCode>;
	/** Tells that the printer waits for help, and waits at most `reloadMs` for it to go on, or for `proof`. */
	outlast(fault: FaultCode, proof?: Promise<unknown>): Promise<StopEnd>;
	/** For bytes that are not taken: whether that was for a stop, and the stop is over. */
	readonly outlasted: Patience;
	/** Whether it has stopped at all. */
	any(): boolean;
	/** The words, with the last stop behind them. */
	tell(words: string): string;
};

export function openStops(talk: Conversation, hooks: PrintHooks, { watch, clock, deadlines }: Press): Stops {
	const faults: FaultCode[] = [];
	const goesOn$ = watch.status$.pipe(
		filter((status) => status.state === "readable" && stopIn(status) === undefined),
		map((): StopEnd => "goes-on"),
	);
	const gone$ = talk.gone$.pipe(map((): StopEnd => "stays"));
	const outlast: Stops["outlast"] = async (fault, proof) => {
		faults.push(fault);
		if (faults.length > mostStops) return "stays";
		hooks.waits?.(fault);
		const proven$ = proof === undefined ? NEVER : from(proof).pipe(map((): StopEnd => "proof"));
		const end = firstValueFrom(merge(goesOn$, gone$, proven$));
		return (await within(deadlines.reloadMs, clock, end)) ?? "stays";
	};
	return {
		stop$: watch.status$.pipe(
			map(stopIn),
			filter((fault) => fault !== undefined),
		),
		outlast,
		outlasted: async () => {
			const fault = stopIn(watch.now());
			return fault !== undefined && (await outlast(fault)) === "goes-on";
		},
		any: () => faults.length > 0,
		tell: (words) => (faults.length > 0 ? `${words}, after ${faults.at(-1)}` : words),
	};
}

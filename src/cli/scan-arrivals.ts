import { type MonoTypeOperatorFunction, tap } from "rxjs";
import type { Clock } from "../model/clock.ts";

/** Pieces of one read do not pause for longer, ms. */
const longestPauseMs = 1_000;

/** As many as the longest read may have pieces; of more only the latest matter. */
const mostPieces = 65_536;

/** Watches when bytes arrive, to know later when a read began. */
export type Arrivals = {
	/** Lets all through. */
	readonly heard: MonoTypeOperatorFunction<Uint8Array>;
	/** When the first piece came of the read whose last piece came at `lastAt`; forgets all up to there. */
	firstOf(lastAt: number): number;
};

export function arrivals(clock: Pick<Clock, "now">): Arrivals {
	let times: number[] = [];
	return {
		heard: tap(() => {
			if (times.length < mostPieces) times.push(clock.now());
		}),
		firstOf: (lastAt) => {
			const read = times.filter((at) => at <= lastAt);
			times = times.filter((at) => at > lastAt);
			return read.reduceRight((first, at) => (first - at <= longestPauseMs ? at : first), lastAt);
		},
	};
}

import type { CancelReason, Diary } from "../model/operation.ts";

/** Whether kassad wants the payment cancelled. Wanted once, it is wanted for good, and for the first reason. */
export type CancelWish = {
	readonly reason: CancelReason | undefined;
	/** Aborts when a cancel is wanted. */
	readonly signal: AbortSignal;
	/** The wish is on disk when this returns. @throws {FaultError} when it cannot be written down. */
	want(reason: CancelReason): void;
	/**
	 * Does something that a wish ends, for the cancel to leave at once. A wish that comes meanwhile is written down
	 * together with that request: the cashier does not wait for a second sync.
	 */
	awaited<T>(deed: () => Promise<T>): Promise<T>;
	/** The number of the cancel that stands in the diary already, once. */
	takeAttempt(): number | undefined;
	/** Says of a cancel that stands in the diary that it never left, because the payment has ended; and that in words. */
	forgo(): string | undefined;
};

/**
 * @param known the reason that an earlier run has written down.
 * @param requestId of the cancel.
 */
export function cancelWish(known: CancelReason | undefined, diary: Diary, requestId: string): CancelWish {
	const wanted = new AbortController();
	let first = known;
	let leavesAtOnce = false;
	let attempt: number | undefined;
	if (known !== undefined) wanted.abort(known);
	const takeAttempt = () => {
		const journaled = attempt;
		attempt = undefined;
		return journaled;
	};
	return {
		get reason() {
			return first;
		},
		signal: wanted.signal,
		want: (cancelWanted) => {
			if (first !== undefined) return;
			if (leavesAtOnce) attempt = diary.before("cancel", requestId, { cancelWanted });
			else diary.learned({ cancelWanted });
			first = cancelWanted;
			wanted.abort(cancelWanted);
		},
		awaited: async (deed) => {
			leavesAtOnce = true;
			return deed().finally(() => {
				leavesAtOnce = false;
			});
		},
		takeAttempt,
		forgo: () => {
			const unsent = takeAttempt();
			if (unsent === undefined) return undefined;
			const summary = "the payment has ended";
			diary.after(unsent, { kind: "not-sent", summary });
			return summary;
		},
	};
}

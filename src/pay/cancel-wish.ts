import type { CancelReason, Diary } from "../model/operation.ts";

/** Whether kassad wants the payment cancelled. Wanted once, it is wanted for good, and for the first reason. */
export type CancelWish = {
	readonly reason: CancelReason | undefined;
	/** Aborts when a cancel is wanted. */
	readonly signal: AbortSignal;
	/** The wish is on disk when this returns. @throws {FaultError} when it cannot be written down. */
	want(reason: CancelReason): void;
};

/** @param known the reason that an earlier run has written down. */
export function cancelWish(known: CancelReason | undefined, diary: Diary): CancelWish {
	const wanted = new AbortController();
	let first = known;
	if (known !== undefined) wanted.abort();
	return {
		get reason() {
			return first;
		},
		signal: wanted.signal,
		want: (reason) => {
			if (first !== undefined) return;
			diary.learned({ cancelWanted: reason });
			first = reason;
			wanted.abort();
		},
	};
}

import type { CancelReason, Diary } from "../model/operation.ts";

/** Whether kassad wants the payment cancelled. Wanted once, it is wanted for good, and for the first reason. */
export class CancelWish {
	readonly #diary: Diary;
	readonly #requestId: string;
	readonly #wanted = new AbortController();
	#reason: CancelReason | undefined;
	#leavesAtOnce = false;
	#attempt: number | undefined;

	/**
	 * @param known the reason that an earlier run has written down.
	 * @param requestId of the cancel.
	 */
	constructor(known: CancelReason | undefined, diary: Diary, requestId: string) {
		this.#diary = diary;
		this.#requestId = requestId;
		this.#reason = known;
		if (known !== undefined) this.#wanted.abort(known);
	}

	get reason(): CancelReason | undefined {
		return this.#reason;
	}

	/** Aborts when a cancel is wanted. */
	get signal(): AbortSignal {
		return this.#wanted.signal;
	}

	/** The wish is written down when this returns. @throws {FaultError} when it cannot be written down. */
	want(cancelWanted: CancelReason): void {
		if (this.#reason !== undefined) return;
		if (this.#leavesAtOnce) this.#attempt = this.#diary.before("cancel", this.#requestId, { cancelWanted });
		else this.#diary.learned({ cancelWanted });
		this.#reason = cancelWanted;
		this.#wanted.abort(cancelWanted);
	}

	/**
	 * Does something that a wish ends, for the cancel to leave at once. A wish that comes meanwhile is written down
	 * together with that request: the cashier does not wait for a second sync.
	 */
	async awaited<T>(deed: () => Promise<T>): Promise<T> {
		this.#leavesAtOnce = true;
		return deed().finally(() => {
			this.#leavesAtOnce = false;
		});
	}

	/** The number of the cancel that stands in the diary already, once. */
	takeAttempt(): number | undefined {
		const journaled = this.#attempt;
		this.#attempt = undefined;
		return journaled;
	}

	/** Says of a cancel that stands in the diary that it never left, because the payment has ended; and that in words. */
	forgo(): string | undefined {
		const unsent = this.takeAttempt();
		if (unsent === undefined) return undefined;
		const summary = "the payment has ended";
		this.#diary.after(unsent, { kind: "not-sent", summary });
		return summary;
	}
}

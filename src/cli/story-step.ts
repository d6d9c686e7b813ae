/** One thing that happened. */
export type Step = {
	/** Wall-clock ms; absent for what is so at the end of the story. */
	readonly at?: number;
	/** What it was, and what more is known of it. */
	readonly lines: readonly string[];
};

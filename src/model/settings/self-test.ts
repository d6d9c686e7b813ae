import { z } from "zod";
import { milliseconds, wholeNumber } from "./common.ts";

/** What `kassad selftest` and `selftest.run` measure by. */
export const selfTestSettings = z.strictObject({
	/** What the journal's disk must have left, bytes. */
	leastFreeBytes: wholeNumber(1_048_576, 1_099_511_627_776),
	/** The technician's time for one thing, such as to read one code. */
	stepMs: milliseconds(1_000, 600_000),
	/** What the test payment is about, kopecks. */
	amount: wholeNumber(100, 10_000_000),
});

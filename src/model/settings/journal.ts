import { z } from "zod";
import { text, wholeNumber } from "./common.ts";

const words = { error: "expected null, or a whole number of days from 365 to 36500", abort: true };

export const journalSettings = z
	.strictObject({
		/** Folder of the database, its key and its lock. */
		folder: text(4_096),
		/** Days for which a repeated key finds its operation. */
		keepDays: wholeNumber(30, 3_650),
		/** Days after which a finished operation is erased; null keeps everything. */
		eraseAfterDays: z.int(words).min(365, words).max(36_500, words).nullable(),
	})
	.refine(({ keepDays, eraseAfterDays }) => eraseAfterDays === null || eraseAfterDays >= keepDays, {
		path: ["eraseAfterDays"],
		error: "expected null, or not less than keepDays: a key that is erased would be paid anew",
	});

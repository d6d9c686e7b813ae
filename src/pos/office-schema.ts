import { z } from "zod";
import { timeAsked, timeRule } from "./office-shapes.ts";
import { key, terminal } from "./shapes.ts";

export const configGetParams = z.strictObject({});
export const deviceListParams = z.strictObject({});

/** Without any time: since midnight. */
export const reportReadParams = z
	.strictObject({
		...timeAsked,
		/** The first answer has the sums, each a part of the rows. */
		after: z.int().min(1).describe("`next` of the answer before, for the next part.").exactOptional(),
		limit: z.int().min(1).max(1_000).default(200),
	})
	.refine(timeRule.holds, timeRule.words)
	.meta(timeRule.meta);

/** Without a terminalId: the till of `store.terminalId`. */
const shiftDeed = z.strictObject({ key, terminal: terminal.exactOptional() });
export const shiftOpenParams = shiftDeed;
export const shiftCloseParams = shiftDeed;

/** The newest first. */
export const shiftListParams = z.strictObject({
	terminal: terminal.exactOptional(),
	before: z.int().min(1).describe("`next` of the answer before, for the next part.").exactOptional(),
	limit: z.int().min(1).max(200).default(50),
});

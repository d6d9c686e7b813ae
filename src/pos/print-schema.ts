import { z } from "zod";
import { timeAsked, timeRule } from "./office-shapes.ts";
import { deviceName, fewOf, key, operationId } from "./shapes.ts";

/** The number that the journal gives to each print. */
const printId = z.int().min(1);

const printer = deviceName;

export const states = ["queued", "printing", "printed", "not-printed", "unknown", "cancelled"] as const;
export const marks = ["original", "copy", "repeat"] as const;
export const documents = ["payment", "refund", "fiscal-receipt", "shift-report", "self-test"] as const;

export const printListParams = z.strictObject({
	states: fewOf(z.enum(states), states.length).exactOptional(),
	operationId: operationId.exactOptional(),
	printer: printer.exactOptional(),
	most: z.int().min(1).max(200).default(50),
});

export const printGetParams = z.strictObject({ printId });

/** Without a printer: the one that it was for. */
export const printAgainParams = z.strictObject({ key, printId, printer: printer.exactOptional() });

const common = { key, printer: printer.exactOptional() };

/** Without a printer: the first one. A shift without its moments is that since midnight. */
export const printDocumentParams = z.discriminatedUnion("document", [
	z.strictObject({ ...common, document: z.enum(["payment", "refund", "fiscal-receipt"]), operationId }),
	z
		.strictObject({ ...common, document: z.literal("shift-report"), ...timeAsked })
		.refine(timeRule.holds, timeRule.words)
		.meta(timeRule.meta),
	z.strictObject({ ...common, document: z.literal("self-test") }),
]);

export const printResolveParams = z.strictObject({ printId, onPaper: z.boolean() });
export const printCancelParams = z.strictObject({ printId });
export const printHoldParams = z.strictObject({ printer });
/** Without a name: all printers. */
export const printerStatusParams = z.strictObject({ printer: printer.exactOptional() });

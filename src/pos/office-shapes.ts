import { z } from "zod";
import { terminal } from "./shapes.ts";

/** ISO 8601 with an offset; as wall-clock ms. */
const moment = z.iso
	.datetime({ offset: true, error: "expected a time with its offset, such as 2026-11-24T08:00:00+03:00" })
	.transform((text) => Date.parse(text));

/** A shift by its number, or by where it stands among those of its till. */
const shiftName = z
	.union([z.int().min(1), z.enum(["current", "last"])], {
		error: 'expected the number of a shift, "current" or "last"',
	})
	.meta({
		id: "ShiftName",
		description: "Its number; or `current`, the one that goes on; or `last`, the one that was closed last.",
	});

/** What may be said of the time that is to be counted; a till is that of `store.terminalId`, unless said. */
export const timeAsked = {
	from: moment.exactOptional(),
	to: moment.exactOptional(),
	shift: shiftName.exactOptional(),
	terminal: terminal.exactOptional(),
};

/** A shift knows its moments by itself. */
export const timeRule = {
	holds: ({ shift, from, to }: { shift?: unknown; from?: unknown; to?: unknown }) =>
		shift === undefined || (from === undefined && to === undefined),
	words: { error: "expected no from or to beside a shift", path: ["shift"] },
	/** The same in the words of JSON Schema, for the document that describes the socket. */
	meta: { dependencies: { shift: { not: { anyOf: [{ required: ["from"] }, { required: ["to"] }] } } } },
};

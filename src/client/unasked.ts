import { z } from "zod";
import type { PosEvent } from "../model/event.ts";
import { reasons } from "../pos/check.ts";
import { notifications } from "../pos/notifications.ts";
import type { ScanOffer } from "./methods.ts";
import { notKassad } from "./pos-error.ts";

const envelope = z.object({ seq: z.int().min(1), type: z.string().max(64) });

const known = notifications.event.params;
const knownTypes: ReadonlySet<string> = new Set(known.options.map(({ shape }) => shape.type.value));

/** An event's number, and the event itself unless a newer kassad has a type that is not known here. */
type Numbered = { readonly seq: number; readonly event?: PosEvent };

/** An event as kassad's document tells of it, with what it may have besides. @throws {NoAnswer} `unreadable`. */
export function readEvent(params: object): Numbered {
	const { seq, type } = fitting(envelope, params);
	if (!knownTypes.has(type)) return { seq };
	fitting(known, params);
	return { seq, event: params as PosEvent };
}

/** The same of an offer. @throws {NoAnswer} `unreadable`. */
export function readOffer(params: object): ScanOffer {
	fitting(notifications["scan.offer"].params, params);
	return params as ScanOffer;
}

function fitting<T>(schema: z.ZodType<T>, value: unknown): T {
	const read = schema.safeParse(value);
	if (read.success) return read.data;
	throw notKassad(reasons(read.error, "params"));
}

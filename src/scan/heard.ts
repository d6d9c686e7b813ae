import { NEVER, type Observable } from "rxjs";
import type { Framing } from "../model/device.ts";
import type { Cut } from "../model/read.ts";
import { acknowledged } from "./link-answers.ts";
import { type Ear, reads$ } from "./reads.ts";
import { type Shipping, shipped$ } from "./ship.ts";

/** How a scanner speaks, as its settings and its driver say together. */
export type Language = {
	readonly framing: Framing;
	/** A longer read is discarded. */
	readonly mostFrameBytes: number;
	/** Whether each read is answered on the line itself. */
	readonly acknowledges: boolean;
	/** How it sends pictures between its reads, if it can. */
	readonly pictures?: Omit<Shipping, "asked$"> | null;
	/** Each value: the scanner is asked for a picture this moment. Where this is left out nobody asks. */
	readonly asked$?: Observable<unknown>;
};

/** All that is heard of a scanner, and answered where it wants an answer. Completes when the port's bytes do. */
export function heard$(
	{ framing, mostFrameBytes, acknowledges, pictures = null, asked$ = NEVER }: Language,
	port: Ear,
): Observable<Cut> {
	const reads = (ear: Ear) => reads$(framing, ear, mostFrameBytes, pictures?.mostBytes);
	const cuts$ = pictures === null ? reads(port) : shipped$({ ...pictures, asked$ }, port, reads);
	return acknowledges ? cuts$.pipe(acknowledged(port)) : cuts$;
}

import type { Observable } from "rxjs";
import type { Framing, PictureShipping } from "../model/device.ts";
import type { Cut } from "../model/read.ts";
import { acknowledged } from "./link-answers.ts";
import { type Ear, reads$ } from "./reads.ts";
import { shipped$ } from "./ship.ts";

/** How a scanner speaks, as its settings and its driver say together. */
export type Language = {
	readonly framing: Framing;
	/** A longer read is discarded. */
	readonly mostFrameBytes: number;
	/** Whether each read is answered on the line itself. */
	readonly acknowledges: boolean;
	/** How it sends pictures between its reads, if it can. */
	readonly pictures?: { readonly shipping: PictureShipping; readonly mostBytes: number } | null;
};

/** All that is heard of a scanner, and answered where it wants an answer. Completes when the port's bytes do. */
export function heard$(
	{ framing, mostFrameBytes, acknowledges, pictures = null }: Language,
	port: Ear,
): Observable<Cut> {
	const reads = (ear: Ear) => reads$(framing, ear, mostFrameBytes, pictures?.mostBytes);
	const cuts$ = pictures === null ? reads(port) : shipped$(pictures, port, reads);
	return acknowledges ? cuts$.pipe(acknowledged(port)) : cuts$;
}

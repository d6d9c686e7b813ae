import type { Observable } from "rxjs";
import type { Framing } from "../model/device.ts";
import type { Cut } from "../model/read.ts";
import { acknowledged } from "./link-answers.ts";
import { type Ear, reads$ } from "./reads.ts";

/** How a scanner speaks, as its settings and its driver say together. */
export type Language = {
	readonly framing: Framing;
	/** A longer read is discarded. */
	readonly mostFrameBytes: number;
	/** Whether each read is answered on the line itself. */
	readonly acknowledges: boolean;
};

/** All that is heard of a scanner, and answered where it wants an answer. Completes when the port's bytes do. */
export function heard$({ framing, mostFrameBytes, acknowledges }: Language, port: Ear): Observable<Cut> {
	const cuts$ = reads$(framing, port, mostFrameBytes);
	return acknowledges ? cuts$.pipe(acknowledged(port)) : cuts$;
}

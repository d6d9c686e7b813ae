import type { Observable } from "rxjs";
import type { Framing, Port } from "../model/device.ts";
import type { Cut } from "../model/read.ts";
import { cutFrames } from "./framing.ts";
import { hidPosReads$ } from "./hid-pos.ts";
import { ibmOemReads$ } from "./ibm-oem.ts";
import { keyReads$ } from "./keys.ts";
import { ssiReads$ } from "./ssi.ts";

/** What a scanner's language needs of its port: it hears, and it may have to answer. */
export type Ear = Pick<Port, "bytes$" | "write" | "hid">;

/**
 * What a scanner says, in its own language. Completes when the port's bytes do; never errors.
 * @param mostBytes of one read; a longer one is discarded.
 * @param mostPictureBytes of one picture, where the language itself can carry pictures; a longer one is discarded.
 */
export function reads$(
	framing: Framing,
	port: Ear,
	mostBytes: number,
	mostPictureBytes?: number,
): Observable<Cut> {
	switch (framing.by) {
		case "ssi":
			return ssiReads$(framing, port, mostBytes, mostPictureBytes);
		case "hid-pos":
			return hidPosReads$(framing, port, mostBytes);
		case "ibm-oem":
			return ibmOemReads$(framing, port, mostBytes);
		case "keys":
			return keyReads$(framing, port, mostBytes);
		default:
			return port.bytes$.pipe(cutFrames(framing, mostBytes));
	}
}

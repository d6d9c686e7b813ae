import { type OperatorFunction, tap } from "rxjs";
import type { Cut } from "../model/read.ts";
import type { Ear } from "./reads.ts";

const ack = 0x06;
const nak = 0x15;

/**
 * How often in a row a repeat is asked for. What comes wrong again and again is wrong in the scanner, and one that
 * waits for its answer reads no more codes: then it is told that all is well.
 */
const mostRefusals = 2;

/** Answers that may wait for a line that takes none. */
const mostUnwritten = 64;

/**
 * Answers on the link itself, for scanners that are set to expect it: ACK after each read or picture, NAK after what
 * was discarded, upon which the scanner sends its last read again (Honeywell guides, "ACK/NAK"). Bytes between two
 * reads and the half read of a line that is gone are not answered. What passes is not changed; no failed write is
 * ever told.
 */
export function acknowledged(ear: Pick<Ear, "write">): OperatorFunction<Cut, Cut> {
	let unwritten = 0;
	const answer = (byte: number) => {
		if (unwritten >= mostUnwritten) return;
		unwritten += 1;
		const done = () => {
			unwritten -= 1;
		};
		ear.write(Uint8Array.of(byte)).then(done, done);
	};
	return (cuts$) => {
		let refusals = 0;
		return cuts$.pipe(
			tap((cut) => {
				const isWrong = cut.kind === "discarded";
				if (isWrong && (cut.why === "between-frames" || cut.why === "unfinished")) return;
				refusals = isWrong && refusals < mostRefusals ? refusals + 1 : 0;
				answer(refusals > 0 ? nak : ack);
			}),
		);
	};
}

import { Observable, type OperatorFunction } from "rxjs";
import type { Framing } from "../model/device.ts";
import { Cutter, type LineCut } from "./cutter.ts";
import { pauseWatch } from "./pause-watch.ts";

/** How reads are told apart on a line that carries nothing but them. */
export type LineFraming = Extract<Framing, { readonly by: "marks" | "silence" }>;

/**
 * Cuts a port's bytes into reads, by the scanner's framing. What is no read comes out as `discarded`; empty reads
 * do not come out at all. Each subscription begins with nothing; when the bytes complete, so does it.
 *
 * A read that grows beyond `mostBytes` is discarded, and the next one begins after the next end mark.
 * With `settleMs` 0 a read comes out in the same turn as its last byte, and however the bytes are cut into pieces
 * the reads are the same. Otherwise it comes out after the pause.
 */
export function cutFrames(framing: LineFraming, mostBytes: number): OperatorFunction<Uint8Array, LineCut> {
	const pauseMs = framing.by === "silence" ? framing.gapMs : framing.settleMs;
	const marks = framing.by === "silence" ? { start: [], ends: [[]] } : framing;
	return (bytes$) =>
		new Observable((cuts) => {
			const cutter = new Cutter({ ...marks, pauseFollows: pauseMs > 0 }, mostBytes, (cut) => cuts.next(cut));
			const pause = pauseWatch(pauseMs, () => cutter.pause());
			cuts.add(pause.stop);
			const bytes = bytes$.subscribe({
				next: (bytes) => {
					cutter.take(bytes);
					if (pauseMs > 0) pause.restart();
				},
				error: (error) => cuts.error(error),
				complete: () => {
					cutter.end();
					cuts.complete();
				},
			});
			cuts.add(bytes);
		});
}

import { Observable, type OperatorFunction } from "rxjs";
import type { LineCut } from "./cutter.ts";
import { pauseWatch } from "./pause-watch.ts";
import { type Report, ReportJoiner } from "./report-joiner.ts";

type Joining = {
	/** What one report says. */
	readonly read: (report: Uint8Array) => Report;
	/** What stands behind every code and is taken off; the longest that fits. */
	readonly suffixes?: readonly (readonly number[])[];
	/** A code whose next report does not come for so long, in ms, is over. */
	readonly gapMs: number;
	/** Of one code; a longer one is discarded. */
	readonly mostBytes: number;
};

/**
 * Joins a HID device's input reports to codes; each piece of the stream is one report. A code comes out in the same
 * turn as its last report, if that says that it is the last. Completes when the reports do.
 */
export function joinReports({
	read,
	suffixes = [],
	gapMs,
	mostBytes,
}: Joining): OperatorFunction<Uint8Array, LineCut> {
	return (reports$) =>
		new Observable((cuts) => {
			const joiner = new ReportJoiner(read, suffixes, mostBytes, (cut) => cuts.next(cut));
			const pause = pauseWatch(gapMs, () => joiner.pause());
			cuts.add(pause.stop);
			const reports = reports$.subscribe({
				next: (report) => {
					// Other reports must not keep half a code waiting until the next code comes.
					if (!joiner.take(report)) return;
					if (joiner.isWaiting) pause.restart();
					else pause.stop();
				},
				error: (error) => cuts.error(error),
				complete: () => {
					joiner.end();
					cuts.complete();
				},
			});
			cuts.add(reports);
		});
}

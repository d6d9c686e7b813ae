import { Observable, type OperatorFunction } from "rxjs";
import type { LineCut } from "./cutter.ts";
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
			let timer: NodeJS.Timeout | undefined;
			const stopWaiting = () => clearTimeout(timer);
			const wait = () => {
				stopWaiting();
				if (!joiner.isWaiting) return;
				const due = performance.now() + gapMs;
				// A timer that is very late proves a stall of this process: reports may be waiting unread.
				const isLate = () => performance.now() - due > gapMs;
				timer = setTimeout(() => (isLate() ? wait() : joiner.pause()), gapMs);
			};
			cuts.add(stopWaiting);
			const reports = reports$.subscribe({
				next: (report) => {
					// Other reports must not keep half a code waiting until the next code comes.
					if (joiner.take(report)) wait();
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

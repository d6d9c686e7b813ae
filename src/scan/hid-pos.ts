import { Observable } from "rxjs";
import type { Framing, HidPosLayout, Port } from "../model/device.ts";
import type { LineCut } from "./cutter.ts";
import { HidPosJoiner } from "./hid-pos-joiner.ts";
import { hidPosLayout } from "./report-descriptor.ts";

type HidPosFraming = Extract<Framing, { readonly by: "hid-pos" }>;

/**
 * Codes out of the input reports of a HID POS scanner (HID POS usage tables 1.02, page 8C); each piece of
 * `port.bytes$` is one report. A code comes out in the same turn as its last report. Completes when the reports do;
 * never errors.
 * @param mostBytes of one code; a longer one is discarded.
 */
export function hidPosReads$(
	framing: HidPosFraming,
	port: Pick<Port, "bytes$" | "hid">,
	mostBytes: number,
): Observable<LineCut> {
	return new Observable((cuts) => {
		const layout = layoutFor(framing, port.hid?.descriptor);
		const joiner = new HidPosJoiner(layout, mostBytes, (cut) => cuts.next(cut));
		let timer: NodeJS.Timeout | undefined;
		const stopWaiting = () => clearTimeout(timer);
		const wait = () => {
			stopWaiting();
			if (!joiner.isWaiting) return;
			const due = performance.now() + framing.gapMs;
			// A timer that is very late proves a stall of this process: reports may be waiting unread.
			const isLate = () => performance.now() - due > framing.gapMs;
			timer = setTimeout(() => (isLate() ? wait() : joiner.pause()), framing.gapMs);
		};
		cuts.add(stopWaiting);
		const reports = port.bytes$.subscribe({
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

/** What a descriptor does not tell, code-id and suffixes, stays as the driver has it, if the place is still free. */
function layoutFor({ layout, fallback }: HidPosFraming, descriptor: Uint8Array | undefined): HidPosLayout {
	if (layout !== "descriptor") return layout;
	const own = descriptor === undefined ? undefined : hidPosLayout(descriptor);
	if (own === undefined) return fallback;
	const { codeId, suffixes = [] } = fallback;
	return { ...own, codeId: codeId !== null && isFree(codeId, own) ? codeId : null, suffixes };
}

function isFree(at: number, { length, aim, data, mostData, more }: HidPosLayout): boolean {
	const isIn = (from: number, bytes: number) => at >= from && at < from + bytes;
	return !isIn(data, mostData) && !(aim !== null && isIn(aim, 3)) && at !== length && at !== more;
}

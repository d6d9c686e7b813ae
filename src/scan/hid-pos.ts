import { defer, type Observable } from "rxjs";
import type { Framing, HidPosLayout, Port } from "../model/device.ts";
import type { LineCut } from "./cutter.ts";
import { hidPosReport } from "./hid-pos-report.ts";
import { joinReports } from "./join-reports.ts";
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
	return defer(() => {
		const layout = layoutFor(framing, port.hid?.descriptor);
		const { gapMs } = framing;
		const { suffixes = [] } = layout;
		const read = (report: Uint8Array) => hidPosReport(layout, report);
		return port.bytes$.pipe(joinReports({ read, suffixes, gapMs, mostBytes }));
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

import type { Inquiry, PrinterStatus } from "../../src/model/device.ts";
import type { FaultCode } from "../../src/model/fault.ts";
import { repliesIn } from "./replies.ts";

/**
 * What stops a printer, in the order of reporting: an open cover raises "paper end" as well, and everything
 * raises "offline". Each row is a bit of the answer to DLE EOT n.
 */
const stops: readonly { readonly fault: FaultCode; readonly n: 1 | 2 | 3 | 4; readonly bits: number }[] = [
	{ fault: "printer-cover-open", n: 2, bits: 0x04 },
	{ fault: "printer-paper-out", n: 4, bits: 0x60 },
	{ fault: "printer-paper-out", n: 2, bits: 0x20 },
	{ fault: "printer-cutter", n: 3, bits: 0x08 },
	{ fault: "printer-broken", n: 3, bits: 0x20 },
	{ fault: "printer-offline", n: 1, bits: 0x08 },
];

const nearEnd = { n: 4, bits: 0x0c } as const;

/** DLE EOT 1 to 4 (Epson ESC/POS): printer, cause of being offline, error, paper. */
const request = Uint8Array.of(0x10, 4, 1, 0x10, 4, 2, 0x10, 4, 3, 0x10, 4, 4);

/** Asks all four real-time questions at once; there is no answer until all four have been answered. */
export function statusInquiry(): Inquiry<PrinterStatus> {
	return {
		request,
		read: (received, from = 0) => {
			const answers = repliesIn(received).filter(({ kind, at }) => kind === "real-time" && at >= from);
			return answers.length < 4 ? undefined : judge(answers.map(({ at }) => received[at] as number));
		},
	};
}

function judge(answers: readonly number[]): PrinterStatus {
	const has = ({ n, bits }: { n: number; bits: number }) => ((answers[n - 1] ?? 0) & bits) !== 0;
	const stop = stops.find(has);
	if (stop !== undefined) return { state: "stopped", fault: stop.fault };
	return { state: "ready", paperLow: has(nearEnd) };
}

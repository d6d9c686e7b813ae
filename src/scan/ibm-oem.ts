import { defer, type Observable } from "rxjs";
import type { Framing, Port } from "../model/device.ts";
import type { Symbology } from "../model/scan.ts";
import type { LineCut } from "./cutter.ts";
import { joinReports } from "./join-reports.ts";
import type { Report } from "./report-joiner.ts";

type IbmOemFraming = Extract<Framing, { readonly by: "ibm-oem" }>;

/** What stands behind a label's data and tells its type. */
type Trailer = { readonly bytes: readonly number[]; readonly symbology: Symbology };

/** In front of the data: the count and three bytes of status. */
const headBytes = 4;

/** Last byte of every trailer of three bytes. The first is 00, or another value when the next report goes on. */
const longTrailer = { bytes: 3, last: 0x0b } as const;

/** A label whose next report does not come for so long, in ms, is dropped. */
const gapMs = 500;

/**
 * Labels out of the input reports of a scanner that speaks IBM's USB OEM interface (hand-held or table-top); each
 * piece of `port.bytes$` is one report: a count that includes itself, three bytes of status, the label's data, its
 * trailer, and padding. A label that is too long for one report comes in several, all but the last with a trailer
 * that says so. Completes when the reports do; never errors.
 * @param mostBytes of one label; a longer one is discarded.
 */
export function ibmOemReads$(
	framing: IbmOemFraming,
	port: Pick<Port, "bytes$">,
	mostBytes: number,
): Observable<LineCut> {
	return defer(() => {
		const trailers = Object.entries(framing.trailers)
			.map(([hex, symbology]): Trailer => ({ bytes: [...Buffer.from(hex, "hex")], symbology }))
			.toSorted((one, other) => other.bytes.length - one.bytes.length);
		const read = (report: Uint8Array) => reportOf(report, trailers);
		return port.bytes$.pipe(joinReports({ read, gapMs, mostBytes }));
	});
}

function reportOf(received: Uint8Array, trailers: readonly Trailer[]): Report {
	// These reports have no id. A host that puts a 00 in its place is told by that: no count is 0.
	const report = received[0] === 0 ? received.subarray(1) : received;
	const count = report[0] ?? 0;
	// Status and no label: what a scanner answers to a command.
	if (count === headBytes && report.length >= headBytes) return { kind: "reply" };
	const label = count > report.length ? new Uint8Array() : report.subarray(headBytes, count);
	const trailer = trailers.find(({ bytes }) => endsWith(label, bytes));
	const data = label.slice(0, label.length - (trailer?.bytes.length ?? longTrailer.bytes));
	if (trailer === undefined && goesOn(label)) return { kind: "piece", key: "label", data, goesOn: true };
	const code = trailer?.bytes.length === 1 ? digitsOf(data) : data;
	if (trailer === undefined || code === undefined) return { kind: "broken", key: "label", goesOn: undefined };
	// UPC and EAN labels, which have trailers of one byte, are never the end of a longer label.
	const key = trailer.bytes.length === 1 ? "retail" : "label";
	return { kind: "piece", key, data: code, symbology: trailer.symbology, goesOn: false };
}

/** Whether a label is a piece of a longer one: as some makers mark it, with 10 in front of the type. */
function goesOn(label: Uint8Array): boolean {
	return label.length > longTrailer.bytes && label.at(-1) === longTrailer.last && label.at(-3) !== 0;
}

function endsWith(bytes: Uint8Array, end: readonly number[]): boolean {
	return end.every((byte, index) => bytes[bytes.length - end.length + index] === byte);
}

/** The digits of a UPC or EAN label as text, sent as such (30-39) or as numbers (00-09); undefined for others. */
function digitsOf(data: Uint8Array): Uint8Array | undefined {
	const digits = data.map((byte) => (byte <= 9 ? byte + 0x30 : byte));
	const isGood = digits.length > 0 && digits.every((byte) => byte >= 0x30 && byte <= 0x39);
	return isGood ? digits : undefined;
}

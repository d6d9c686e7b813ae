import { map, type Observable } from "rxjs";
import type { Framing, Port } from "../model/device.ts";
import type { Symbology } from "../model/scan.ts";
import type { LineCut } from "./cutter.ts";

type IbmOemFraming = Extract<Framing, { readonly by: "ibm-oem" }>;

/** What stands behind a label's data and tells its type. */
type Trailer = { readonly bytes: readonly number[]; readonly symbology: Symbology };

/** In front of the data: the count and three bytes of status. */
const headBytes = 4;

/**
 * Labels out of the input reports of a scanner that speaks IBM's USB OEM interface (hand-held or table-top); each
 * piece of `port.bytes$` is one report: a count that includes itself, three bytes of status, the label's data, its
 * trailer, and padding. One report is one label. Completes when the reports do; never errors.
 * @param mostBytes of one label; a longer one is discarded.
 */
export function ibmOemReads$(
	framing: IbmOemFraming,
	port: Pick<Port, "bytes$">,
	mostBytes: number,
): Observable<LineCut> {
	const trailers = Object.entries(framing.trailers)
		.map(([hex, symbology]): Trailer => ({ bytes: [...Buffer.from(hex, "hex")], symbology }))
		.toSorted((one, other) => other.bytes.length - one.bytes.length);
	return port.bytes$.pipe(map((report) => labelIn(report, trailers, mostBytes)));
}

function labelIn(received: Uint8Array, trailers: readonly Trailer[], mostBytes: number): LineCut {
	const notARead: LineCut = { kind: "discarded", length: received.length, why: "not-a-read" };
	// These reports have no id. A host that puts its placeholder 00 in front is told by that: no count is 0.
	const report = received[0] === 0 ? received.subarray(1) : received;
	const count = report[0] ?? 0;
	if (count > report.length) return notARead;
	const label = report.subarray(headBytes, count);
	const trailer = trailers.find(({ bytes }) => endsWith(label, bytes));
	if (trailer === undefined) return notARead;
	const data = label.slice(0, label.length - trailer.bytes.length);
	const bytes = isRetail(trailer) ? digitsOf(data) : data;
	if (bytes === undefined || bytes.length === 0) return notARead;
	if (bytes.length > mostBytes) return { kind: "discarded", length: bytes.length, why: "too-long" };
	return { kind: "frame", bytes, symbology: trailer.symbology };
}

function endsWith(bytes: Uint8Array, end: readonly number[]): boolean {
	return end.every((byte, index) => bytes[bytes.length - end.length + index] === byte);
}

/** UPC and EAN labels have trailers of one byte, all others of three. */
function isRetail({ bytes }: Trailer): boolean {
	return bytes.length === 1;
}

/** The digits of a UPC or EAN label as text, sent as such (30-39) or as numbers (00-09); undefined for others. */
function digitsOf(data: Uint8Array): Uint8Array | undefined {
	const digits = data.map((byte) => (byte <= 9 ? byte + 0x30 : byte));
	return digits.every((byte) => byte >= 0x30 && byte <= 0x39) ? digits : undefined;
}

import type { HidPosLayout } from "../model/device.ts";
import type { Veil } from "./recording-veil.ts";

const aimLength = 3;
const ibmHeader = 4;

/**
 * One HID POS report with its data replaced, also what an earlier report left behind the data. Report id, length,
 * AIM identifier, code-id and the flag of continuation stay.
 */
export function redactedPosReport(report: Uint8Array, layout: HidPosLayout, veil: Veil): Uint8Array {
	const isOther = layout.reportId !== null && report[0] !== layout.reportId;
	if (isOther || report.length <= layout.data) return veil.hide(report, 1);
	const data = report.subarray(layout.data);
	const hidden = veil.hide(report, 0);
	hidden.set(veil.hide(data, veil.leading(data)), layout.data);
	const keep = (at: number | null, length = 1) => {
		if (at !== null && at < report.length) hidden.set(report.subarray(at, at + length), at);
	};
	if (layout.reportId !== null) keep(0);
	keep(layout.length);
	if (layout.aim !== null && report[layout.aim] === 0x5d) keep(layout.aim, aimLength);
	keep(layout.codeId);
	keep(layout.more);
	return hidden;
}

/**
 * One report of IBM's OEM interface with its data replaced: count, three status bytes, data, and a trailer of one
 * byte or three (`00 xx 0B`). The digits of a product may be raw, 00 to 09.
 */
export function redactedIbmReport(report: Uint8Array, veil: Veil): Uint8Array {
	// These reports have no id; a host that puts a 00 in its place is told by that: no count is 0.
	if (report[0] === 0 && report.length > ibmHeader) {
		return Uint8Array.of(0, ...redactedIbmReport(report.subarray(1), veil));
	}
	if (report.length <= ibmHeader) return veil.hide(report, 1);
	const count = Math.min(report[0] ?? 0, report.length);
	const hasLong = report[count - 1] === 0x0b && report[count - 3] === 0;
	const end = Math.max(ibmHeader, count - (hasLong ? 3 : 1));
	const data = report.subarray(ibmHeader, end);
	const hidden = veil.hide(data, veil.leading(data));
	const drawn = veil.numbers(data, data.length);
	const plain = hasLong ? hidden : hidden.map((byte, at) => (byte <= 9 ? (drawn[at] ?? 0) % 10 : byte));
	const rest = report.subarray(Math.max(end, count));
	const redacted = report.slice();
	redacted.set(plain, ibmHeader);
	redacted.set(veil.hide(rest, 0), Math.max(end, count));
	return redacted;
}

import type { HidPosLayout } from "../model/device.ts";

/** One input report under a HID POS layout. */
export type HidPosReport =
	/** Data of a code: all of it or a piece. */
	| {
			readonly kind: "piece";
			/** Three bytes, as `]C1`; none when the layout has none. */
			readonly aim: string;
			readonly data: Uint8Array;
			/** Whether the next report goes on with the code; undefined when this one does not say. */
			readonly goesOn: boolean | undefined;
	  }
	/** What the scanner answers to a command, in the form of a code. */
	| { readonly kind: "reply" }
	/** No code, but one of the reports in which codes come: a code that was coming may have lost a piece here. */
	| { readonly kind: "broken"; readonly aim: string; readonly goesOn: boolean | undefined }
	/** Another of the device's reports. */
	| { readonly kind: "other" };

/** A Honeywell's replies to menu commands: `]X0` with this code-id, and at their end `]Z6`. */
const reply = { aim: "]X0", codeId: 0x3f, lastAim: "]Z6" } as const;

/**
 * Reads one report, of any length. Data is exactly as many bytes as its count says: padding is 00, but 00 can be data.
 * A report may be shorter than its descriptor says, as long as its count fits.
 */
export function hidPosReport(layout: HidPosLayout, report: Uint8Array): HidPosReport {
	if (layout.reportId !== null && report[0] !== layout.reportId) return { kind: "other" };
	const count = report[layout.length] ?? Number.POSITIVE_INFINITY;
	const isWhole = count <= layout.mostData && layout.data + count <= report.length;
	const aim = aimOf(layout, report);
	const goesOn = goesOnOf(layout, report);
	if (!isWhole || (layout.aim !== null && !aim.startsWith("]"))) return { kind: "broken", aim, goesOn };
	if (isReply(layout, report, aim)) return { kind: "reply" };
	const isFull = count === layout.mostData;
	const data = report.slice(layout.data, layout.data + count);
	return { kind: "piece", aim, data, goesOn: goesOn ?? (isFull ? undefined : false) };
}

function aimOf({ aim }: HidPosLayout, report: Uint8Array): string {
	return aim === null ? "" : Buffer.from(report.subarray(aim, aim + 3)).toString("latin1");
}

function goesOnOf({ more, moreBit = 0 }: HidPosLayout, report: Uint8Array): boolean | undefined {
	const flags = more === null ? undefined : report[more];
	return flags === undefined ? undefined : ((flags >> moreBit) & 1) === 1;
}

function isReply({ codeId }: HidPosLayout, report: Uint8Array, aim: string): boolean {
	if (aim === reply.lastAim) return true;
	return aim === reply.aim && codeId !== null && report[codeId] === reply.codeId;
}

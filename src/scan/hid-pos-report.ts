import type { HidPosLayout } from "../model/device.ts";
import { isEciOfAim, symbologyOfAim } from "./aim.ts";
import type { Report } from "./report-joiner.ts";

/** A Honeywell's replies to menu commands: `]X0` with this code-id, and at their end `]Z6`. */
const reply = { aim: "]X0", codeId: 0x3f, lastAim: "]Z6" } as const;

/**
 * Reads one report, of any length. Data is exactly as many bytes as its count says: padding is 00, but 00 can be data.
 * A report may be shorter than its descriptor says, as long as its count fits. All reports of one code carry the same
 * AIM identifier, so that is their key.
 */
export function hidPosReport(layout: HidPosLayout, report: Uint8Array): Report {
	if (layout.reportId !== null && report[0] !== layout.reportId) return { kind: "other" };
	const count = report[layout.length] ?? Number.POSITIVE_INFINITY;
	const isWhole = count <= layout.mostData && layout.data + count <= report.length;
	const key = aimOf(layout, report);
	const goesOn = goesOnOf(layout, report);
	if (!isWhole || (layout.aim !== null && !key.startsWith("]"))) return { kind: "broken", key, goesOn };
	if (isReply(layout, report, key)) return { kind: "reply" };
	const data = report.slice(layout.data, layout.data + count);
	// A report that is not full is the last one, even when it has no flag.
	return {
		kind: "piece",
		key,
		data,
		...(layout.aim === null ? {} : kindOf(key.charAt(1), key.charAt(2))),
		goesOn: goesOn ?? (count < layout.mostData ? false : undefined),
	};
}

function kindOf(letter: string, modifier: string) {
	return {
		symbology: symbologyOfAim(letter, modifier),
		...(isEciOfAim(letter, modifier) && { eci: true as const }),
	};
}

/** The AIM identifier, such as `]C1`; "" when the layout has none. */
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

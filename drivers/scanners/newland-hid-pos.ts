import type { HidPosLayout, ScannerDriver } from "../../src/model/device.ts";

/**
 * Input report 02 of a Newland: count, 56 data bytes, four reserved ones, a symbology byte of which no table is known,
 * the flag that the code goes on. QUIO QU-R-302 manual (a Newland engine), whose example ends with the CR that the
 * scanner sends unless its suffix is switched off.
 */
const layout = Object.freeze({
	reportId: 0x02,
	length: 1,
	aim: null,
	data: 2,
	mostData: 56,
	codeId: null,
	more: 63,
	suffixes: Object.freeze([Object.freeze([0x0d])]),
} satisfies HidPosLayout);

/** Newland scanners and engines set to "USB HID POS". They do not say which kind of barcode they read. */
export const newlandHidPos = Object.freeze({
	kind: "scanner",
	id: "newland-hid-pos",
	title: "Newland scanner in HID POS mode",
	channel: "hid",
	marks: Object.freeze([Object.freeze({ vendorId: "1eab", usagePage: 0x8c, usage: 0x02 })]),
	line: null,
	framing: Object.freeze({ by: "hid-pos", layout: "descriptor", fallback: layout, gapMs: 500 }),
	aim: false,
	codeIds: null,
	acknowledges: false,
	greeting: Object.freeze([]),
	deeds: Object.freeze({}),
	pictures: null,
} satisfies ScannerDriver);

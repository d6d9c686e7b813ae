import type { HidPosLayout, ScannerDriver } from "../../src/model/device.ts";

/**
 * Microscan's own report 01: count, 62 data bytes. No flag says that a code goes on: a report that is not full ends
 * it, or the postamble that the reader is set to send, here CR LF, which is taken off (that this is how it leaves the
 * factory is unverified). MS-4 and MINI Hawk help, "Microscan HID Report Format".
 */
const layout = Object.freeze({
	reportId: 0x01,
	length: 1,
	aim: null,
	data: 2,
	mostData: 62,
	codeId: null,
	more: null,
	suffixes: Object.freeze([Object.freeze([0x0d, 0x0a])]),
} satisfies HidPosLayout);

/**
 * Microscan (Omron) readers on USB HID. They are no HID POS scanners and have no usage that tells them; their report 02
 * is a keyboard's and can be switched off. A pause of 100 ms ends a code whose last report is full.
 */
export const microscanHid = Object.freeze({
	kind: "scanner",
	id: "microscan-hid",
	title: "Microscan reader on USB HID",
	channel: "hid",
	marks: Object.freeze([]),
	line: null,
	framing: Object.freeze({ by: "hid-pos", layout, fallback: layout, gapMs: 100 }),
	aim: false,
	codeIds: null,
	acknowledges: false,
	greeting: Object.freeze([]),
	deeds: Object.freeze({}),
	pictures: null,
} satisfies ScannerDriver);

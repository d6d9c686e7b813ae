import type { HidPosLayout, ScannerDriver } from "../../src/model/device.ts";

/**
 * Input report 02 with one more byte, of unknown meaning, behind the count: AIM identifier at 3, data from 6
 * (unverified: the library WebHidBarcodeScanner takes this form, and does not say whose it is).
 */
export const layoutWithExtraByte = Object.freeze({
	reportId: 0x02,
	length: 1,
	aim: 3,
	data: 6,
	mostData: 57,
	codeId: null,
	more: 63,
} satisfies HidPosLayout);

/** Zebra (Symbol) scanners set to "HID POS". Their descriptors tell the layout; the fallback is for other systems. */
export const zebraHidPos = Object.freeze({
	kind: "scanner",
	id: "zebra-hid-pos",
	title: "Zebra (Symbol) scanner in HID POS mode",
	channel: "hid",
	marks: Object.freeze([Object.freeze({ vendorId: "05e0", usagePage: 0x8c, usage: 0x02 })]),
	line: null,
	framing: Object.freeze({
		by: "hid-pos",
		layout: "descriptor",
		fallback: layoutWithExtraByte,
		gapMs: 500,
	}),
	aim: false,
	codeIds: null,
	acknowledges: false,
	greeting: Object.freeze([]),
	deeds: Object.freeze({}),
	pictures: null,
} satisfies ScannerDriver);

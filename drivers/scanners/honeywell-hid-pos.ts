import type { HidPosLayout, ScannerDriver } from "../../src/model/device.ts";

/**
 * Input report 02 of a Honeywell: count, AIM identifier, 56 data bytes, the vendor's code-id, a reserved byte, the flag
 * that the code goes on. Access-IS LSR118 and ATR110 product manuals, appendix "HID reports" (a Honeywell engine).
 */
const layout = Object.freeze({
	reportId: 0x02,
	length: 1,
	aim: 2,
	data: 5,
	mostData: 56,
	codeId: 61,
	more: 63,
} satisfies HidPosLayout);

/**
 * Honeywell, Youjie and Metrologic scanners set to "USB HID POS". A scanner that is several devices in one begins as
 * a keyboard: feature report FE with 01 makes it send to HID POS until it is unplugged (unverified; the library
 * WebHidBarcodeScanner does so for these vendors). Its second collection, usage page FF8C, sends no codes.
 *
 * Output report FD takes the commands of a serial line, their length in front: SYN T CR, SYN U CR, SYN BEL CR
 * (python_hon_usbhid; stopping is unverified).
 */
export const honeywellHidPos = Object.freeze({
	kind: "scanner",
	id: "honeywell-hid-pos",
	title: "Honeywell scanner in HID POS mode",
	channel: "hid",
	marks: Object.freeze([
		Object.freeze({ vendorId: "0c2e", usagePage: 0x8c, usage: 0x02 }),
		Object.freeze({ vendorId: "23d0", usagePage: 0x8c, usage: 0x02 }),
		// Hand Held Products (unverified).
		Object.freeze({ vendorId: "0536", usagePage: 0x8c, usage: 0x02 }),
	]),
	line: null,
	framing: Object.freeze({ by: "hid-pos", layout: "descriptor", fallback: layout, gapMs: 500 }),
	aim: false,
	codeIds: null,
	acknowledges: false,
	greeting: Object.freeze([Object.freeze({ as: "feature", bytes: Object.freeze([0xfe, 0x01]) } as const)]),
	deeds: Object.freeze({
		trigger: Object.freeze([0xfd, 0x03, 0x16, 0x54, 0x0d]),
		stop: Object.freeze([0xfd, 0x03, 0x16, 0x55, 0x0d]),
		"beep-good": Object.freeze([0xfd, 0x03, 0x16, 0x07, 0x0d]),
	}),
	pictures: null,
} satisfies ScannerDriver);

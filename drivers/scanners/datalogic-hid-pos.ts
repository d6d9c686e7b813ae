import type { ScannerDriver } from "../../src/model/device.ts";
import { layoutWithExtraByte } from "./zebra-hid-pos.ts";

/** Datalogic (PSC) scanners set to "USB HID POS". Their descriptors tell the layout; the fallback is unverified. */
export const datalogicHidPos = Object.freeze({
	kind: "scanner",
	id: "datalogic-hid-pos",
	title: "Datalogic scanner in HID POS mode",
	channel: "hid",
	marks: Object.freeze([
		Object.freeze({ vendorId: "05f9", usagePage: 0x8c, usage: 0x02 }),
		// Datalogic SpA (unverified).
		Object.freeze({ vendorId: "080c", usagePage: 0x8c, usage: 0x02 }),
	]),
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

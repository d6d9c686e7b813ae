import type { ScannerDriver } from "../../src/model/device.ts";

/**
 * Newland scanners and modules, and many like them (Mindeo, modules without a name), on RS-232 or as a USB COM port.
 * 9600 8N1 and CR or CR LF are unverified; some modules for two-dimensional codes have 115200.
 */
export const newlandSerial = Object.freeze({
	kind: "scanner",
	id: "newland-serial",
	title: "Newland scanner on a serial line or USB COM port",
	channel: "serial",
	marks: Object.freeze([Object.freeze({ vendorId: "1eab" })]),
	line: Object.freeze({ baudRate: 9_600, dataBits: 8, parity: "none", stopBits: 1, flow: "none" }),
	framing: Object.freeze({
		by: "marks",
		start: Object.freeze([]),
		ends: Object.freeze([Object.freeze([0x0d, 0x0a]), Object.freeze([0x0d]), Object.freeze([0x0a])]),
		settleMs: 0,
	}),
	aim: true,
	codeIds: null,
	acknowledges: false,
	greeting: Object.freeze([]),
	deeds: Object.freeze({}),
	pictures: null,
} satisfies ScannerDriver);

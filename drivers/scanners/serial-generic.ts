import type { ScannerDriver } from "../../src/model/device.ts";

/**
 * Any scanner on RS-232 or a USB COM port as it leaves the factory: 9600 8N1, CR, LF or CR LF behind every read.
 * Its manual has a bar code that switches AIM identifiers on; without them set `aim: false`.
 */
export const serialGeneric = Object.freeze({
	kind: "scanner",
	id: "serial-generic",
	title: "Scanner on a serial line, CR or CR LF behind every read",
	channel: "serial",
	marks: Object.freeze([]),
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

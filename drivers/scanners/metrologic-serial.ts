import type { ScannerDriver } from "../../src/model/device.ts";

/**
 * Metrologic's lasers (MS9520 and the MS series, later Honeywell's) on RS-232: 9600, 7 data bits, a parity bit that
 * is always 0, 2 stop bits, CR LF (unverified). On the wire that is 8 data bits, the highest 0, without parity, and
 * so it is read: a scanner that is set to 8N1 is understood, too. They read one-dimensional codes only.
 */
export const metrologicSerial = Object.freeze({
	kind: "scanner",
	id: "metrologic-serial",
	title: "Metrologic laser scanner on a serial line",
	channel: "serial",
	// Behind USB they are bridges or carry Honeywell's number.
	marks: Object.freeze([]),
	line: Object.freeze({ baudRate: 9_600, dataBits: 8, parity: "none", stopBits: 2, flow: "none" }),
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

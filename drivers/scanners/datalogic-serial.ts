import type { ScannerDriver } from "../../src/model/device.ts";
import { datalogicEuCodeIds, datalogicUsaCodeIds } from "./code-ids.ts";
import { magellanPictures } from "./pictures-magellan.ts";

/**
 * Datalogic (PSC) scanners (Gryphon, QuickScan, PowerScan, Magellan) on RS-232 or as a USB COM port: 9600 8N1.
 * Datalogic Gryphon and Magellan 9500 guides, chapter "RS-232". That CR or CR LF stands behind every read, and the
 * commands E and D, are unverified; both can be set otherwise in the scanner.
 */
export const datalogicSerial = Object.freeze({
	kind: "scanner",
	id: "datalogic-serial",
	title: "Datalogic scanner on a serial line or USB COM port",
	channel: "serial",
	// Datalogic (formerly PSC); Datalogic SpA (unverified).
	marks: Object.freeze([Object.freeze({ vendorId: "05f9" }), Object.freeze({ vendorId: "080c" })]),
	line: Object.freeze({ baudRate: 9_600, dataBits: 8, parity: "none", stopBits: 1, flow: "none" }),
	framing: Object.freeze({
		by: "marks",
		start: Object.freeze([]),
		ends: Object.freeze([Object.freeze([0x0d, 0x0a]), Object.freeze([0x0d]), Object.freeze([0x0a])]),
		settleMs: 0,
	}),
	aim: true,
	codeIds: datalogicUsaCodeIds,
	acknowledges: false,
	greeting: Object.freeze([]),
	deeds: Object.freeze({ enable: Object.freeze([0x45]), disable: Object.freeze([0x44]) }),
	pictures: magellanPictures,
} satisfies ScannerDriver);

/** The same with the EU set of label identifiers. Nothing tells the sets apart before a read: a shop chooses. */
export const datalogicSerialEu = Object.freeze({
	...datalogicSerial,
	id: "datalogic-serial-eu",
	title: "Datalogic scanner on a serial line or USB COM port, EU label identifiers",
	marks: Object.freeze([]),
	codeIds: datalogicEuCodeIds,
} satisfies ScannerDriver);

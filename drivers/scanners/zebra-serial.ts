import type { ScannerDriver } from "../../src/model/device.ts";
import { zebraCodeIds } from "./code-ids.ts";

/**
 * Symbol and Zebra scanners on RS-232 with the host type "Standard RS-232", or as a simple USB COM port: 9600 8N1.
 * Motorola LS9203 guide, table 6-2. They leave the factory without a suffix, so a read ends with a pause, in which
 * a CR or CR LF of those that have one is taken off.
 */
export const zebraSerial = Object.freeze({
	kind: "scanner",
	id: "zebra-serial",
	title: "Zebra (Symbol) scanner on a serial line or USB COM port",
	channel: "serial",
	// COM port emulation; the second number is unverified.
	marks: Object.freeze([
		Object.freeze({ vendorId: "05e0", productId: "0600" }),
		Object.freeze({ vendorId: "05e0", productId: "1701" }),
	]),
	line: Object.freeze({ baudRate: 9_600, dataBits: 8, parity: "none", stopBits: 1, flow: "none" }),
	framing: Object.freeze({
		by: "marks",
		start: Object.freeze([]),
		ends: Object.freeze([Object.freeze([0x0d, 0x0a]), Object.freeze([0x0d]), Object.freeze([])]),
		settleMs: 50,
	}),
	aim: true,
	codeIds: zebraCodeIds,
	acknowledges: false,
	greeting: Object.freeze([]),
	deeds: Object.freeze({}),
	pictures: null,
} satisfies ScannerDriver);

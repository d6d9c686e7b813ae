import type { ScannerDriver } from "../../src/model/device.ts";
import { honeywellCodeIds } from "./code-ids.ts";
import { honeywellPictures } from "./pictures-honeywell.ts";

/**
 * Honeywell scanners (Xenon, Voyager, Granit, Marathon) on RS-232 or as a USB COM port. Honeywell Granit XP, 1900 and
 * 3310g guides, chapters "Serial" and "Interface keys". Current models leave the factory with 115200 8N1 (unverified);
 * older ones have 9600 or 38400.
 *
 * Host commands are SYN, a letter, CR. `acknowledges` is for scanners that are set to "ACK/NAK on".
 */
export const honeywellSerial = Object.freeze({
	kind: "scanner",
	id: "honeywell-serial",
	title: "Honeywell scanner on a serial line or USB COM port",
	channel: "serial",
	// Honeywell and Metrologic; Hand Held Products (unverified); Youjie.
	marks: Object.freeze([
		Object.freeze({ vendorId: "0c2e" }),
		Object.freeze({ vendorId: "0536" }),
		Object.freeze({ vendorId: "23d0" }),
	]),
	line: Object.freeze({ baudRate: 115_200, dataBits: 8, parity: "none", stopBits: 1, flow: "none" }),
	framing: Object.freeze({
		by: "marks",
		start: Object.freeze([]),
		ends: Object.freeze([Object.freeze([0x0d, 0x0a]), Object.freeze([0x0d]), Object.freeze([0x0a])]),
		settleMs: 0,
	}),
	aim: true,
	codeIds: honeywellCodeIds,
	acknowledges: false,
	greeting: Object.freeze([]),
	deeds: Object.freeze({
		trigger: Object.freeze([0x16, 0x54, 0x0d]),
		stop: Object.freeze([0x16, 0x55, 0x0d]), // (unverified)
		"beep-good": Object.freeze([0x16, 0x07, 0x0d]),
	}),
	pictures: honeywellPictures,
} satisfies ScannerDriver);

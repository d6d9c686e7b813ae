import type { ScannerDriver } from "../../src/model/device.ts";
import type { Symbology } from "../../src/model/scan.ts";

/** Trailers of labels: one byte for UPC and EAN, three for all others. */
const trailers = Object.freeze({
	"0d": "other", // UPC-A
	"0a": "other", // UPC-E
	"0c": "ean8",
	"16": "ean13",
	"000a0b": "code39", // (unverified)
	"000d0b": "itf", // (unverified)
	"000e0b": "other", // Codabar (unverified)
	"00180b": "code128",
	"00190b": "other", // Code 93 (unverified)
	"00250b": "gs1-128", // (unverified)
	"002e0b": "pdf417",
	"002f0b": "other", // MaxiCode
	"00320b": "datamatrix", // (unverified)
	"00330b": "qr", // (unverified)
} satisfies Readonly<Record<string, Symbology>>);

/** An output report without id: one command byte and ten others (unverified). */
const command = (code: number) => Object.freeze([0x00, code, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);

/** Usage page of IBM's "OEM point of sale" devices, and its hand-held and table-top scanners. */
const handHeld = { usagePage: 0xff45, usage: 0x4b00 } as const;
const tableTop = { usagePage: 0xff45, usage: 0x4a00 } as const;

/**
 * Scanners of any maker set to "IBM hand-held USB" or "IBM table-top USB". They may stay silent until they are
 * enabled, so that is what they are greeted with. Long two-dimensional codes come in pieces that differ by maker:
 * HID POS or a COM port suits them better.
 */
export const ibmOem = Object.freeze({
	kind: "scanner",
	id: "ibm-oem",
	title: "Scanner in IBM hand-held or table-top mode (USB OEM)",
	channel: "hid",
	marks: Object.freeze([
		Object.freeze({ vendorId: "05e0", productId: "1300", ...handHeld }),
		Object.freeze({ vendorId: "05e0", productId: "1400", ...tableTop }),
		Object.freeze({ vendorId: "0c2e", ...handHeld }),
		Object.freeze({ vendorId: "0c2e", ...tableTop }),
		Object.freeze({ vendorId: "0536", ...handHeld }),
		Object.freeze({ vendorId: "0536", ...tableTop }),
		Object.freeze({ vendorId: "05f9", ...handHeld }),
		Object.freeze({ vendorId: "05f9", ...tableTop }),
	]),
	line: null,
	framing: Object.freeze({ by: "ibm-oem", trailers }),
	aim: false,
	codeIds: null,
	acknowledges: false,
	greeting: Object.freeze([Object.freeze({ as: "output", bytes: command(0x11) } as const)]),
	deeds: Object.freeze({ enable: command(0x11), disable: command(0x12) }),
	pictures: null,
} satisfies ScannerDriver);

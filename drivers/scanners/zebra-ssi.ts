import type { ScannerDriver } from "../../src/model/device.ts";
import type { Symbology } from "../../src/model/scan.ts";

/**
 * The byte in front of each code, of Zebra's two-dimensional engines; those marked (unverified) were not seen in a
 * guide. Engines for one-dimensional codes only number some kinds otherwise: a shop overrides them.
 */
const types = Object.freeze({
	1: "code39",
	3: "code128",
	6: "itf",
	10: "ean8",
	11: "ean13",
	15: "gs1-128",
	17: "pdf417",
	19: "code39",
	26: "micropdf417", // (unverified)
	27: "datamatrix",
	28: "qr",
	40: "pdf417", // Macro PDF417 (unverified)
	44: "qr", // Micro QR (unverified)
	45: "aztec",
	46: "aztec",
	48: "databar",
	49: "databar",
	50: "databar",
	74: "ean8",
	75: "ean13",
	138: "ean8",
	139: "ean13",
	154: "micropdf417", // Macro MicroPDF417 (unverified)
	193: "gs1-datamatrix", // (unverified)
	194: "gs1-qr", // (unverified)
} satisfies Readonly<Record<number, Symbology>>);

/**
 * Symbol and Zebra scanners set to "SSI host", on RS-232 or "SSI over USB CDC". Zebra SE955 and SE923 integration
 * guides, chapter "Simple Serial Interface"; DS4308, DS6707 and DS9908 guides.
 *
 * The parameters: EE packets instead of raw text, 9F answers expected, 2D (unverified) nothing in front of a code:
 * its type comes in the packet. The beeps' codes are unverified, too.
 */
export const zebraSsi = Object.freeze({
	kind: "scanner",
	id: "zebra-ssi",
	title: "Zebra (Symbol) scanner, SSI packets on a serial line",
	channel: "serial",
	marks: Object.freeze([]),
	line: Object.freeze({ baudRate: 9_600, dataBits: 8, parity: "none", stopBits: 1, flow: "none" }),
	framing: Object.freeze({
		by: "ssi",
		types,
		setup: Object.freeze([
			Object.freeze([0xee, 1] as const),
			Object.freeze([0x9f, 1] as const),
			Object.freeze([0x2d, 0] as const),
		]),
		answerMs: 2_000,
		tries: 3,
		gapMs: 200,
	}),
	aim: false,
	codeIds: null,
	acknowledges: false,
	greeting: Object.freeze([]),
	deeds: Object.freeze({
		trigger: Object.freeze([0x04, 0xe4, 0x04, 0x00, 0xff, 0x14]),
		stop: Object.freeze([0x04, 0xe5, 0x04, 0x00, 0xff, 0x13]),
		enable: Object.freeze([0x04, 0xe9, 0x04, 0x00, 0xff, 0x0f]),
		disable: Object.freeze([0x04, 0xea, 0x04, 0x00, 0xff, 0x0e]),
		// One short high beep, four long low ones.
		"beep-good": Object.freeze([0x05, 0xe6, 0x04, 0x00, 0x00, 0xff, 0x11]),
		"beep-bad": Object.freeze([0x05, 0xe6, 0x04, 0x00, 0x12, 0xfe, 0xff]),
	}),
	// Nothing asks for one at once: IMAGER_MODE (F7) only has the triggers take pictures from then on, and no code is
	// read until the mode is set back (unverified).
	pictures: Object.freeze({ by: "ssi" }),
} satisfies ScannerDriver);

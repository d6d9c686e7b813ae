import type { ScannerDriver, UsbMark } from "../../src/model/device.ts";

/**
 * Makers of scanners, by USB vendor id. Never without one: page 1, usage 6 is every keyboard in the shop.
 * Metrologic/Honeywell, Hand Held Products, Symbol/Zebra, Datalogic/PSC, Datalogic, Intermec, Newland, Youjie,
 * Opticon, Denso, Code.
 */
const makers = ["0c2e", "0536", "05e0", "05f9", "080c", "067e", "1eab", "23d0", "065a", "076d", "11fa"];

/**
 * A scanner in keyboard mode, set to a US keyboard, as it leaves the factory: Enter or Tab behind every read. The last
 * resort: it is slow, and a scanner that drops GS damages marking codes unless "Ctrl+]" or "ALT 029" is set in it.
 * Better set it to HID POS or to a USB COM port. Its manual has a bar code that switches AIM identifiers on; without
 * them set `aim: false`.
 */
export const keyboardWedge = Object.freeze({
	kind: "scanner",
	id: "keyboard-wedge",
	title: "Scanner in keyboard mode, set to a US keyboard",
	channel: "hid",
	marks: Object.freeze(
		makers.map((vendorId): UsbMark => Object.freeze({ vendorId, usagePage: 0x01, usage: 0x06 })),
	),
	line: null,
	framing: Object.freeze({ by: "keys", keyboard: "us", ends: Object.freeze([0x0d, 0x09]), gapMs: 100 }),
	aim: true,
	codeIds: null,
	acknowledges: false,
	greeting: Object.freeze([]),
	deeds: Object.freeze({}),
	pictures: null,
} satisfies ScannerDriver);

import type { ScannerDriver } from "../../src/model/device.ts";
import { keyboardWedge } from "./keyboard-wedge.ts";

/**
 * A scanner in keyboard mode that was set to a Russian keyboard. Nothing on the bus tells that setting, so it is
 * never found by itself: the technician names it in the configuration, or better sets the scanner to US.
 */
export const keyboardWedgeRu = Object.freeze({
	...keyboardWedge,
	id: "keyboard-wedge-ru",
	title: "Scanner in keyboard mode, set to a Russian keyboard",
	marks: Object.freeze([]),
	framing: Object.freeze({ ...keyboardWedge.framing, keyboard: "ru" }),
} satisfies ScannerDriver);

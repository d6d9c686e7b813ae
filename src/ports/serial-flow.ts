import type { SerialLine } from "../model/device.ts";

/**
 * Who may hold back whom. By the bytes XON and XOFF (11 and 13 hexadecimal) they are taken out of what arrives: a
 * code that holds one of them comes without it, so lines with two-dimensional codes use RTS and CTS.
 */
export const flows = Object.freeze({
	none: { rtscts: false, xon: false, xoff: false },
	"rts-cts": { rtscts: true, xon: false, xoff: false },
	"xon-xoff": { rtscts: false, xon: true, xoff: true },
} satisfies Record<SerialLine["flow"], object>);

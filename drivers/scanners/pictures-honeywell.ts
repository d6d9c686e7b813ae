import type { PictureShipping } from "../../src/model/device.ts";
import { linePictures } from "./pictures-common.ts";

/** SYN M CR: what follows is a command of the scanner's menu. */
const menu = [0x16, 0x4d, 0x0d];

/**
 * Honeywell area imagers (1900, N56XX and Granit guides, "Imaging Commands"): IMGSNP takes a picture as for decoding,
 * IMGSHP sends it as JPEG (6F) without a protocol around it (2P; RS-232 would use Hmodem). Unverified as a whole:
 * older models have 0P, and other formats under 6F.
 *
 * The form of the answer is known from programs in the field; no guide prints it, and it is unverified, too. A capture
 * of a real device settles it, and then these facts are what changes.
 */
export const honeywellPictures = Object.freeze({
	by: "honeywell",
	request: Object.freeze([...menu, ...Buffer.from("IMGSNP0P;IMGSHP2P6F!", "latin1")]),
	start: Object.freeze([0x16, 0xfe]),
	lengthEnd: 0x0d,
	headerEnd: 0x1d,
	doubtMs: 60,
	...linePictures,
} satisfies PictureShipping);

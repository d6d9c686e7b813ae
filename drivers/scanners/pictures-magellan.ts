import type { PictureShipping } from "../../src/model/device.ts";
import { linePictures } from "./pictures-common.ts";

/**
 * Datalogic Magellan (1500i and 9300i product reference guides, "Image Capture"): `P`, a count of 4, `p`, size 0
 * (640 x 480), brightness B, contrast B, all else as configured. Built from the guide's table, unverified on a device.
 */
export const magellanPictures = Object.freeze({
	by: "magellan",
	request: Object.freeze([0x50, 0x04, 0x70, 0x30, 0x42, 0x42]),
	...linePictures,
} satisfies PictureShipping);

import type { Picture } from "../model/read.ts";
import type { LineShipping } from "./ship-parser.ts";

/** How a file of each form begins. */
const beginnings: readonly {
	readonly form: Exclude<Picture["form"], "grey">;
	readonly bytes: readonly number[];
}[] = Object.freeze([
	{ form: "jpeg", bytes: [0xff, 0xd8, 0xff] },
	{ form: "bmp", bytes: [0x42, 0x4d] },
	{ form: "tiff", bytes: [0x49, 0x49, 0x2a, 0x00] },
	{ form: "tiff", bytes: [0x4d, 0x4d, 0x00, 0x2a] },
	{ form: "png", bytes: [0x89, 0x50, 0x4e, 0x47] },
]);

/** What a scanner shipped, by how it begins, or by its length when it is raw; undefined when it is no picture. */
export function pictureOf(bytes: Uint8Array, rawSizes: LineShipping["rawSizes"]): Picture | undefined {
	const known = beginnings.find((one) => one.bytes.every((byte, place) => bytes[place] === byte));
	if (known !== undefined) return { form: known.form, bytes };
	const size = rawSizes.find(([width, height]) => width * height === bytes.length);
	return size && { form: "grey", bytes, width: size[0], height: size[1] };
}

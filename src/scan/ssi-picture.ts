import type { Picture } from "../model/read.ts";

/**
 * In front of a picture's own bytes an SSI scanner sends a header: size in bytes (4), width (2), height (2), form
 * (1), depth (1), numbers with the high byte first. That there are ten bytes is known from programs in the field;
 * what they mean is from descriptions only and was not seen on a device. So the picture's own first bytes decide
 * where they can, and the header only where they cannot.
 */
const header = Object.freeze({ bytes: 10, width: 4, height: 6, form: 8 });

/** How many bytes stand in front of a picture's own. */
export const pictureHeaderBytes = header.bytes;

/** Unverified, as the rest of the header. */
const headerForms: Readonly<Record<number, Exclude<Picture["form"], "grey">>> = Object.freeze({
	49: "jpeg",
	51: "bmp",
	52: "tiff",
});

/** What files of each form begin with. */
const beginnings: readonly (readonly [Exclude<Picture["form"], "grey">, readonly number[]])[] = [
	["jpeg", [0xff, 0xd8, 0xff]],
	["png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
	["tiff", [0x49, 0x49, 0x2a, 0x00]],
	["tiff", [0x4d, 0x4d, 0x00, 0x2a]],
	["bmp", [0x42, 0x4d]],
];

/** The picture in the joined data of IMAGE_DATA packets, or undefined when it is none. */
export function ssiPicture(data: Uint8Array): Picture | undefined {
	const bytes = data.subarray(header.bytes);
	const ownForm = formOf(bytes);
	if (ownForm !== undefined) return { form: ownForm, bytes };
	if (bytes.length === 0) return undefined;
	const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
	const width = view.getUint16(header.width);
	const height = view.getUint16(header.height);
	if (width * height === bytes.length) return { form: "grey", bytes, width, height };
	const form = headerForms[view.getUint8(header.form)];
	return form === undefined ? undefined : { form, bytes };
}

function formOf(bytes: Uint8Array): Exclude<Picture["form"], "grey"> | undefined {
	return beginnings.find(([, beginning]) => beginning.every((byte, index) => bytes[index] === byte))?.[0];
}

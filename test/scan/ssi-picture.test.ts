import fc from "fast-check";
import { expect, test } from "vitest";
import { ssiPicture } from "../../src/scan/ssi-picture.ts";

const header = (width: number, height: number, form: number) => [0, 0, 0, 0, 0, width, 0, height, form, 2];
const picture = (head: number[], ...bytes: number[]) => ssiPicture(Uint8Array.of(...head, ...bytes));

test.each([
	["jpeg", [0xff, 0xd8, 0xff, 0xe0]],
	["bmp", [0x42, 0x4d, 0, 0]],
	["tiff", [0x49, 0x49, 0x2a, 0]],
	["tiff", [0x4d, 0x4d, 0, 0x2a]],
	["png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
])("a picture that begins as a %s is one, whatever the header says", (form, bytes) => {
	for (const head of [header(0, 0, 0x31), header(2, 2, 0x34), header(2, 4, 0)])
		expect(picture(head, ...bytes)).toEqual({ form, bytes: Uint8Array.from(bytes) });
});

test("as many bytes as the header has pixels are grey pixels", () => {
	expect(picture(header(3, 2, 0x30), 1, 2, 3, 4, 5, 6)).toEqual({
		form: "grey",
		bytes: Uint8Array.of(1, 2, 3, 4, 5, 6),
		width: 3,
		height: 2,
	});
});

test("where the bytes tell nothing the header does, and where it does not either there is no picture", () => {
	expect(picture(header(3, 3, 0x33), 1, 2)?.form).toBe("bmp");
	expect(picture(header(3, 3, 0x99), 1, 2)).toBeUndefined();
});

test("no bytes make it throw, and a picture is never longer than what came", () => {
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
			const found = ssiPicture(bytes);
			if (found !== undefined) expect(found.bytes).toEqual(bytes.subarray(10));
		}),
	);
	expect(picture(header(0, 0, 0x31))).toBeUndefined();
});

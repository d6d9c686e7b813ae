import { bitsAt } from "./bits.ts";
import { brightness, checkedSize, type Grey, unreadable } from "./grey.ts";

/** Of the file header and of BITMAPINFOHEADER (Windows GDI, "Bitmap Storage"), counted from the first byte. */
const at = Object.freeze({
	pixels: 10,
	headerBytes: 14,
	width: 18,
	height: 22,
	bits: 28,
	compression: 30,
	colours: 46,
});

/** No compression; bit fields are taken for the usual ones, as scanners' pictures have no other. */
const uncompressed = [0, 3];

/**
 * A BMP of 1, 4, 8, 24 or 32 bits a pixel, without compression.
 * @throws {PictureRefused}
 */
export function greyOfBmp(bytes: Uint8Array, mostPixels: number): Grey {
	if (bytes.length < 54) throw unreadable("the BMP header is not whole");
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const width = view.getInt32(at.width, true);
	const signedHeight = view.getInt32(at.height, true);
	const height = Math.abs(signedHeight);
	const bits = view.getUint16(at.bits, true);
	checkedSize(width, height, mostPixels);
	if (![1, 4, 8, 24, 32].includes(bits)) throw unreadable("a BMP with this number of bits is not read");
	if (!uncompressed.includes(view.getUint32(at.compression, true))) {
		throw unreadable("a compressed BMP is not read");
	}
	const first = view.getUint32(at.pixels, true);
	const rowBytes = ((width * bits + 31) >> 5) * 4;
	if (first + rowBytes * height > bytes.length) throw unreadable("the BMP's pixels are not whole");
	const shade = bits > 8 ? colourShade(bytes, bits / 8) : paletteShade(bytes, view, bits);
	const pixels = new Uint8Array(width * height);
	for (let y = 0; y < height; y += 1) {
		// A positive height means that the bottom row comes first.
		const row = first + rowBytes * (signedHeight > 0 ? height - 1 - y : y);
		for (let x = 0; x < width; x += 1) pixels[y * width + x] = shade(row, x);
	}
	return { pixels, width, height };
}

type Shade = (row: number, x: number) => number;

/** Blue, green, red, and a fourth byte of no meaning. */
function colourShade(bytes: Uint8Array, step: number): Shade {
	return (row, x) => {
		const from = row + x * step;
		return brightness(bytes[from + 2] ?? 0, bytes[from + 1] ?? 0, bytes[from] ?? 0);
	};
}

function paletteShade(bytes: Uint8Array, view: DataView, bits: number): Shade {
	const palette = 14 + view.getUint32(at.headerBytes, true);
	const most = 1 << bits;
	const colours = Math.min(view.getUint32(at.colours, true) || most, most);
	if (palette + colours * 4 > bytes.length) throw unreadable("the BMP's palette is not whole");
	const shadeOf = colourShade(bytes, 4);
	const shades = Uint8Array.from({ length: colours }, (_, colour) => shadeOf(palette, colour));
	return (row, x) => shades[bitsAt(bytes, row, x, bits)] ?? 0;
}

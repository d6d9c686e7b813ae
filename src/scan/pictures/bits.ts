/** The pixel `x` of a row whose pixels have 1, 2, 4 or 8 bits, the first in the highest bits; `row` is its first byte. */
export function bitsAt(bytes: Uint8Array, row: number, x: number, bits: number): number {
	const first = x * bits;
	return ((bytes[row + (first >> 3)] ?? 0) >> (8 - bits - (first & 7))) & ((1 << bits) - 1);
}

/** The shades of a picture of 1, 2, 4 or 8 bits a pixel that has no palette, black first. */
export function evenShades(bits: number): Uint8Array {
	const most = (1 << bits) - 1;
	return Uint8Array.from({ length: most + 1 }, (_, value) => Math.round((value * 255) / most));
}

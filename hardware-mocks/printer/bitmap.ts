/** Dots of thermal paper: one byte a dot, 1 is black, row after row. */
export type Bitmap = {
	readonly width: number;
	readonly height: number;
	readonly dots: Uint8Array;
};

export function blankBitmap(width: number, height: number): Bitmap {
	return { width, height, dots: new Uint8Array(width * height) };
}

/** Whether the dot is black; outside the bitmap nothing is. */
export function isBlack({ width, height, dots }: Bitmap, x: number, y: number): boolean {
	return x >= 0 && y >= 0 && x < width && y < height && dots[y * width + x] === 1;
}

/** Blackens a rectangle, as far as it lies inside. */
export function fill(onto: Bitmap, left: number, top: number, width: number, height: number): void {
	const [from, to] = [Math.max(0, left), Math.min(onto.width, left + width)];
	for (let y = Math.max(0, top); y < Math.min(onto.height, top + height); y++)
		if (from < to) onto.dots.fill(1, y * onto.width + from, y * onto.width + to);
}

/** Burns `what` into the paper, each dot as a rectangle of `wide` by `high` dots. */
export function stamp(onto: Bitmap, what: Bitmap, left: number, top: number, wide = 1, high = 1): void {
	for (let y = 0; y < what.height; y++)
		for (let x = 0; x < what.width; x++)
			if (isBlack(what, x, y)) fill(onto, left + x * wide, top + y * high, wide, high);
}

/** Black for white. */
export function inverted({ width, height, dots }: Bitmap): Bitmap {
	return { width, height, dots: dots.map((dot) => 1 - dot) };
}

/** A bitmap from bytes whose bits are dots, left dot in bit 7 (Epson GS v 0). */
export function bitmapOfBits(bytes: Uint8Array, bytesInRow: number): Bitmap {
	const width = bytesInRow * 8;
	const dots = Uint8Array.from(
		{ length: bytes.length * 8 },
		(_, at) => ((bytes[at >> 3] ?? 0) >> (7 - (at & 7))) & 1,
	);
	return { width, height: bytesInRow === 0 ? 0 : bytes.length / bytesInRow, dots };
}

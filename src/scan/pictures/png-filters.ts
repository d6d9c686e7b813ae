/** What a filter takes a byte's neighbours to predict: left, above, above left (PNG specification, 9.2). */
type Predict = (left: number, above: number, corner: number) => number;

const predictions: readonly Predict[] = [
	() => 0,
	(left) => left,
	(_, above) => above,
	(left, above) => (left + above) >> 1,
	paeth,
];

function paeth(left: number, above: number, corner: number): number {
	const guess = left + above - corner;
	const [toLeft, toAbove, toCorner] = [
		Math.abs(guess - left),
		Math.abs(guess - above),
		Math.abs(guess - corner),
	];
	if (toLeft <= toAbove && toLeft <= toCorner) return left;
	return toAbove <= toCorner ? above : corner;
}

/**
 * Undoes the filters of a PNG's rows in place; each row has its filter's number in front.
 * @param step bytes from a byte to its neighbour of the pixel before. @returns whether all filters are known.
 */
export function unfilter(rows: Uint8Array, rowBytes: number, height: number, step: number): boolean {
	for (let y = 0; y < height; y += 1) {
		const row = y * (rowBytes + 1) + 1;
		const predict = predictions[rows[row - 1] ?? 0];
		if (predict === undefined) return false;
		const before = row - rowBytes - 1;
		for (let x = 0; x < rowBytes; x += 1) {
			const left = x < step ? 0 : (rows[row + x - step] ?? 0);
			const above = y === 0 ? 0 : (rows[before + x] ?? 0);
			const corner = y === 0 || x < step ? 0 : (rows[before + x - step] ?? 0);
			rows[row + x] = (rows[row + x] ?? 0) + predict(left, above, corner);
		}
	}
	return true;
}

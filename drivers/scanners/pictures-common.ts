/** What no guide tells of pictures on a serial line: unverified, each of them. */
export const linePictures = Object.freeze({
	/** Dimensions of common imagers: VGA, WVGA, SXGA, CIF, and those of Honeywell's area imagers. */
	rawSizes: Object.freeze([
		Object.freeze([640, 480] as const),
		Object.freeze([752, 480] as const),
		Object.freeze([1280, 1027] as const),
		Object.freeze([320, 240] as const),
		Object.freeze([838, 640] as const),
		Object.freeze([844, 640] as const),
		Object.freeze([1280, 800] as const),
	]),
	gapMs: 2_000,
	answerMs: 10_000,
});

const lineFeed = 0x0a;

/**
 * Cuts what a program writes into lines of at most `mostBytes`, whatever it does: what grows longer without a line
 * feed is told once by `tooLong`, and nothing is heard after it.
 */
export function bridgeLines(
	mostBytes: number,
	hear: (line: string) => void,
	tooLong: () => void,
): (chunk: Buffer) => void {
	let pieces: Buffer[] = [];
	let length = 0;
	/** Keeps a piece of the unfinished line; false when it is too long now. */
	const keep = (piece: Buffer) => {
		length += piece.length;
		if (length > mostBytes) {
			pieces = [];
			return false;
		}
		pieces.push(piece);
		return true;
	};
	return (chunk) => {
		let start = 0;
		for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, start)) {
			if (!keep(chunk.subarray(start, end))) return tooLong();
			const line = Buffer.concat(pieces).toString("utf8");
			pieces = [];
			length = 0;
			start = end + 1;
			hear(line);
		}
		if (!keep(chunk.subarray(start))) tooLong();
	};
}

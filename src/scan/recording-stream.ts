import type { Piece } from "./recording.ts";

/** What a scanner said on a line, in one, and when. */
export type Stream = {
	readonly bytes: Uint8Array;
	/** Where each burst ends: offsets behind the last byte before a pause. */
	readonly burstEnds: readonly number[];
};

/** Joins pieces; a pause of more than `pauseMs` ends a burst. */
export function joined(pieces: readonly Piece[], pauseMs: number): Stream {
	const burstEnds: number[] = [];
	let length = 0;
	for (const [index, { atMs, bytes }] of pieces.entries()) {
		length += bytes.length;
		const next = pieces[index + 1];
		if (next === undefined || next.atMs - atMs > pauseMs) burstEnds.push(length);
	}
	return { bytes: new Uint8Array(Buffer.concat(pieces.map(({ bytes }) => bytes))), burstEnds };
}

/** The same pieces, with these bytes in the place of theirs and without names. */
export function cutAgain(pieces: readonly Piece[], bytes: Uint8Array): Piece[] {
	let at = 0;
	return pieces.map(({ atMs, from, bytes: { length } }) => {
		const from0 = at;
		at += length;
		return { atMs, from, bytes: bytes.slice(from0, at) };
	});
}

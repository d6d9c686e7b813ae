import type { LineFraming } from "./framing.ts";
import type { Stream } from "./recording-stream.ts";
import type { Veil } from "./recording-veil.ts";

/** A burst that is longer is no code but a picture or noise. */
const mostCodeBytes = 8_192;

/** How pictures begin: JPEG, PNG, TIFF in either byte order, and Honeywell's picture messages (SYN FE). */
const pictureStarts = ["\xff\xd8\xff", "\x89PNG", "II*\0", "MM\0*", "\x16\xfe"];
/** `BM` might be text; the four zero bytes behind the size tell a BMP. */
const bmpStart = /BM[\s\S]{4}\0{4}/;

/**
 * What a scanner said on a line that carries nothing but reads, with the reads replaced. Pictures of codes cannot be
 * replaced in part: all of them becomes zeros, from their first byte to the next pause.
 */
export function redactedLine(framing: LineFraming, stream: Stream, veil: Veil): Uint8Array {
	const redacted = new Uint8Array(stream.bytes.length);
	let start = 0;
	for (const end of stream.burstEnds) {
		const picture = start + pictureAt(stream.bytes.subarray(start, end));
		hideReads(stream.bytes.subarray(start, picture), redacted.subarray(start, picture), framing, veil);
		start = end;
	}
	return redacted;
}

/** Where a picture begins, or the length when there is none. */
function pictureAt(burst: Uint8Array): number {
	if (burst.length > mostCodeBytes) return 0;
	const text = Buffer.from(burst).toString("latin1");
	const found = [...pictureStarts.map((start) => text.indexOf(start)), text.search(bmpStart)];
	return Math.min(burst.length, ...found.filter((at) => at >= 0));
}

/** Marks stay, and what stands between two of them is a read, or part of one. */
function hideReads(bytes: Uint8Array, target: Uint8Array, framing: LineFraming, veil: Veil): void {
	const marks = framing.by === "silence" ? [] : [framing.start, ...framing.ends];
	const longest = marks
		.filter(({ length }) => length > 0)
		.toSorted((one, other) => other.length - one.length);
	let start = 0;
	const hide = (end: number) => {
		const read = bytes.subarray(start, end);
		target.set(veil.hide(read, veil.leading(read)), start);
	};
	for (let at = 0; at < bytes.length; ) {
		const mark = longest.find((mark) => mark.every((byte, index) => bytes[at + index] === byte));
		if (mark === undefined) {
			at += 1;
			continue;
		}
		hide(at);
		target.set(mark, at);
		at += mark.length;
		start = at;
	}
	hide(bytes.length);
}

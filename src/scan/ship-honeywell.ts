import { pictureOf } from "./ship-forms.ts";
import { bytesBefore, type ShipSight } from "./ship-parser.ts";
import { honeywellShape } from "./ship-shapes.ts";

const { start, lengthBytes, lengthEnd, headerEnd, command, answers, echoEnds } = honeywellShape;
const letters = Buffer.from(command);
const bodyAt = start.length + lengthBytes + 1;

/**
 * IMGSHP's answer, recognised by its own form, whether it was asked for or not; and the echoes of IMG commands, which
 * are no reads.
 */
export function honeywellShip(held: Uint8Array, _asked: boolean, mostBytes: number): ShipSight {
	const before = bytesBefore(held, start[0] ?? 0, letters[0] ?? 0);
	if (before > 0) return { type: "rest", length: before };
	return held[0] === letters[0] ? echo(held) : shipped(held, mostBytes);
}

const ordinary: ShipSight = { type: "rest", length: 1 };
const doubt: ShipSight = { type: "doubt" };

function echo(held: Uint8Array): ShipSight {
	if (!begins(held, letters, 0)) return ordinary;
	const at = held.findIndex((byte) => answers.includes(byte));
	const text = at === -1 ? held : held.subarray(0, at);
	if (text.length > honeywellShape.mostEchoBytes || !text.every(isCommandByte)) return ordinary;
	if (at === -1 || at + 1 === held.length) return doubt;
	return echoEnds.includes(held[at + 1] ?? 0) ? { type: "skip", length: at + 2, told: false } : ordinary;
}

function shipped(held: Uint8Array, mostBytes: number): ShipSight {
	if (!begins(held, start, 0)) return ordinary;
	if (held.length < bodyAt) return doubt;
	const length = new DataView(held.buffer, held.byteOffset).getUint32(start.length, true);
	const most = mostBytes + honeywellShape.mostHeaderBytes;
	if (held[bodyAt - 1] !== lengthEnd || length === 0 || length > most) return ordinary;
	if (!begins(held, letters, bodyAt)) return ordinary;
	if (held.length < bodyAt + letters.length) return doubt;
	return {
		type: "picture",
		length: bodyAt + length,
		picture: (whole) => {
			const end = whole.indexOf(headerEnd, bodyAt);
			const header = end - bodyAt;
			if (end === -1 || header > honeywellShape.mostHeaderBytes) return undefined;
			return pictureOf(whole.subarray(end + 1), honeywellShape.rawSizes);
		},
	};
}

/** Whether what is held from `at` on is `bytes` or the beginning of them. */
function begins(held: Uint8Array, bytes: ArrayLike<number>, at: number): boolean {
	const there = Math.min(bytes.length, Math.max(0, held.length - at));
	return Array.from({ length: there }, (_, place) => held[at + place] === bytes[place]).every(Boolean);
}

/** Capital letters, digits, and the mark between two commands. */
function isCommandByte(byte: number): boolean {
	return (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x30 && byte <= 0x39) || byte === 0x3b;
}

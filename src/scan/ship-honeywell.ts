import { pictureOf } from "./ship-forms.ts";
import { bytesBefore, type LineShipping, type ShipLanguage, type ShipSight } from "./ship-parser.ts";

/** What commands for pictures begin with, and so do their echoes and the headers of their answers. */
const letters = Buffer.from("IMG");

/** Little-endian; counts what follows the mark behind it. */
const lengthBytes = 4;

/** A command's echo: its text, one of these, and the mark that ended the command or leads to the next one. */
const echoAnswers: readonly number[] = [0x06, 0x05, 0x15];
const echoEnds: readonly number[] = [0x2e, 0x21, 0x3b, 0x2c];

const mostEchoBytes = 64;
const mostHeaderBytes = 512;

type HoneywellShipping = Extract<LineShipping, { readonly by: "honeywell" }>;

/**
 * IMGSHP's answer without Hmodem, recognised by its own form, whether it was asked for or not; and the echoes of IMG
 * commands, which are no reads.
 */
export function honeywellShip(shipping: HoneywellShipping): ShipLanguage {
	return (held, _asked, mostBytes) => {
		const before = bytesBefore(held, shipping.start[0] ?? 0, letters[0] ?? 0);
		if (before > 0) return { type: "rest", length: before };
		return held[0] === shipping.start[0] ? shipped(held, mostBytes, shipping) : echo(held);
	};
}

const ordinary: ShipSight = { type: "rest", length: 1 };
const doubt: ShipSight = { type: "doubt" };

function echo(held: Uint8Array): ShipSight {
	if (!begins(held, letters, 0)) return ordinary;
	const at = held.findIndex((byte) => echoAnswers.includes(byte));
	const text = at === -1 ? held : held.subarray(0, at);
	if (text.length > mostEchoBytes || !text.every(isCommandByte)) return ordinary;
	if (at === -1 || at + 1 === held.length) return doubt;
	return echoEnds.includes(held[at + 1] ?? 0) ? { type: "skip", length: at + 2, told: false } : ordinary;
}

function shipped(
	held: Uint8Array,
	mostBytes: number,
	{ start, lengthEnd, headerEnd, rawSizes }: HoneywellShipping,
): ShipSight {
	const bodyAt = start.length + lengthBytes + 1;
	if (!begins(held, start, 0)) return ordinary;
	if (held.length < bodyAt) return doubt;
	const length = new DataView(held.buffer, held.byteOffset).getUint32(start.length, true);
	if (held[bodyAt - 1] !== lengthEnd || length === 0 || length > mostBytes + mostHeaderBytes) return ordinary;
	if (!begins(held, letters, bodyAt)) return ordinary;
	if (held.length < bodyAt + letters.length) return doubt;
	return {
		type: "picture",
		length: bodyAt + length,
		picture: (whole) => {
			const end = whole.indexOf(headerEnd, bodyAt);
			if (end === -1 || end - bodyAt > mostHeaderBytes) return undefined;
			return pictureOf(whole.subarray(end + 1), rawSizes);
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

import { pictureOf } from "./ship-forms.ts";
import { bytesBefore, type LineShipping, type ShipLanguage } from "./ship-parser.ts";

/**
 * Datalogic Magellan 9300i and 1500i product reference guides: ACK, a big-endian length, the bytes; BEL refuses, and a
 * length of 0 means that it failed.
 */
const [taken, refused] = [0x06, 0x07];
const lengthBytes = 4;

/**
 * A Magellan's answer, which begins with a byte that means nothing by itself: it is looked for only while one is
 * awaited.
 */
export function magellanShip({ rawSizes }: Extract<LineShipping, { by: "magellan" }>): ShipLanguage {
	return (held, asked, mostBytes) => {
		if (!asked) return { type: "rest", length: held.length };
		const before = bytesBefore(held, taken, refused);
		if (before > 0) return { type: "rest", length: before };
		if (held[0] === refused) return { type: "skip", length: 1, told: true };
		if (held.length < 1 + lengthBytes) return { type: "doubt" };
		const length = new DataView(held.buffer, held.byteOffset).getUint32(1, false);
		if (length === 0) return { type: "skip", length: 1 + lengthBytes, told: true };
		if (length > mostBytes) return { type: "rest", length: 1 };
		return {
			type: "picture",
			length: 1 + lengthBytes + length,
			picture: (whole) => pictureOf(whole.subarray(1 + lengthBytes), rawSizes),
		};
	};
}

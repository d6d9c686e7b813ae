import { pictureOf } from "./ship-forms.ts";
import { bytesBefore, type ShipSight } from "./ship-parser.ts";
import { magellanShape } from "./ship-shapes.ts";

const { taken, refused, lengthBytes } = magellanShape;

/**
 * A Magellan's answer, which begins with a byte that means nothing by itself: it is looked for only while one is
 * awaited.
 */
export function magellanShip(held: Uint8Array, asked: boolean, mostBytes: number): ShipSight {
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
		picture: (whole) => pictureOf(whole.subarray(1 + lengthBytes), magellanShape.rawSizes),
	};
}

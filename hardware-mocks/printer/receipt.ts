import { drawReceipt } from "./drawing.ts";
import type { Piece } from "./paper.ts";
import { photograph } from "./photograph.ts";
import { textOf } from "./text.ts";

/** What the printer gave out: the piece of paper, the same as text and as picture, and the bytes that made it. */
export type PrintedReceipt = Piece & {
	/** When it came out, wall-clock ms. */
	readonly at: number;
	/** Printable dots in a line. */
	readonly dots: number;
	/** Characters of font A in a line. */
	readonly columns: number;
	/** Every byte that the printer worked through for it, the cut included. */
	readonly bytes: Uint8Array;
	/** The lines as printed, with `[QR data]` where a QR code is. */
	readonly text: string;
	/** A PNG of the paper on a table, one pixel a dot; drawn when first asked for. */
	readonly png: Buffer;
};

/** 2 m at 8 dots a millimetre: more of a receipt is printed, but not drawn. */
const tallestPicture = 16_000;

type Facts = { readonly at: number; readonly dots: number; readonly columns: number };

export function receiptOf(piece: Piece, bytes: Uint8Array, facts: Facts): PrintedReceipt {
	let png: Buffer | undefined;
	return {
		...piece,
		...facts,
		bytes,
		text: textOf(piece.marks),
		get png() {
			const height = Math.min(piece.height, tallestPicture);
			png ??= photograph(drawReceipt({ ...piece, height }, facts.dots), piece.edge);
			return png;
		},
	};
}

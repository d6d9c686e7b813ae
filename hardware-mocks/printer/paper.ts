import type { Bitmap } from "./bitmap.ts";
import type { Font } from "./fonts.ts";

/** One character on paper; `left` and `width` in dots. */
export type Cell = {
	readonly character: string;
	readonly left: number;
	readonly width: number;
	readonly font: Font;
	readonly bold: boolean;
	/** Thickness in dots, 0 for none. */
	readonly underline: number;
	readonly inverse: boolean;
	/** A Chinese character, two cells wide. */
	readonly wide: boolean;
	readonly timesWide: number;
	readonly timesHigh: number;
};

export type Mark =
	| { readonly kind: "text"; readonly cells: readonly Cell[] }
	/** A line feed on an empty line. */
	| { readonly kind: "blank" }
	| {
			readonly kind: "qr";
			readonly data: Uint8Array;
			readonly left: number;
			readonly modules: Bitmap;
			readonly moduleDots: number;
	  }
	| { readonly kind: "barcode"; readonly data: string; readonly left: number; readonly picture: Bitmap }
	| { readonly kind: "raster"; readonly left: number; readonly picture: Bitmap };

/** A mark and where it stands, in dots from the upper edge of its paper. */
export type Placed = Mark & { readonly top: number; readonly height: number };

/** How a piece of paper ends below: cut through, held by one point, or torn off by hand. */
export type Edge = "cut" | "partial" | "torn";

/** A piece of paper that has left the printer. */
export type Piece = { readonly marks: readonly Placed[]; readonly height: number; readonly edge: Edge };

/** From the print head to the blade: 14 mm at 8 dots a millimetre. What is below the blade stays in the printer. */
export const headToBlade = 112;

/** The paper under the head, and the blade beyond it. */
export type Paper = {
	/** Marks the paper and moves it on, by `height` of the mark or more. */
	place(mark: Mark, height: number, feed?: number): void;
	feed(dots: number): void;
	/** Cuts where the paper stands at the blade (GS V form A). */
	cut(edge: Edge): void;
	/** Feeds all that is printed past the blade, and `more`, then cuts (form B). */
	feedAndCut(edge: Edge, more: number): void;
	/** Cuts when this place of the paper, and `more`, reaches the blade (form C). */
	cutLater(edge: Edge, more: number): void;
	/** As form B, then pulls the paper back, so that the next piece begins at its edge (form D). */
	cutAndPullBack(edge: Edge, more: number): void;
};

/**
 * @param finished is called with each piece that is cut off.
 * @param mistake is called when a cut parts what is printed.
 */
export function loadPaper(finished: (piece: Piece) => void, mistake: (what: string) => void): Paper {
	let marks: Placed[] = [];
	let head: number = headToBlade;
	let wanted: { at: number; edge: Edge }[] = [];

	const cutAt = (at: number, edge: Edge) => {
		// The blade stands beyond the paper's edge.
		if (at <= 0) return;
		const left = marks.filter(({ top }) => top < at);
		const stay = marks.filter(({ top }) => top >= at).map((mark) => ({ ...mark, top: mark.top - at }));
		if (left.some((mark) => mark.kind !== "blank" && mark.top + mark.height > at))
			mistake("the cut goes through what is printed: feed more before GS V");
		else if (stay.some(({ kind }) => kind !== "blank"))
			mistake("the cut leaves the last lines in the printer: feed more before GS V");
		marks = stay;
		head -= at;
		wanted = wanted.filter((later) => later.at > at).map((later) => ({ ...later, at: later.at - at }));
		finished({ marks: left, height: at, edge });
	};
	const nextDue = () => wanted.find(({ at }) => at <= head - headToBlade);
	const feed = (dots: number) => {
		head += dots;
		for (let due = nextDue(); due !== undefined; due = nextDue()) cutAt(due.at, due.edge);
	};
	const feedAndCut = (edge: Edge, more: number) => {
		feed(headToBlade + more);
		cutAt(head - headToBlade, edge);
	};
	return {
		place: (mark, height, fed = height) => {
			marks.push({ ...mark, top: head, height });
			feed(Math.max(height, fed));
		},
		feed,
		cut: (edge) => cutAt(head - headToBlade, edge),
		feedAndCut,
		cutLater: (edge, more) => {
			wanted.push({ at: head + more, edge });
			wanted.sort((one, other) => one.at - other.at);
		},
		cutAndPullBack: (edge, more) => {
			feedAndCut(edge, more);
			head = 0;
		},
	};
}

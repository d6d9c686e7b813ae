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
const headToBlade = 112;

/** What becomes of the paper. */
type PaperEvents = {
	/** A piece has been cut off. */
	finished(piece: Piece): void;
	/** A cut parts what belongs together. */
	mistake(what: string): void;
};

/** The paper under the head, and the blade beyond it. Lengths in dots. */
export class Paper {
	readonly #events: PaperEvents;
	#marks: Placed[] = [];
	#head: number = headToBlade;
	/** Cuts that wait until their place reaches the blade, the nearest first. */
	#wanted: { readonly at: number; readonly edge: Edge }[] = [];

	constructor(events: PaperEvents) {
		this.#events = events;
	}

	/** Marks the paper and moves it on, by the height of the mark or more. */
	place(mark: Mark, height: number, atLeast = height): void {
		this.#marks.push({ ...mark, top: this.#head, height });
		this.feed(Math.max(height, atLeast));
	}

	feed(dots: number): void {
		this.#head += dots;
		for (let due = this.#nextDue(); due !== undefined; due = this.#nextDue()) this.#cutAt(due.at, due.edge);
	}

	/** Cuts where the paper stands at the blade (GS V form A). */
	cut(edge: Edge): void {
		this.#cutAt(this.#head - headToBlade, edge);
	}

	/** Feeds all that is printed past the blade, and `more`, then cuts (form B). */
	feedAndCut(edge: Edge, more: number): void {
		this.feed(headToBlade + more);
		this.cut(edge);
	}

	/** Cuts when this place of the paper, and `more`, reaches the blade (form C). */
	cutLater(edge: Edge, more: number): void {
		this.#wanted.push({ at: this.#head + more, edge });
		this.#wanted.sort((one, other) => one.at - other.at);
	}

	/** As form B, then pulls the paper back, so that the next piece begins at its edge (form D). */
	cutAndPullBack(edge: Edge, more: number): void {
		this.feedAndCut(edge, more);
		this.#head = 0;
	}

	#nextDue() {
		return this.#wanted.find(({ at }) => at <= this.#head - headToBlade);
	}

	#cutAt(at: number, edge: Edge): void {
		// The blade stands beyond the paper's edge.
		if (at <= 0) return;
		const gone = this.#marks.filter(({ top }) => top < at);
		const kept = this.#marks.filter(({ top }) => top >= at);
		this.#judge(gone, kept, at);
		this.#marks = kept.map((mark) => ({ ...mark, top: mark.top - at }));
		this.#head -= at;
		this.#wanted = this.#wanted
			.filter((later) => later.at > at)
			.map((later) => ({ ...later, at: later.at - at }));
		this.#events.finished({ marks: gone, height: at, edge });
	}

	#judge(gone: readonly Placed[], kept: readonly Placed[], at: number): void {
		const isInk = ({ kind }: Placed) => kind !== "blank";
		if (gone.some((mark) => isInk(mark) && mark.top + mark.height > at))
			this.#events.mistake("the cut goes through what is printed: feed more before GS V");
		else if (kept.some(isInk))
			this.#events.mistake("the cut leaves the last lines in the printer: feed more before GS V");
	}
}

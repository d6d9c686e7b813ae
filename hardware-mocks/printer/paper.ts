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

/** Symbols of more rows than one, drawn module by module. */
type Matrix = {
	readonly kind: "qr" | "pdf417" | "datamatrix";
	readonly data: Uint8Array;
	readonly left: number;
	readonly modules: Bitmap;
	/** Width of a module, dots, and its height. */
	readonly moduleDots: number;
	readonly moduleHeight: number;
};

export type Mark =
	| { readonly kind: "text"; readonly cells: readonly Cell[] }
	/** A line feed on an empty line. */
	| { readonly kind: "blank" }
	| Matrix
	| {
			readonly kind: "barcode";
			/** As its standard is called. */
			readonly symbology: string;
			readonly data: string;
			readonly left: number;
			readonly picture: Bitmap;
	  }
	| { readonly kind: "raster"; readonly left: number; readonly picture: Bitmap };

/** A mark and where it stands, in dots from the upper edge of its paper. */
export type Placed = Mark & {
	/** Where its first row of dots is, or would be when that is not on this paper. */
	readonly top: number;
	readonly height: number;
	/** The rows of dots that are on this paper, from the first to before the last; all when left out. */
	readonly part?: { readonly from: number; readonly to: number };
};

/** How a piece of paper ends below: cut through, held by one point, torn off by hand, or with the roll. */
export type Edge = "cut" | "partial" | "torn" | "end";

/** A piece of paper that has left the printer; its height in dots. */
export type Piece = { readonly marks: readonly Placed[]; readonly height: number; readonly edge: Edge };

/** From the print head to the blade: 14 mm at 8 dots a millimetre. What is below the blade stays in the printer. */
export const headToBlade = 112;

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
	/** Whether the last mark is being burnt as the paper moves. */
	#burning = false;
	/** Cuts that wait until their place reaches the blade, the nearest first. */
	#wanted: { readonly at: number; readonly edge: Edge }[] = [];

	constructor(events: PaperEvents) {
		this.#events = events;
	}

	/** The paper that is still in the printer, as if it were torn off now. */
	get hanging(): Piece {
		const { NEGATIVE_INFINITY: above, POSITIVE_INFINITY: below } = Number;
		const marks = this.#marks.flatMap((mark) => rowsOf(mark, above, below)).map(withoutWhole);
		return { marks, height: this.#head, edge: "torn" };
	}

	/** Begins a mark, or goes on with its row `from`; its rows come onto paper as that moves. */
	begin(mark: Mark, height: number, from = 0): void {
		this.#marks.push({ ...mark, top: this.#head - from, height, part: { from, to: from } });
		this.#burning = true;
	}

	/** What is begun stays as it is. */
	stopBurning(): void {
		this.#burning = false;
	}

	move(dots: number): void {
		this.#head += dots;
		const last = this.#marks.at(-1);
		if (this.#burning && last?.part !== undefined) {
			const to = Math.min(last.height, this.#head - last.top);
			this.#marks[this.#marks.length - 1] = { ...last, part: { ...last.part, to } };
			this.#burning = to < last.height;
		}
		for (let due = this.#nextDue(); due !== undefined; due = this.#nextDue()) this.#cutAt(due.at, due.edge);
	}

	/** Cuts where the paper stands at the blade (GS V form A). */
	cut(edge: Edge): void {
		this.#cutAt(this.#head - headToBlade, edge);
	}

	/** Cuts when this place of the paper, and `more`, reaches the blade (form C). */
	cutLater(edge: Edge, more: number): void {
		this.#wanted.push({ at: this.#head + more, edge });
		this.#wanted.sort((one, other) => one.at - other.at);
	}

	/** The paper is pulled back, so that the next piece begins at its edge (form D). */
	pullBack(): void {
		this.#head = 0;
	}

	/** The roll has ended and a new one is in: what hung in the printer comes out by itself. */
	newRoll(): void {
		this.#wanted = [];
		this.#burning = false;
		if (this.#marks.length > 0) this.#events.finished({ ...this.hanging, edge: "end" });
		this.#marks = [];
		this.#head = headToBlade;
	}

	#nextDue() {
		return this.#wanted.find(({ at }) => at <= this.#head - headToBlade);
	}

	#cutAt(at: number, edge: Edge): void {
		// The blade stands beyond the paper's edge.
		if (at <= 0) return;
		const gone = this.#marks.flatMap((mark) => rowsOf(mark, Number.NEGATIVE_INFINITY, at));
		const kept = this.#marks.flatMap((mark) => rowsOf(mark, at, Number.POSITIVE_INFINITY));
		this.#judge(gone, kept, at);
		this.#marks = kept.map((mark) => ({ ...mark, top: mark.top - at }));
		this.#head -= at;
		this.#wanted = this.#wanted
			.filter((later) => later.at > at)
			.map((later) => ({ ...later, at: later.at - at }));
		this.#events.finished({ marks: gone.map(withoutWhole), height: at, edge });
	}

	#judge(gone: readonly Placed[], kept: readonly Placed[], at: number): void {
		const isInk = ({ kind }: Placed) => kind !== "blank";
		if (kept.some((mark) => isInk(mark) && mark.top < at && gone.some(({ top }) => top === mark.top)))
			this.#events.mistake("the cut goes through what is printed: feed more before GS V");
		else if (kept.some(isInk))
			this.#events.mistake("the cut leaves the last lines in the printer: feed more before GS V");
	}
}

/** The mark as far as it stands between two places of the paper; nothing when it does not. A blank line has no rows. */
function rowsOf(mark: Placed, above: number, below: number): Placed[] {
	if (mark.kind === "blank") return mark.top >= above && mark.top < below ? [mark] : [];
	const { from, to } = mark.part ?? { from: 0, to: mark.height };
	const part = { from: Math.max(from, above - mark.top), to: Math.min(to, below - mark.top) };
	return part.from < part.to ? [{ ...mark, part }] : [];
}

/** A mark that is whole does not say so. */
function withoutWhole(mark: Placed): Placed {
	const { part, ...whole } = mark;
	return part === undefined || (mark.kind !== "blank" && (part.from > 0 || part.to < mark.height))
		? mark
		: whole;
}

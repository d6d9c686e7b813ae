import type { Placed } from "./paper.ts";
import { rowOf } from "./text.ts";

/** As what something is on paper: a line that is whole, a line of which rows of dots are missing, or in a symbol. */
export type SeenAs = "text" | "torn" | "symbol";

/**
 * How often a text is on these papers. Spaces and line ends count for nothing, so that a text which was wrapped is
 * found; one that runs over two pieces of paper is not.
 */
export function timesOn(papers: readonly (readonly Placed[])[], text: string, as: SeenAs): number {
	return papers.reduce((sum, marks) => sum + timesIn(joined(marks, as), squeezed(text)), 0);
}

function joined(marks: readonly Placed[], as: SeenAs): string {
	return marks.map((mark) => squeezed(words(mark, as))).join(as === "text" ? "" : "\n");
}

function words(mark: Placed, as: SeenAs): string {
	if (mark.kind === "blank" || mark.kind === "raster") return "";
	if (mark.kind === "text")
		return as === (mark.part === undefined ? "text" : "torn") ? rowOf(mark.cells, false) : "";
	if (as !== "symbol" || mark.part !== undefined) return "";
	return mark.kind === "barcode" ? mark.data : Buffer.from(mark.data).toString("utf8");
}

const squeezed = (text: string) => text.replace(/\s/g, "");

function timesIn(paper: string, text: string): number {
	return text === "" ? 0 : paper.split(text).length - 1;
}

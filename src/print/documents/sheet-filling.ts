import type { SymbolKind } from "../../model/block.ts";
import type { Filling } from "../../model/settings/document-holes.ts";
import { localTime } from "./words.ts";

/** What a self-test sheet is about: a printer, and barcodes for a scanner. */
export type SheetFacts = {
	/** The printer's title. */
	readonly printer: string;
	/** Printable dots in a line. */
	readonly dots: number;
	/** Wall-clock ms. */
	readonly at: number;
	/**
	 * A live test card for each symbology that the brand's cards may come in, and the wall-clock ms when their
	 * passwords run out. Each has a session of its own, since a card is good only once. Left out where nobody here can
	 * make a password: then the sheet carries a sample that says so.
	 */
	readonly cards?: { readonly texts: Readonly<Partial<Record<SymbolKind, string>>>; readonly until: number };
};

/** No layout of a card allows a dash: whoever scans it gets a foreign code, and no card. */
const sample = "KASSAD-SAMPLE";

/** What a template can say on a self-test sheet. */
export function sheetFilling(
	{ printer, dots, at, cards }: SheetFacts,
	columns: number,
): Filling<"self-test"> {
	const textOf = (kind: SymbolKind) => (cards === undefined ? sample : cards.texts[kind]);
	return {
		holes: {
			printer,
			columns: String(columns),
			dots: String(dots),
			time: localTime(undefined, at),
			validUntil: cards && localTime(undefined, cards.until),
			sample: cards === undefined ? sample : undefined,
			code128: textOf("code128"),
			pdf417: textOf("pdf417"),
			datamatrix: textOf("datamatrix"),
			qr: textOf("qr"),
		},
		lists: {},
	};
}

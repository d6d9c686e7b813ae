export type Align = "left" | "centre" | "right";

/** Symbols that a receipt can carry. */
export type SymbolKind = "code128" | "pdf417" | "datamatrix" | "qr";

/** Dots of paper: one byte a dot, 1 is black, row after row; at most the printer's dots wide. */
export type Picture = { readonly width: number; readonly height: number; readonly dots: Uint8Array };

/**
 * One printable line. Text is already laid out: it fits the printer's columns at its size.
 * `size` multiplies width and height (1 or 2).
 */
export type Line =
	| {
			readonly kind: "text";
			readonly text: string;
			readonly align: Align;
			readonly bold: boolean;
			readonly size: 1 | 2;
	  }
	/** Centred. Data that the paper is too narrow for is printed as text: nothing is lost. */
	| { readonly kind: "symbol"; readonly symbol: SymbolKind; readonly data: string }
	| { readonly kind: "picture"; readonly picture: Picture; readonly align: Align }
	| { readonly kind: "feed"; readonly lines: number }
	| { readonly kind: "cut" };

/** A printable thing without a byte of any printer's language in it. */
export type Block = readonly Line[];
